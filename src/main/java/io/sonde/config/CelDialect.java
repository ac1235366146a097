package io.sonde.config;

import com.google.common.collect.ImmutableList;
import dev.cel.common.Operator;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind;
import dev.cel.parser.CelMacro;
import dev.cel.parser.CelMacroExprFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelStandardFunctions;
import dev.cel.runtime.standard.StringFunction.StringOverload;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the reference's implementation of the language does otherwise than the library. */
final class CelDialect {
  private static final int SHORTEST_PRECISION = 6;

  private CelDialect() {}

  /** The standard macros, of which {@code has} says no of what has no fields, such as null. */
  static List<CelMacro> macros() {
    List<CelMacro> macros = new ArrayList<>();
    CelStandardMacro.STANDARD_MACROS.stream()
        .filter(macro -> macro != CelStandardMacro.HAS)
        .forEach(macro -> macros.add(macro.getDefinition()));
    macros.add(CelMacro.newGlobalMacro("has", 1, CelDialect::expandHas));
    return macros;
  }

  /** The standard functions but those of {@link #functions}. */
  static CelStandardFunctions standardFunctions() {
    return CelStandardFunctions.newBuilder()
        .filterFunctions((function, overload) -> overload != StringOverload.DOUBLE_TO_STRING)
        .build();
  }

  static CelFunctionBinding functions() {
    return CelFunctionBinding.from("double_to_string", Double.class, CelDialect::text);
  }

  /** {@code has(a.b)} is {@code type(a) == list || type(a) == map ? has(a.b) : false}. */
  private static Optional<CelExpr> expandHas(
      CelMacroExprFactory make, CelExpr target, ImmutableList<CelExpr> arguments) {
    CelExpr argument = arguments.get(0);
    if (argument.getKind() != ExprKind.Kind.SELECT) {
      return Optional.of(make.reportError("invalid argument to has() macro"));
    }
    CelExpr operand = argument.select().operand();
    return Optional.of(
        make.newGlobalCall(
            Operator.CONDITIONAL.getFunction(),
            make.newGlobalCall(
                Operator.LOGICAL_OR.getFunction(),
                isOf(make, operand, "map"),
                isOf(make, operand, "list")),
            make.newSelect(operand, argument.select().field(), true),
            make.newBoolLiteral(false)));
  }

  private static CelExpr isOf(CelMacroExprFactory make, CelExpr operand, String type) {
    return make.newGlobalCall(
        Operator.EQUALS.getFunction(),
        make.newGlobalCall("type", make.copy(operand)),
        make.newIdentifier(type));
  }

  /** The number as Go's {@code %g} writes it: {@code 1}, {@code 1.5}, {@code 1e+06}. */
  static String text(double number) {
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      return Double.isNaN(number) ? "NaN" : number > 0 ? "+Inf" : "-Inf";
    }
    String sign = Double.doubleToRawLongBits(number) < 0 ? "-" : "";
    if (number == 0) {
      return sign + "0";
    }
    BigDecimal decimal = new BigDecimal(Double.toString(Math.abs(number))).stripTrailingZeros();
    String digits = decimal.unscaledValue().toString();
    int exponent = decimal.precision() - decimal.scale() - 1;
    if (exponent >= -4 && exponent < SHORTEST_PRECISION) {
      return sign + decimal.toPlainString();
    }
    String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
    int size = Math.abs(exponent);
    return sign + mantissa + (exponent < 0 ? "e-" : "e+") + (size < 10 ? "0" : "") + size;
  }
}
