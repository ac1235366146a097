package io.sonde.probe.websocket;

import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.sonde.config.ModuleSecrets;
import io.sonde.config.OAuth2Spec;
import io.sonde.config.Redaction;
import io.sonde.config.TlsSpec;
import io.sonde.config.WebsocketSpec;
import io.sonde.net.dns.AddressSelection;
import io.sonde.net.file.BlockingWork;
import io.sonde.net.file.SearchWork;
import io.sonde.net.http.Authenticator;
import io.sonde.net.http.BodyMemory;
import io.sonde.net.http.ClientRequest;
import io.sonde.net.http.Destination;
import io.sonde.net.http.Http1Connection;
import io.sonde.net.http.HttpConnection;
import io.sonde.net.http.HttpConnector;
import io.sonde.net.http.HttpTransport;
import io.sonde.net.http.HttpUrl;
import io.sonde.net.http.InvalidUrlException;
import io.sonde.net.http.OAuth2Client;
import io.sonde.net.http.RequestBody;
import io.sonde.net.http.TlsListener;
import io.sonde.net.http.TraceLines;
import io.sonde.probe.Fact;
import io.sonde.probe.Phase;
import io.sonde.probe.ProbeFailure;
import io.sonde.probe.ProbeRun;
import io.sonde.probe.Prober;
import io.sonde.probe.Reason;
import io.sonde.probe.Verdict;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Probes a WebSocket server (RFC 6455): a handshake over HTTP/1.1, with TLS or without, then a
 * dialogue of messages. The address that is chosen for the target is the one that is called.
 */
public final class WebsocketProber implements Prober {
  private static final String PLAIN = "ws";
  private static final String SECURE = "wss";

  private final WebsocketSpec spec;
  private final AddressSelection addresses;
  private final BlockingWork work;
  private final SearchWork searches;
  private final BodyMemory memory;
  private final int maxMessageBytes;
  private final HttpTransport transport;
  private final HandshakePlan plan;
  private final List<Step> steps;
  private final @Nullable OAuth2Client tokens;
  private final @Nullable String problem;
  private final Redaction secrets;

  /**
   * Compiles {@code spec}.
   *
   * @param work where files are read
   * @param searches where large messages are searched
   * @param memory what messages are kept in
   * @param maxMessageBytes what a message may have at most
   */
  public WebsocketProber(
      WebsocketSpec spec,
      AddressSelection addresses,
      HttpTransport.Services services,
      BlockingWork work,
      SearchWork searches,
      BodyMemory memory,
      int maxMessageBytes) {
    this.spec = spec;
    this.addresses = addresses;
    this.work = work;
    this.searches = searches;
    this.memory = memory;
    this.maxMessageBytes = maxMessageBytes;
    this.transport = HttpTransport.forUpgrades(services, spec.http(), spec.ip());
    this.plan = new HandshakePlan(spec, services.files());
    this.secrets = ModuleSecrets.of(spec);
    this.steps = Step.all(spec.queryResponse());
    OAuth2Spec oauth2 = spec.http().oauth2();
    this.tokens =
        oauth2 == null ? null : new OAuth2Client(oauth2, services, HandshakePlan.USER_AGENT);
    this.problem = Authenticator.needsManager(spec.http()) ? Authenticator.NO_MANAGER : null;
  }

  @Override
  public CompletionStage<Verdict> probe(ProbeRun run) {
    run.trail().conceal(secrets);
    HttpUrl url;
    try {
      url = HttpUrl.parse(run.request().target());
    } catch (InvalidUrlException e) {
      run.trail().error("Could not parse target URL", "err", String.valueOf(e.getMessage()));
      return failed("expected a URL such as ws://host:port/path: " + e.getMessage());
    }
    WebsocketMetrics metrics = WebsocketMetrics.of(run, !steps.isEmpty());
    HttpConnector connector = transport.forRun(run);
    return usable(run, url, connector)
        .thenCompose(done -> inputs(run))
        .thenCompose(
            inputs ->
                address(run, url)
                    .thenCompose(
                        address -> {
                          metrics.resolved();
                          metrics.dialling();
                          return dial(run, metrics, url, address, connector, inputs);
                        }))
        .thenCompose(inbound -> talk(run, metrics, inbound));
  }

  private CompletionStage<InetAddress> address(ProbeRun run, HttpUrl url) {
    return run.trail()
        .errorIfFailed("Error resolving address", addresses.select(run, url.host(), spec.ip()));
  }

  /** Settings that cannot work fail the probe first, even where TLS is not asked for. */
  private CompletionStage<Void> usable(ProbeRun run, HttpUrl url, HttpConnector connector) {
    boolean needsTls = url.scheme().equals(SECURE) || !spec.http().tls().equals(TlsSpec.DEFAULT);
    CompletionStage<Void> ready =
        problem != null
            ? failed(problem)
            : needsTls ? connector.prepareTls() : CompletableFuture.completedFuture(null);
    return run.trail().errorIfFailed("Error creating TLS config", ready);
  }

