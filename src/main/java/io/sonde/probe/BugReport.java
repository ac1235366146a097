package io.sonde.probe;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is told about an error that no probe should meet. Its text and its trace go to the log
 * without the secrets of the run: an exception may quote what a peer sent, or what was sent to it.
 *
 * @param target as it may be shown
 * @param stack as it may be shown; empty if nothing was thrown
 */
record BugReport(String module, String target, long probeId, String stack) {
  private static final Logger logger = LoggerFactory.getLogger(BugReport.class);

  /** Traces are as deep as what they trace. */
  private static final int MAX_STACK_CHARS = 16_000;

  static BugReport of(ProbeRun run, @Nullable Throwable error) {
    StringWriter stack = new StringWriter();
    if (error != null) {
      error.printStackTrace(new PrintWriter(stack));
    }
    return new BugReport(
        run.request().module().name(),
        Trail.cut(run.request().shown().target()),
        run.id(),
        Trail.cut(run.trail().shown(stack.toString()), MAX_STACK_CHARS));
  }

  void write(String message) {
    logger
        .atError()
        .addKeyValue("module", module)
        .addKeyValue("target", target)
        .addKeyValue("probe_id", probeId)
        .addKeyValue("stack", stack)
        .log(message);
  }
}
