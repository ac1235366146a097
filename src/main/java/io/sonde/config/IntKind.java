package io.sonde.config;

import java.math.BigInteger;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A whole number; beyond 32 bits it is the nearest that fits. */
final class IntKind extends Kinds.ScalarKind<Integer> {
  /** What numbers look like that not all versions of YAML know: editors may see texts in them. */
  static final String OLD_FORM =
      "[-+]?(?:0[0-9]+|0[bB][01_]+|0[oO][0-7_]+|0[xX][0-9a-fA-F_]+"
          + "|[0-9][-+0-9.eE]*_[-+0-9.eE_]*)";

  private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

  IntKind() {
    super("int", "int");
  }

  @Override
  Map<String, Object> schema(Schema in) {
    Map<String, Object> schema = in.formed(OLD_FORM, "a whole number", "number");
    schema.put("maximum", MOST);
    return in.shared("int", schema);
  }

  @Override
  @Nullable Integer read(Scalar written, YamlNode node, Reading in) {
    Scalar scalar = written.withoutQuotes(node);
    if (scalar.value() instanceof BigInteger value && value.compareTo(MOST) <= 0) {
      return clamp(value.doubleValue());
    }
    if (scalar.value() instanceof Double value && value <= Long.MAX_VALUE) {
      return clamp(value);
    }
    return misfit(node, in);
  }

  private int clamp(double value) {
    return (int) value;
  }
}