  private CompletionStage<HandshakePlan.Inputs> inputs(ProbeRun run) {
    HandshakePlan.Inputs inline = plan.inline();
    if (inline != null) {
      return CompletableFuture.completedFuture(inline);
    }
    run.timeline().enter(Phase.SETUP, 0, run.nanoTime());
    return work.call(run, plan::read)
        .thenApply(
            inputs -> {
              run.trail().conceal(inputs.secrets());
              return inputs;
            });
  }

  private CompletionStage<InboundFrames> dial(
      ProbeRun run,
      WebsocketMetrics metrics,
      HttpUrl url,
      InetAddress address,
      HttpConnector connector,
      HandshakePlan.Inputs inputs) {
    String wrong = problem(url, inputs);
    CompletionStage<InboundFrames> upgraded =
        wrong != null
            ? failed(wrong)
            : authorized(run, inputs)
                .thenCompose(
                    ready ->
                        connector
                            .connect(destination(url, address))
                            .thenCompose(c -> shakeHands(run, metrics, url, c, ready)));
    return run.trail().errorIfFailed("Error dialing websocket", upgraded);
  }

  private static @Nullable String problem(HttpUrl url, HandshakePlan.Inputs inputs) {
    if (!url.scheme().equals(PLAIN) && !url.scheme().equals(SECURE)) {
      return "expected a target that begins with ws:// or wss://, got the scheme " + url.scheme();
    }
    return url.user() == null
        ? HandshakePlan.problem(inputs)
        : "a websocket target cannot hold credentials: basic_auth can";
  }

  private CompletionStage<HandshakePlan.Inputs> authorized(
      ProbeRun run, HandshakePlan.Inputs inputs) {
    return tokens == null
        ? CompletableFuture.completedFuture(inputs)
        : tokens.authorization(run).thenApply(inputs::withToken);
  }

  private Destination destination(HttpUrl url, InetAddress address) {
    HttpUrl asHttp = url.withScheme(url.scheme().equals(SECURE) ? "https" : "http");
    return new Destination(0, asHttp, address, transport.tlsNameFor(url.host()), TlsListener.NONE);
  }

  private CompletionStage<InboundFrames> shakeHands(
      ProbeRun run,
      WebsocketMetrics metrics,
      HttpUrl url,
      HttpConnection connection,
      HandshakePlan.Inputs inputs) {
    HandshakeKey key = HandshakeKey.random();
    run.learn(new Fact.Request(0, "GET", url.withAuthority(url.authority())));
    ClientRequest request =
        new ClientRequest(
            "GET",
            url.requestTarget(),
            HandshakePlan.host(inputs, url.authority()),
            HandshakePlan.lines(key, inputs).with(TraceLines.of(run.request(), 0, true)),
            RequestBody.NONE,
            false);
    return connection
        .exchange(request)
        .thenApply(
            head -> {
              run.learn(
                  new Fact.Response(
                      0,
                      head.protocolVersion().text(),
                      head.status().code(),
                      head.status().reasonPhrase()));
              metrics.answered(head.status().code());
              return upgraded(run, metrics, connection, head, key);
            });
  }

  private InboundFrames upgraded(
      ProbeRun run,
      WebsocketMetrics metrics,
      HttpConnection connection,
      HttpResponse head,
      HandshakeKey key) {
    ProbeFailure refusal = HandshakeAnswer.refusal(head, key);
    // Nothing but HTTP/1.1 was offered.
    if (refusal != null || !(connection instanceof Http1Connection http1)) {
      run.timeline().complete(run.eventNanos());
      connection.close();
      throw refusal == null ? new IllegalStateException("expected HTTP/1.1") : refusal;
    }
    BodyMemory.Share share = memory.impatientShare();
    run.onSettle(share::leave);
    InboundFrames inbound = new InboundFrames(run, share, maxMessageBytes);
    http1.upgrade(new WebSocket13FrameEncoder(true), inbound);
    metrics.upgraded(inbound.lastReadNanos());
    run.trail().debug("The connection was upgraded");
    return inbound;
  }

  private CompletionStage<Verdict> talk(
      ProbeRun run, WebsocketMetrics metrics, InboundFrames inbound) {
    MessageSearch messages = new MessageSearch(run, searches, inbound.memory());
    return new MessageDialogue(run, steps, inbound, messages)
        .begin()
        .thenApply(
            done -> {
              metrics.talked();
              return Verdict.PASSED;
            });
  }

  private static <T> CompletionStage<T> failed(String message) {
    return CompletableFuture.failedFuture(new ProbeFailure(Phase.SETUP, Reason.CONFIG, message));
  }
}
