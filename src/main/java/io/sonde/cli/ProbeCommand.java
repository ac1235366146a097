package io.sonde.cli;

import io.sonde.config.ModuleConfig;
import io.sonde.config.PolicyPreset;
import io.sonde.config.ProberKind;
import io.sonde.probe.ProbeRequest;
import io.sonde.probe.ProbeResult;
import io.sonde.server.HostnameParameter;
import io.sonde.view.ProbeJson;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sonde probe}: probes a target now, and shows where the time went. */
@Command(
    name = "probe",
    description = "Probes a target now and shows where the time went, and why it failed if it did.",
    footer = {
      "  sonde probe http_2xx https://example.com",
      "  sonde probe --config.file=blackbox.yml --timeout=5s ssh_banner host:22",
      "  sonde probe --repeat=10 --interval=500ms tcp_connect db:5432",
      "  sonde probe --json http_2xx https://example.com | jq .reason",
      "",
      "Exit code: 0 passed, 1 failed, 2 usage error. A series fails if one of its probes does."
    })
final class ProbeCommand implements Callable<Integer> {
  private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration USUAL_INTERVAL = Duration.ofSeconds(1);

  @Parameters(
      index = "0",
      paramLabel = "MODULE",
      description = "Module of the configuration, such as http_2xx.")
  private String moduleName = "";

  @Parameters(
      index = "1",
      paramLabel = "TARGET",
      description = "What to probe: a URL, or host:port, as the module wants it.")
  private String target = "";

  @Mixin private ConfigFlags config = new ConfigFlags();

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = PositiveDuration.class,
      description = "Longest time for a probe, such as 5s; else the module's timeout, or 10s.")
  private @Nullable Duration timeout;

  @Option(
      names = "--hostname",
      paramLabel = "NAME",
      description = "Name for the Host header and for TLS, like the parameter of /probe.")
  private @Nullable String hostname;

  @Option(
      names = PolicyWord.OPTION,
      paramLabel = "PRESET",
      converter = PolicyWord.class,
      description = "Target policy beside that of the configuration: remote, public or off.")
  private PolicyPreset targetPolicy = PolicyPreset.OFF;

  @Option(
      names = "--repeat",
      paramLabel = "N",
      description = "Probe N times and sum up; 0 goes on until Ctrl-C.")
  private @Nullable Integer repeat;

  @Option(
      names = "--interval",
      paramLabel = "TIME",
      converter = PositiveDuration.class,
      description = "From one start to the next with --repeat; 1s if not given.")
  private @Nullable Duration interval;

  @Option(names = "--json", description = "One JSON object per probe instead of a drawing.")
  private boolean json;

  @Option(names = "--debug", description = "Show every step the probe noted.")
  private boolean debug;

  @Option(names = "--metrics", description = "Show the metrics that Prometheus would get.")
  private boolean metrics;

  private final Screen screen;
  private final Consumer<Runnable> interrupts;
  private final Interruption interruption = new Interruption();

  ProbeCommand(Screen screen, Consumer<Runnable> interrupts) {
    this.screen = screen;
    this.interrupts = interrupts;
  }

  @Override
  public Integer call() {
    ModuleChoice choice = ModuleChoice.find(moduleName, config.options());
    ProbeRequest request = request(choice.module());
    interrupts.accept(interruption::raise);
    try (ProbeSession session =
        new ProbeSession(choice, config.options().folders(), targetPolicy)) {
      if (repeat != null) {
        return series(session, request, repeat);
      }
      ProbeResult result = session.probe(request, interruption);
      screen.print(text(result));
      return result.verdict().success()
          ? Commands.OK
          : result.abandoned() ? Commands.INTERRUPTED : Commands.FAILED;
    }
  }

  private ProbeRequest request(ModuleConfig module) {
    if (target.isEmpty()) {
      throw CommandFailure.usage("the target is empty; expected a URL or host:port");
    }
    if (repeat != null && repeat < 0) {
      throw CommandFailure.usage("--repeat: expected a number from 0, got " + repeat);
    }
    if (interval != null && repeat == null) {
      throw CommandFailure.usage("--interval: has a meaning with --repeat only");
    }
    String name = hostname == null ? "" : hostname;
    if (HostnameParameter.conflict(module, name) != null) {
      throw CommandFailure.usage(
          "--hostname: module " + module.name() + " sets another Host header itself");
    }
    boolean used = module.prober() == ProberKind.HTTP || module.prober() == ProberKind.TCP;
    if (!name.isEmpty() && !used) {
      throw CommandFailure.usage("--hostname: only http and tcp modules use it");
    }
    Duration limit = module.timeout().isZero() ? USUAL_TIMEOUT : module.timeout();
    return new ProbeRequest(
        module, target, name.isEmpty() ? null : name, timeout == null ? limit : timeout);
  }

  private int series(ProbeSession session, ProbeRequest request, int times) {
    SeriesText text = new SeriesText(screen);
    Tally tally = new Tally();
    Duration pace = interval == null ? USUAL_INTERVAL : interval;
    String shown = ProbeRequest.shown(target);
    boolean read = true;
    for (int i = 0; read && !interruption.isRaised() && (times == 0 || i < times); i++) {
      long startNanos = System.nanoTime();
      ProbeResult result = session.probe(request, interruption);
      if (result.abandoned()) {
        break;
      }
      tally.add(result);
      read = screen.print(json ? text(result) : progress(text, tally.count(), result));
      boolean last = i + 1 == times;
      if (!last) {
        interruption.raisedWithin(pace.minusNanos(System.nanoTime() - startNanos));
      }
    }
    screen.print(
        json ? SeriesJson.line(moduleName, shown, tally) : text.summary(moduleName, shown, tally));
    return tally.failed() > 0 ? Commands.FAILED : Commands.OK;
  }

  private String progress(SeriesText text, int number, ProbeResult result) {
    String line = text.progress(number, result);
    return debug || metrics
        ? line + ProbeDrawing.draw(screen, result, debug, metrics) + "\n"
        : line;
  }

  private String text(ProbeResult result) {
    return json ? ProbeJson.line(result, debug) : ProbeDrawing.draw(screen, result, debug, metrics);
  }
}
