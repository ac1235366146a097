package io.sonde.cli;

import io.sonde.config.ConfigSchema;
import io.sonde.view.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sonde schema}: what tells an editor which keys there are and what they mean. */
@Command(
    name = "schema",
    description =
        "Prints a JSON Schema of the configuration, with which editors complete, explain and check"
            + " files.",
    footer = {
      "  sonde schema > sonde.schema.json",
      "  sonde schema --web > web.schema.json",
      "",
      "Files that begin with this line are checked by most editors:",
      "  # yaml-language-server: $schema=sonde.schema.json"
    })
final class SchemaCommand implements Callable<Integer> {
  @Option(names = "--web", description = "That of the file that --web.config.file names.")
  private boolean web;

  private final Screen screen;

  SchemaCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() {
    screen.print(Json.lines(web ? ConfigSchema.ofWebServer() : ConfigSchema.ofModules()));
    return Commands.OK;
  }
}
