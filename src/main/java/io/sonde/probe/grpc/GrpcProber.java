package io.sonde.probe.grpc;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpResponse;
import io.sonde.config.GrpcSpec;
import io.sonde.config.ModuleSecrets;
import io.sonde.config.Redaction;
import io.sonde.config.TargetScheme;
import io.sonde.config.TlsSpec;
import io.sonde.net.connect.Dialer;
import io.sonde.net.dns.AddressSelection;
import io.sonde.net.http.BodyMemory;
import io.sonde.net.http.ClientRequest;
import io.sonde.net.http.HeaderLine;
import io.sonde.net.http.HeaderLines;
import io.sonde.net.http.HeaderMemory;
import io.sonde.net.http.Http2Connection;
import io.sonde.net.http.HttpUrl;
import io.sonde.net.http.InvalidUrlException;
import io.sonde.net.http.RequestBody;
import io.sonde.net.http.TraceLines;
import io.sonde.net.tls.TlsClient;
import io.sonde.net.tls.TlsContext;
import io.sonde.net.tls.TlsMaterial;
import io.sonde.net.tls.TlsMaterials;
import io.sonde.net.tls.TlsPeer;
import io.sonde.net.tls.TlsSession;
import io.sonde.probe.Fact;
import io.sonde.probe.Phase;
import io.sonde.probe.ProbeFailure;
import io.sonde.probe.ProbeRun;
import io.sonde.probe.Prober;
import io.sonde.probe.Reason;
import io.sonde.probe.Remote;
import io.sonde.probe.Verdict;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Probes a gRPC server with one call of {@code grpc.health.v1.Health/Check}, over HTTP/2 with TLS
 * or without. The address that is chosen for the target is the one that is called.
 */
public final class GrpcProber implements Prober {
  private static final String PATH = "/grpc.health.v1.Health/Check";
  private static final String HTTP_2 = "h2";

  private final GrpcSpec spec;
  private final AddressSelection addresses;
  private final Dialer dialer;
  private final BodyMemory memory;
  private final TlsMaterial tls;
  private final HeaderMemory headers;
  private final boolean checksTls;
  private final RequestBody message;
  private final List<HeaderLine> lines;
  private final Redaction secrets;
  private final @Nullable String metadataProblem;

  /**
   * Compiles {@code spec}.
   *
   * @param memory what long answers are kept in
   */
  public GrpcProber(
      GrpcSpec spec,
      AddressSelection addresses,
      Dialer dialer,
      TlsMaterials materials,
      BodyMemory memory,
      HeaderMemory headers) {
    this.spec = spec;
    this.addresses = addresses;
    this.dialer = dialer;
    this.memory = memory;
    this.headers = headers;
    this.tls = materials.of(spec.tlsConfig(), List.of(HTTP_2));
    this.checksTls = spec.tls() || !spec.tlsConfig().equals(TlsSpec.DEFAULT);
    this.message = RequestBody.chunked(HealthMessages.request(spec.service()));
    List<HeaderLine> compiled = List.of();
    String problem = null;
    try {
      compiled = Metadata.lines(spec.metadata());
    } catch (IllegalArgumentException e) {
      problem = e.getMessage();
    }
    this.lines = compiled;
    this.secrets = ModuleSecrets.of(spec);
    this.metadataProblem = problem;
  }

  @Override
  public CompletionStage<Verdict> probe(ProbeRun run) {
    run.trail().conceal(secrets);
    GrpcMetrics metrics = GrpcMetrics.of(run);
    String target = run.request().target();
    boolean hasScheme = target.startsWith("http://") || target.startsWith("https://");
    HttpUrl url;
    try {
      url = HttpUrl.parse(hasScheme ? target : "http://" + target);
    } catch (InvalidUrlException e) {
      run.trail().error("Could not parse target URL", "err", String.valueOf(e.getMessage()));
      return failed("the target is no URL: " + e.getMessage());
    }
    int port = port(url);
    return tlsContext(run)
        .thenCompose(
            context ->
                addresses
                    .select(run, url.host(), spec.ip())
                    .thenCompose(ip -> connect(run, metrics, url, ip, port, context)))
        .thenCompose(connection -> call(run, metrics, connection, authority(url, port)))
        .whenComplete((answer, error) -> noteFailure(run, metrics, error))
        .thenApply(answer -> judge(run, metrics, answer));
  }

  private int port(HttpUrl url) {
    String port = url.port();
    return port == null || port.isEmpty() ? defaultPort() : url.effectivePort();
  }

  private int defaultPort() {
    return spec.tls() ? 443 : 80;
  }

  private String authority(HttpUrl url, int port) {
    if (spec.tls()) {
      return tls.nameFor(url.host());
    }
    String host = url.host();
    return (host.indexOf(':') < 0 ? host : '[' + host + ']') + ':' + port;
  }

