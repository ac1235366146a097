package io.sonde.config;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A truth value, or a word that YAML 1.1 took for one. */
final class BoolKind extends Kinds.ScalarKind<Boolean> {
  private static final String YES = "y|Y|yes|Yes|YES|on|On|ON";
  private static final String NO = "n|N|no|No|NO|off|Off|OFF";

  BoolKind() {
    super("bool", "bool");
  }

  @Override
  Map<String, Object> schema(Schema in) {
    return in.shared("bool", in.formed(YES + "|" + NO, "true or false", "boolean"));
  }

  @Override
  @Nullable Boolean read(Scalar scalar, YamlNode node, Reading in) {
    if (scalar.withoutQuotes(node).value() instanceof Boolean value) {
      return value;
    }
    boolean text = scalar.type() == Scalar.Type.STRING || scalar.type() == Scalar.Type.CUSTOM;
    if (text && node.text().matches(YES)) {
      return true;
    }
    boolean no = text && node.text().matches(NO);
    return no ? Boolean.FALSE : misfit(node, in);
  }
}
