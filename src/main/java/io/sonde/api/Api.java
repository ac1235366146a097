package io.sonde.api;

import io.sonde.history.History;
import io.sonde.server.Endpoint;
import io.sonde.server.ProbeStarter;
import io.sonde.server.Reloader;
import io.sonde.server.Router;
import io.sonde.server.Site;
import io.sonde.telemetry.ProbeStats;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;

/** Everything below {@code api/v1/}. */
public final class Api implements Site {
  private static final String ALL = "api/";
  private static final String V1 = ALL + "v1/";

  private final PastProbes probes;
  private final KnownTargets targets;
  private final DaemonState state;
  private final RunEndpoint run;
  private final Executor background;

  /**
   * An API.
   *
   * @param clock tells what has passed
   * @param background where answers are made
   */
  public Api(
      Reloader reloader,
      History history,
      ProbeStats stats,
      ProbeStarter starter,
      InstantSource clock,
      Executor background) {
    this.probes = new PastProbes(history, clock);
    this.targets = new KnownTargets(history);
    this.state = new DaemonState(reloader, stats, history, clock.instant());
    this.run = new RunEndpoint(starter, background);
    this.background = background;
  }

  @Override
  public void addTo(Router router) {
    router
        .with(V1 + "probes", reading(PastProbes.PARAMETERS, probes::list))
        .under(V1 + "probes/", reading(List.of(), probes::one))
        .with(V1 + "targets", reading(KnownTargets.PARAMETERS, targets::list))
        .with(V1 + "target", reading(KnownTargets.PARAMETERS_OF_ONE, targets::one))
        .with(V1 + "modules", reading(List.of(), state::modules))
        .with(V1 + "status", reading(List.of(), state::status))
        .with(V1 + "probe", run)
        .under(ALL, exchange -> exchange.respond(JsonAnswer.of(notFound(router, exchange.rest()))));
  }

  private Endpoint reading(List<String> parameters, Question question) {
    return new ReadEndpoint(background, parameters, question);
  }

  private static RefusedException notFound(Router router, String rest) {
    Set<String> paths = router.paths();
    return RefusedException.of(
        404,
        "path",
        paths.stream().filter(path -> path.startsWith(V1)).collect(Collectors.joining(", ")),
        Shown.quoted(ALL + rest));
  }
}
