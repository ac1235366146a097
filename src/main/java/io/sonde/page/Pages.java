package io.sonde.page;

import io.sonde.server.Endpoint;
import io.sonde.server.Router;
import io.sonde.server.Site;

/** The pages of a daemon. */
public final class Pages implements Site {
  private static final String UP = "../";

  private final PageSources sources;
  private final Assets assets = new Assets();
  private final Frame frame = new Frame(assets);

  /** Pages that are made when they are asked for. */
  public Pages(PageSources sources) {
    this.sources = sources;
  }

  @Override
  public void addTo(Router router) {
    ProbePage probe = new ProbePage(sources);
    assets.addTo(router);
    router
        .with("", at("", new OverviewPage(sources)))
        .with("targets", at("", new TargetPage(sources)))
        .with("modules", at("", new ModulesPage(sources)))
        .with("status", at("", new StatusPage(sources)))
        .with("try", new TryEndpoint(sources, frame, probe))
        .under("probes/", at(UP, probe));
  }

  private Endpoint at(String root, Page page) {
    return exchange ->
        exchange.answerFrom(
            sources.background(),
            () -> frame.answer(page.content(exchange.query(), exchange.rest()), root));
  }
}
