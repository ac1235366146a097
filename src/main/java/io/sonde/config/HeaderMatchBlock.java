package io.sonde.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An entry of {@code fail_if_header_matches} and its opposite. */
final class HeaderMatchBlock extends Block<HeaderMatch> {
  static final Key<String> HEADER =
      Key.of("header", Kinds.STRING, "")
          .required("header name must be set for HTTP header matchers", "");
  static final Key<Regex> REGEXP =
      Key.optional("regexp", Kinds.REGEXP)
          .required("regexp must be set for HTTP header matchers", "");
  static final Key<Boolean> ALLOW_MISSING = Key.of("allow_missing", Kinds.BOOL, false);

  static final HeaderMatchBlock BLOCK = new HeaderMatchBlock();

  private HeaderMatchBlock() {
    super("header match", "config.HeaderMatch", List.of(HEADER, REGEXP, ALLOW_MISSING));
  }

  @Override
  @Nullable HeaderMatch build(Fields fields, Reading in) {
    Regex regexp = fields.find(REGEXP);
    return regexp == null
        ? null
        : new HeaderMatch(fields.get(HEADER), regexp, fields.get(ALLOW_MISSING));
  }
}
