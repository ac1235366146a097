package io.sonde.server;

import io.sonde.config.ModuleConfig;
import io.sonde.exposition.DebugPage;
import io.sonde.exposition.LogSyntax;
import io.sonde.probe.ProbeResult;
import java.util.function.Function;

/** Makes debug pages of results, with the module as it was in force for that probe. */
final class DebugPages {
  private final LogSyntax syntax;
  private final Function<ModuleConfig, String> moduleYaml;

  DebugPages(LogSyntax syntax, Function<ModuleConfig, String> moduleYaml) {
    this.syntax = syntax;
    this.moduleYaml = moduleYaml;
  }

  String render(ProbeResult result) {
    return DebugPage.render(
        result, syntax, moduleYaml.apply(HostnameParameter.apply(result.request())));
  }
}