  /** Settings that cannot work fail the probe even where TLS is off. */
  private CompletionStage<@Nullable TlsContext> tlsContext(ProbeRun run) {
    if (!checksTls) {
      return CompletableFuture.completedFuture(null);
    }
    return tls.current(run)
        .whenComplete(
            (context, error) -> {
              if (error != null && !run.settled()) {
                run.trail()
                    .error(
                        "Error creating TLS configuration",
                        "err",
                        String.valueOf(plain(error).getMessage()));
              }
            })
        .thenApply(context -> context);
  }

  private CompletionStage<Http2Connection> connect(
      ProbeRun run,
      GrpcMetrics metrics,
      HttpUrl url,
      InetAddress ip,
      int port,
      @Nullable TlsContext context) {
    metrics.attempting();
    if (port < 0) {
      return failed("expected a port from 0 to 65535, got " + url.port());
    }
    if (metadataProblem != null) {
      metrics.ended(GrpcAnswer.of(GrpcStatus.INTERNAL, metadataProblem));
      return failed(metadataProblem);
    }
    Remote remote = new Remote(TargetScheme.GRPC, url.host(), ip, port);
    if (!spec.tls() || context == null) {
      Http2Connection connection = new Http2Connection(run, 0, false, headers);
      return dialer.connect(run, remote, null, 0, connection).thenApply(channel -> connection);
    }
    TlsPeer peer = TlsPeer.target(tls.nameFor(url.host()), metrics::presented);
    return TlsClient.insisting(
        () -> {
          Http2Connection connection = new Http2Connection(run, 0, true, headers);
          return dialer
              .connect(run, remote, null, 0, connection)
              .thenCompose(channel -> handshake(run, metrics, channel, context, peer))
              .thenApply(session -> connection);
        });
  }

  private static CompletionStage<TlsSession> handshake(
      ProbeRun run, GrpcMetrics metrics, Channel channel, TlsContext context, TlsPeer peer) {
    return TlsClient.handshake(run, channel, context, peer)
        .thenApply(
            session -> {
              metrics.established(session);
              if (!HTTP_2.equals(session.applicationProtocol())) {
                channel.close();
                throw new ProbeFailure(
                    Phase.TLS, Reason.PROTOCOL, "the server does not agree to HTTP/2 by ALPN");
              }
              return session;
            });
  }

  private CompletionStage<GrpcAnswer> call(
      ProbeRun run, GrpcMetrics metrics, Http2Connection connection, String authority) {
    List<HeaderLine> all = new ArrayList<>(lines);
    long millis = TimeUnit.NANOSECONDS.toMillis(run.deadline().remainingNanos());
    all.add(new HeaderLine("grpc-timeout", Math.max(1, Math.min(millis, 99_999_999)) + "m"));
    all.addAll(TraceLines.of(run.request(), 0, true));
    metrics.connected();
    run.learn(
        new Fact.Request(0, "POST", (spec.tls() ? "https://" : "http://") + authority + PATH));
    return connection
        .exchange(new ClientRequest("POST", PATH, authority, new HeaderLines(all), message, false))
        .thenCompose(head -> answer(run, connection, head));
  }

  private CompletionStage<GrpcAnswer> answer(
      ProbeRun run, Http2Connection connection, HttpResponse head) {
    BodyMemory.Share share = memory.impatientShare();
    run.onSettle(share::leave);
    GrpcCall call = new GrpcCall(head, connection, share);
    connection.readBody(call);
    return call.answer();
  }

  private static void noteFailure(ProbeRun run, GrpcMetrics metrics, @Nullable Throwable error) {
    if (error == null || run.settled()) {
      return;
    }
    Throwable plain = plain(error);
    run.trail().error("can't connect grpc server", "err", String.valueOf(plain.getMessage()));
    metrics.broke(plain);
  }

  private Verdict judge(ProbeRun run, GrpcMetrics metrics, GrpcAnswer answer) {
    metrics.ended(answer);
    run.timeline().enter(Phase.CHECK, 0, run.nanoTime());
    String serving = GrpcAnswer.servingText(answer.serving());
    if (answer.isServing()) {
      run.trail().info("The service is there", "serving_status", serving);
      return Verdict.PASSED;
    }
    if (answer.isOk()) {
      return failedCheck(run, Reason.SERVING_STATUS, "expected SERVING, got " + serving);
    }
    boolean refused =
        answer.code() == GrpcStatus.UNAUTHENTICATED.code()
            || answer.code() == GrpcStatus.PERMISSION_DENIED.code();
    String name = GrpcStatus.name(answer.code());
    return failedCheck(
        run,
        refused ? Reason.AUTH : Reason.SERVING_STATUS,
        "the health check ended with "
            + name
            + (answer.message().isEmpty() ? "" : ": ")
            + answer.message());
  }

  private static Verdict failedCheck(ProbeRun run, Reason reason, String message) {
    run.trail().error("The service is not there", "err", message);
    return Verdict.failed(Phase.CHECK, reason, message);
  }

  private static Throwable plain(Throwable error) {
    Throwable cause = error.getCause();
    return error instanceof CompletionException && cause != null ? cause : error;
  }

  private static <T> CompletionStage<T> failed(String problem) {
    return CompletableFuture.failedFuture(new ProbeFailure(Phase.SETUP, Reason.CONFIG, problem));
  }
}
