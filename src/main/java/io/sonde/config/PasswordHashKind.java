package io.sonde.config;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A bcrypt hash; what else stands there may be a password and is never repeated. */
final class PasswordHashKind extends Kinds.ScalarKind<Secret> {
  private static final Pattern HASH =
      Pattern.compile("\\$2[abxy]?\\$([0-9]{2})\\$[./A-Za-z0-9]{53}");

  static final String MISFIT = "not a bcrypt hash";
  static final String EXPECTED =
      "expected 60 characters that begin with $2y$10$ or the like, as htpasswd -nBC 10 USER writes"
          + " them";

  private static final int LEAST_COST = 4;
  private static final int MOST_COST = 31;

  /** Beyond it one login takes more than a second of CPU. */
  private static final int DEAR_COST = 14;

  PasswordHashKind() {
    super("bcrypt hash", "config.plain");
  }

  @Override
  Map<String, Object> schema(Schema in) {
    Map<String, Object> schema = in.formed(HASH.pattern(), "a bcrypt hash");
    schema.put("type", "string");
    return schema;
  }

  @Override
  String itemType() {
    return "config.Secret";
  }

  @Override
  @Nullable Secret read(Scalar scalar, YamlNode node, Reading in) {
    Matcher hash = HASH.matcher(node.text());
    int cost = hash.matches() ? Integer.parseInt(hash.group(1)) : 0;
    if (cost < LEAST_COST || cost > MOST_COST) {
      in.error(node, MISFIT, EXPECTED);
      return null;
    }
    if (cost >= DEAR_COST) {
      in.warn(
          node,
          "one login costs about " + (48L << (cost - 10)) + " ms of CPU",
          "a cost of 10 to 12 is usual");
    }
    return Secret.of(node.text());
  }
}
