package io.sonde.config;

/**
 * What the operator allows configuration files to do.
 *
 * @param variables what references to the environment become
 * @param folders where the files that modules name may lie
 * @param looksForFiles whether to warn of files that modules name and that do not exist on this
 *     machine: for checks, as a daemon finds out at its probes
 */
public record LoadRules(Variables variables, FileFolders folders, boolean looksForFiles) {
  /** As blackbox_exporter does it. */
  public static final LoadRules USUAL =
      new LoadRules(Variables.NOT_EXPANDED, FileFolders.ANY, false);

  /** The same, for a check. */
  public LoadRules forCheck() {
    return new LoadRules(variables, folders, true);
  }
}
