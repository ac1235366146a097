package io.sonde.config;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.ast.CelExpr.ExprKind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.types.SimpleType;
import dev.cel.common.values.NullValue;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A compiled condition in the Common Expression Language about one variable, {@code body}, of any
 * type: standard functions and macros, numbers compared across their types. With {@link CelDialect}
 * the only class that knows the library, so that it is loaded when the first module with a
 * condition is, and not before.
 *
 * <p>Two are equal when their sources are. Instances are immutable and may be used from any thread.
 */
public final class CelExpression {
  /**
   * Most steps of all loops of one evaluation together; there is no other way to go on for long.
   */
  static final int MAX_ITERATIONS = 10_000_000;

  private final String source;
  private final CelRuntime.Program program;
  private final boolean loops;

  private CelExpression(String source, CelRuntime.Program program, boolean loops) {
    this.source = source;
    this.program = program;
    this.loops = loops;
  }

  /** What the library is set up as, made when the first expression is compiled. */
  private static final class Environment {
    /**
     * Refuses what compares numbers of types that are known to differ, as blackbox_exporter does.
     */
    private static final CelCompiler CHECKER = compiler(options(false));

    private static final CelCompiler COMPILER = compiler(options(true));

    // Not the runtime with a planner: it copies containers whenever they are looked at.
    private static final CelRuntime RUNTIME =
        CelRuntimeFactory.legacyCelRuntimeBuilder()
            .setOptions(options(true))
            .setStandardEnvironmentEnabled(false)
            .setStandardFunctions(CelDialect.standardFunctions())
            .addFunctionBindings(CelDialect.functions())
            .build();

    /** Numbers of a body are of any type, and must be comparable with all. */
    private static CelOptions options(boolean acrossTypes) {
      return CelOptions.current()
          .enableHeterogeneousNumericComparisons(acrossTypes)
          .comprehensionMaxIterations(MAX_ITERATIONS)
          .build();
    }

    private static CelCompiler compiler(CelOptions options) {
      return CelCompilerFactory.standardCelCompilerBuilder()
          .setOptions(options)
          .addMacros(CelDialect.macros())
          .addVar("body", SimpleType.DYN)
          .build();
    }
  }

  /**
   * Compiles an expression and evaluates it once, so that the first probe need not wait for classes
   * to be loaded.
   *
   * @throws CelException if it does not parse, or names what there is not
   */
  public static CelExpression compile(String source) throws CelException {
    try {
      Environment.CHECKER.compile(source).getAst();
      CelAbstractSyntaxTree tree = Environment.COMPILER.compile(source).getAst();
      boolean loops =
          CelNavigableAst.fromAst(tree)
              .getRoot()
              .allNodes()
              .anyMatch(node -> node.getKind() == ExprKind.Kind.COMPREHENSION);
      CelExpression compiled =
          new CelExpression(source, Environment.RUNTIME.createProgram(tree), loops);
      compiled.rehearse();
      return compiled;
    } catch (CelValidationException e) {
      throw new CelException(e.getErrors().isEmpty() ? "invalid" : shown(e.getErrors().get(0)));
    } catch (CelEvaluationException | RuntimeException e) {
      throw new CelException(String.valueOf(e.getMessage()));
    }
  }

  /** What stands for null in a body. */
  public static Object nullValue() {
    return NullValue.NULL_VALUE;
  }

  /** The expression as it stands in the configuration. */
  public String source() {
    return source;
  }

  /** Whether it goes through lists or maps, so that a small body may take long. */
  public boolean loops() {
    return loops;
  }

  /**
   * Whether the condition holds; null if the result is something else than yes or no.
   *
   * @param body a tree of List, Map, String, Double, Boolean and {@link #nullValue}
   * @param cancelled asked again and again, at any moment; evaluation ends when it says so
   * @throws CelException if that cannot be told: something is missing or of the wrong type, or
   *     there is too much to go through
   */
  public @Nullable Boolean holds(Object body, BooleanSupplier cancelled) throws CelException {
    try {
      Object result =
          program.trace(
              Map.of("body", body),
              (expression, value) -> {
                if (cancelled.getAsBoolean()) {
                  throw new CancellationException("nobody waits for the result any more");
                }
              });
      return result instanceof Boolean answer ? answer : null;
    } catch (CelEvaluationException | RuntimeException e) {
      throw new CelException(String.valueOf(e.getMessage()));
    } catch (StackOverflowError ignored) {
      throw new CelException("the body is nested too deeply to be compared");
    }
  }

  private void rehearse() {
    try {
      holds(Map.of(), () -> false);
    } catch (CelException ignored) {
      // An empty body is not what the expression is about.
    }
  }

  private static String shown(CelIssue issue) {
    return "column " + (issue.getSourceLocation().getColumn() + 1) + ": " + issue.getMessage();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CelExpression that && that.source.equals(source);
  }

  @Override
  public int hashCode() {
    return source.hashCode();
  }

  @Override
  public String toString() {
    return source;
  }
}
