package io.sonde.probe;

/** Is told how a run ended. */
@FunctionalInterface
public interface RunListener {
  /**
   * Called once per run, on its loop, after everything that the run had opened was told to close.
   */
  void settled(ProbeResult result);
}
