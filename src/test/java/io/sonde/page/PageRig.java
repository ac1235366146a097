package io.sonde.page;

import io.sonde.config.ConfigException;
import io.sonde.config.ConfigLoader;
import io.sonde.config.ModuleConfig;
import io.sonde.config.source.Assembly;
import io.sonde.config.source.ConfigSource;
import io.sonde.history.History;
import io.sonde.probe.BoundModule;
import io.sonde.probe.ModuleTable;
import io.sonde.probe.ProbeResult;
import io.sonde.probe.Verdict;
import io.sonde.server.ProbeStarter;
import io.sonde.server.QueryString;
import io.sonde.server.Reloader;
import io.sonde.server.WarmPaths;
import io.sonde.server.WebLocation;
import io.sonde.telemetry.ProbeStats;
import io.sonde.testkit.Results;
import io.sonde.trace.Tracing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Pages without a server, a minute after whatever happened. */
final class PageRig {
  final History history = new History(100, 8 << 20);
  final PageSources sources;
  private final Frame frame = new Frame(new Assets());

  PageRig() throws IOException, ConfigException {
    this("/");
  }

  /** Of a daemon that is found under that path. */
  PageRig(String prefix) throws IOException, ConfigException {
    Reloader reloader =
        new Reloader(
            ConfigSource.BUILT_IN,
            new Assembly(ConfigLoader::parse, false),
            (config, previous) -> ModuleTable.bind(config, PageRig::bind, previous),
            Runnable::run);
    reloader.load();
    ProbeStats stats = new ProbeStats(10);
    WarmPaths warm = new WarmPaths();
    warm.allAreWarm();
    sources =
        new PageSources(
            reloader,
            history,
            stats,
            new ProbeStarter(reloader::table, warm, stats, history, ignored -> {}, Tracing.NONE),
            new WebLocation("https://sonde.example" + prefix, prefix),
            new LinksOut(
                LinkTemplate.of("https://logs.example/?q={target}&id={probe_id}"),
                LinkTemplate.of("https://traces.example/{trace_id}"),
                LinkTemplate.of("https://boards.example/?var-module={module}&from={from}")),
            Runnable::run,
            Results.START,
            InstantSource.fixed(Results.START.plusSeconds(60)));
  }

  private static BoundModule bind(ModuleConfig module) {
    return new BoundModule(
        module, run -> CompletableFuture.completedFuture(Verdict.PASSED), List.of());
  }

  String overview(String query) {
    return render(new OverviewPage(sources), query, "", "");
  }

  String probe(ProbeResult result) {
    return render(new ProbePage(sources), "", Long.toString(result.id()), "../");
  }

  String target(ProbeResult result) {
    Link link = Link.target(result.request().module().name(), result.request().target());
    String url = link.from("");
    return render(new TargetPage(sources), url.substring(url.indexOf('?') + 1), "", "");
  }

  /** All pages that say something of a result. */
  Map<String, String> all(ProbeResult result) {
    return Map.of(
        "overview", overview(""),
        "probe", probe(result),
        "target", target(result),
        "modules", render(new ModulesPage(sources), "", "", ""),
        "module", render(new ModulesPage(sources), "module=http_2xx", "", ""),
        "status", render(new StatusPage(sources), "", "", ""),
        "gone", render(new ProbePage(sources), "", "99999", "../"));
  }

  private String render(Page page, String query, String rest, String root) {
    return new String(
        frame.answer(page.content(new QueryString(query), rest), root).body(),
        StandardCharsets.UTF_8);
  }

  /** The pages of one result. */
  static List<String> of(ProbeResult result) throws IOException, ConfigException {
    PageRig rig = new PageRig();
    rig.history.add(result);
    return List.copyOf(rig.all(result).values());
  }
}
