package io.sonde;

import io.sonde.api.Api;
import io.sonde.history.History;
import io.sonde.page.LinksOut;
import io.sonde.page.PageSources;
import io.sonde.page.Pages;
import io.sonde.server.ProbeStarter;
import io.sonde.server.Reloader;
import io.sonde.server.Site;
import io.sonde.server.WebLocation;
import io.sonde.telemetry.ProbeStats;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executor;

/** What a daemon answers besides scrapes: programs in JSON, people on pages. */
final class Sites {
  private Sites() {}

  static List<Site> of(
      Reloader reloader,
      History history,
      ProbeStats stats,
      ProbeStarter starter,
      Executor background,
      WebLocation location,
      LinksOut links) {
    InstantSource clock = InstantSource.system();
    return List.of(
        new Api(reloader, history, stats, starter, clock, background),
        new Pages(
            new PageSources(
                reloader,
                history,
                stats,
                starter,
                location,
                links,
                background,
                Instant.now(),
                clock)));
  }
}
