package io.sonde.server;

import io.sonde.config.ConfigException;
import io.sonde.config.ConfigLoader;
import io.sonde.config.ModuleConfig;
import io.sonde.exposition.LogSyntax;
import io.sonde.history.History;
import io.sonde.probe.BoundModule;
import io.sonde.probe.Loops;
import io.sonde.probe.ModuleTable;
import io.sonde.server.listen.ListenAddress;
import io.sonde.telemetry.ProbeStats;
import io.sonde.trace.Tracing;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * Runs dry probes through the same pipeline that scrapes take, on a port of the loopback interface.
 * None of it is counted, logged or kept.
 */
final class DryServer implements AutoCloseable {
  private static final int READ_MILLIS = 2_000;
  private static final int ROUNDS = 2;

  /** What Prometheus sends, so that its format and encoding are warm as well. */
  private static final String HEADERS =
      """
       HTTP/1.1\r
      Host: localhost\r
      Accept: application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,*/*;q=0.1\r
      Accept-Encoding: gzip\r
      X-Prometheus-Scrape-Timeout-Seconds: 10\r
      \r
      """;

  private final Function<ModuleConfig, BoundModule> binder;
  private final Server server;
  private volatile ModuleTable modules = ModuleTable.EMPTY;

  private DryServer(Loops loops, Function<ModuleConfig, BoundModule> binder) {
    this.binder = binder;
    this.server =
        new Server(
            loops,
            router(),
            Limits.DEFAULT,
            List.of(ListenAddress.parse("127.0.0.1:0")),
            Encryption.NONE);
  }

  /**
   * Opens one on a port that the system chooses.
   *
   * @param binder compiles a module
   * @throws IOException if that is not possible
   */
  static DryServer listen(Loops loops, Function<ModuleConfig, BoundModule> binder)
      throws IOException {
    DryServer dry = new DryServer(loops, binder);
    dry.server.listen();
    return dry;
  }

  /** Where it listens. */
  int port() {
    return ((InetSocketAddress) server.localAddresses().get(0)).getPort();
  }

  /**
   * Runs probes, one after the other; blocks until they are done.
   *
   * @throws IOException if a probe is not answered
   */
  void run(List<DryProbe> probes) throws IOException, ConfigException {
    if (probes.isEmpty()) {
      return;
    }
    StringBuilder text = new StringBuilder("modules:\n");
    probes.forEach(probe -> text.append(probe.line()));
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    modules = ModuleTable.bind(ConfigLoader.parse("dry probes", bytes), binder, ModuleTable.EMPTY);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
      socket.setSoTimeout(READ_MILLIS);
      for (int i = 0; i < ROUNDS; i++) {
        for (DryProbe probe : probes) {
          String request = "GET " + probe.path() + HEADERS;
          socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
          skipAnswer(socket.getInputStream());
        }
      }
    }
  }

  @Override
  public void close() {
    server.stop(Duration.ZERO, () -> 0);
  }

  private Router router() {
    ProbeEndpoint probe =
        new ProbeEndpoint(
            new ProbeStarter(
                () -> modules,
                WarmPaths.all(),
                new ProbeStats(1),
                new History(0, 0),
                ignored -> {},
                Tracing.NONE),
            0,
            new DebugPages(LogSyntax.LOGFMT, ignored -> ""));
    return new Router(new WebLocation("/", "/"))
        .with("probe", probe)
        .with("-/healthy", new HealthEndpoint());
  }

  /** Reads up to the end of an answer whose head tells its length. */
  private static void skipAnswer(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder(512);
    while (head.indexOf("\r\n\r\n") < 0) {
      int b = in.read();
      if (b < 0) {
        throw new IOException("connection ended within an answer");
      }
      head.append((char) b);
    }
    String field = "Content-Length: ";
    int start = head.indexOf(field) + field.length();
    in.skipNBytes(Integer.parseInt(head.substring(start, head.indexOf("\r", start))));
  }
}
