package io.sonde.cli;

import io.sonde.probe.Product;

/** What {@code --help} and {@code --version} show. */
public final class HelpText {
  private static final int WIDTH = 80;
  private static final String INDENT = "      ";

  private static final String START =
      """
      usage: sonde [<flags>]
             sonde probe [<flags>] MODULE TARGET   probe now, show where time goes
             sonde check [<flags>] FILE...         show what is wrong with files
             sonde completion bash|zsh             complete commands and flags

      Checks endpoints from the outside when Prometheus asks; without a command it
      serves. For the commands: sonde probe --help, sonde check --help.

      Examples:
        sonde                                   serve built-in modules on port 9115
        sonde --config.file=blackbox.yml        serve the modules of a file
        sonde --config.file=new.yml --config.check
                                                check a file before it is used
        sonde probe http_2xx https://example.com
                                                one probe, drawn in the terminal
        sonde @/etc/sonde/flags                 take flags from a file, one per line

      Then: curl 'localhost:9115/probe?module=http_2xx&target=127.0.0.1:8080'

      Flags:
      """;

  private HelpText() {}

  /** The help text. */
  public static String help() {
    StringBuilder text = new StringBuilder(START);
    for (Flag flag : Flag.values()) {
      text.append("  --");
      if (flag.kind() == Flag.Kind.SWITCH && flag != Flag.HELP && flag != Flag.VERSION) {
        text.append("[no-]");
      }
      text.append(flag.flagName());
      if (flag.kind() != Flag.Kind.SWITCH) {
        String standard = flag.defaultValue();
        text.append('=').append(standard == null || standard.isEmpty() ? "..." : standard);
      }
      text.append('\n');
      wrap(text, flag.help());
    }
    return text.toString();
  }

  /** The version text. */
  public static String version() {
    return "sonde, version "
        + Product.VERSION
        + " (branch: "
        + Product.branch()
        + ", revision: "
        + Product.revision()
        + ")\n  compatible with:  blackbox_exporter "
        + Product.COMPATIBLE_WITH
        + "\n  java version:     "
        + System.getProperty("java.version")
        + "\n  platform:         "
        + System.getProperty("os.name")
        + "/"
        + System.getProperty("os.arch")
        + "\n";
  }

  private static void wrap(StringBuilder to, String help) {
    int column = 0;
    for (String word : help.split(" ", -1)) {
      if (column == 0 || column + 1 + word.length() > WIDTH) {
        to.append(column == 0 ? "" : "\n").append(INDENT).append(word);
        column = INDENT.length() + word.length();
      } else {
        to.append(' ').append(word);
        column += 1 + word.length();
      }
    }
    to.append('\n');
  }
}
