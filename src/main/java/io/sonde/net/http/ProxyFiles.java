package io.sonde.net.http;

import io.sonde.config.ProxySpec;
import io.sonde.config.Redaction;
import io.sonde.config.Secret;
import io.sonde.config.Source;
import io.sonde.net.file.ModuleFiles;
import io.sonde.net.proxy.ProxyEnvironment;
import io.sonde.probe.Phase;
import io.sonde.probe.ProbeFailure;
import io.sonde.probe.ProbeRun;
import io.sonde.probe.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The proxies of a configuration part of which stands in files, as these are when somebody wants to
 * connect. Safe for use by many threads.
 */
final class ProxyFiles {
  private final ProxySpec spec;
  private final ProxyEnvironment environment;
  private final ModuleFiles files;
  private final SourceText url;
  private final Map<String, List<SourceText>> headers = new LinkedHashMap<>();
  private volatile @Nullable Made made;

  /** Rules, and what they were made of. */
  private record Made(ProxySpec from, ProxyRules rules, Redaction secrets) {}

  ProxyFiles(ProxySpec spec, ProxyEnvironment environment, ModuleFiles files) {
    this.spec = spec;
    this.environment = environment;
    this.files = files;
    this.url = SourceText.of(new Source(spec.url(), spec.urlFile(), ""), files);
    spec.connectHeaderFiles()
        .forEach(
            (name, paths) ->
                headers.put(
                    name, paths.stream().map(path -> SourceText.ofFile(path, files)).toList()));
  }

  /**
   * The rules for a run. The stage completes on its loop; it fails with reason {@code config} if a
   * file cannot be read.
   */
  CompletionStage<ProxyRules> current(ProbeRun run) {
    return files
        .work()
        .call(run, this::read)
        .thenApply(
            now -> {
              run.trail().conceal(now.secrets);
              return now.rules;
            });
  }

  private Made read() {
    try {
      ProxySpec now = inline();
      Made before = made;
      if (before == null || !before.from.equals(now)) {
        before = new Made(now, ProxyRules.of(now, environment), secrets(now));
        made = before;
      }
      return before;
    } catch (IOException e) {
      throw new ProbeFailure(Phase.SETUP, Reason.CONFIG, "proxy: " + e.getMessage());
    }
  }

  private ProxySpec inline() throws IOException {
    Map<String, List<Secret>> values = new LinkedHashMap<>(spec.connectHeader());
    for (Map.Entry<String, List<SourceText>> header : headers.entrySet()) {
      List<Secret> texts = new ArrayList<>();
      for (SourceText text : header.getValue()) {
        texts.add(Secret.of(text.text()));
      }
      values.put(header.getKey(), texts);
    }
    String proxy = url.text();
    if (proxy.isEmpty() && !spec.urlFile().isEmpty()) {
      throw new IOException(spec.urlFile() + ": empty");
    }
    return new ProxySpec(Secret.of(proxy), spec.noProxy(), spec.fromEnvironment(), values);
  }

  private static Redaction secrets(ProxySpec now) {
    Redaction.Builder secrets = Redaction.builder().url(now.url().reveal());
    now.connectHeader()
        .forEach((name, values) -> values.forEach(value -> secrets.header(name, value.reveal())));
    return secrets.build();
  }
}
