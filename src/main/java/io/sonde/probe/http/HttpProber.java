package io.sonde.probe.http;

import io.netty.util.NetUtil;
import io.sonde.config.HttpSpec;
import io.sonde.config.ModuleSecrets;
import io.sonde.config.OAuth2Spec;
import io.sonde.config.Redaction;
import io.sonde.net.http.Authenticator;
import io.sonde.net.http.HeaderRules;
import io.sonde.net.http.HttpTransport;
import io.sonde.net.http.HttpUrl;
import io.sonde.net.http.InvalidUrlException;
import io.sonde.net.http.OAuth2Client;
import io.sonde.probe.Phase;
import io.sonde.probe.ProbeFailure;
import io.sonde.probe.ProbeRun;
import io.sonde.probe.Prober;
import io.sonde.probe.Reason;
import io.sonde.probe.Verdict;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Probes with an HTTP request: reads the target, chooses an address, connects, sends the request,
 * follows redirects, and judges the final response. Everything that does not depend on the target
 * is compiled when the module is loaded.
 */
public final class HttpProber implements Prober {
  private final HttpSpec spec;
  private final HttpServices services;
  private final HttpTransport transport;
  private final RequestPlan plan;
  private final HttpCriteria criteria;
  private final boolean leavesNamesToProxy;
  private final @Nullable OAuth2Client tokens;
  private final List<String> unsupported;
  private final Redaction secrets;

  /** Compiles a module. */
  public HttpProber(HttpSpec spec, HttpServices services) {
    this.spec = spec;
    this.services = services;
    this.plan = new RequestPlan(spec, services.maxBodyBytes(), services.transport().files());
    this.transport =
        new HttpTransport(
            services.transport(),
            spec.client().tls(),
            protocols(spec, plan),
            spec.client().proxy(),
            spec.ip());
    this.criteria = HttpCriteria.of(spec, services);
    OAuth2Spec oauth2 = spec.client().oauth2();
    this.tokens =
        oauth2 == null ? null : new OAuth2Client(oauth2, services.transport(), plan.userAgent());
    this.unsupported = unsupported(spec);
    this.secrets = ModuleSecrets.of(spec);
    this.leavesNamesToProxy =
        spec.skipResolvePhaseWithProxy() && spec.client().proxy().isConfigured();
  }

  private static List<String> protocols(HttpSpec spec, RequestPlan plan) {
    if (spec.enableHttp3()) {
      return HttpTransport.HTTP_3;
    }
    return plan.asksForUpgrade() ? List.of() : HttpTransport.protocols(spec.client());
  }

  /** What the module asks for that this prober cannot do, by key; empty if it can do everything. */
  public static List<String> unsupported(HttpSpec spec) {
    List<String> keys = new ArrayList<>();
    if (Compression.of(spec.compression()) == Compression.BROTLI && !BrotliDecoder.isAvailable()) {
      keys.add("compression");
    }
    return List.copyOf(keys);
  }

  @Override
  public CompletionStage<Verdict> probe(ProbeRun run) {
    run.trail().conceal(secrets);
    HttpMetrics metrics = HttpMetrics.of(run, !criteria.json().isEmpty());
    if (!unsupported.isEmpty()) {
      return failed("not known to this build: " + String.join(", ", unsupported));
    }
    HttpUrl url;
    try {
      url = url(run);
    } catch (InvalidUrlException e) {
      run.trail().error("Could not parse target URL", "err", String.valueOf(e.getMessage()));
      return failed("the target is no URL: " + e.getMessage());
    }
    if (leavesNamesToProxy && url.host().isEmpty()) {
      return failed("the target names no host");
    }
    return inputs(run).thenCompose(inputs -> probe(run, metrics, url, inputs));
  }

  private HttpUrl url(ProbeRun run) throws InvalidUrlException {
    String target = run.request().target();
    if (!spec.enableHttp3()) {
      return HttpTarget.parse(target);
    }
    if (HttpTarget.isPlain(target)) {
      run.trail().warn("HTTP/3 needs https, which is used instead of http");
    }
    return HttpTarget.parseSecure(target);
  }

  private CompletionStage<Verdict> probe(
      ProbeRun run, HttpMetrics metrics, HttpUrl url, RequestInputs inputs) {
    if (leavesNamesToProxy) {
      return probe(run, metrics, url, inputs, null);
    }
    metrics.resolving();
    CompletionStage<InetAddress> found =
        HttpTarget.explained(
            run.request().target(), services.addresses().select(run, url.host(), spec.ip()));
    return run.trail()
        .errorIfFailed("Error resolving address", found)
        .thenCompose(address -> probe(run, metrics, url, inputs, address));
  }

  private CompletionStage<Verdict> probe(
      ProbeRun run,
      HttpMetrics metrics,
      HttpUrl url,
      RequestInputs inputs,
      @Nullable InetAddress address) {
    Connector connector = connector(run, metrics, url, address);
    return usable(run, url, inputs, connector)
        .thenCompose(done -> request(run, metrics, url, inputs, address, connector));
  }

  private CompletionStage<RequestInputs> inputs(ProbeRun run) {
    RequestInputs inline = plan.inline();
    if (inline != null) {
      return CompletableFuture.completedFuture(inline);
    }
    run.timeline().enter(Phase.SETUP, 0, run.nanoTime());
    return services.work().call(run, plan::read).thenApply(inputs -> concealed(run, inputs));
  }

  private static RequestInputs concealed(ProbeRun run, RequestInputs inputs) {
    run.trail().conceal(inputs.secrets());
    return inputs;
  }

  private Connector connector(
      ProbeRun run, HttpMetrics metrics, HttpUrl url, @Nullable InetAddress address) {
    String configuredHost = configuredHost(run);
    String tlsName = configuredHost == null ? url.host() : withoutPort(configuredHost);
    return new Connector(run, transport, metrics, address, tlsName);
  }

  /** Fails if no request can be made, before anything about requests is exposed. */
  private CompletionStage<Void> usable(
      ProbeRun run, HttpUrl url, RequestInputs inputs, Connector connector) {
    String problem =
        Authenticator.needsManager(spec.client()) ? Authenticator.NO_MANAGER : transport.problem();
    if (problem != null) {
      run.trail().error("Error generating HTTP client", "err", problem);
      return failed(problem);
    }
    problem = HeaderRules.isToken(plan.method()) ? inputs.bodyProblem() : "the method is no token";
    if (problem != null) {
      run.trail().error("Error creating request", "err", problem);
      return failed(problem);
    }
    return url.isSecure() || spec.client().tls().isInFiles()
        ? run.trail().errorIfFailed("Error generating HTTP client", connector.prepareTls())
        : CompletableFuture.completedFuture(null);
  }

  private CompletionStage<Verdict> request(
      ProbeRun run,
      HttpMetrics metrics,
      HttpUrl url,
      RequestInputs inputs,
      @Nullable InetAddress address,
      Connector connector) {
    CookieJar jar = new CookieJar(System.currentTimeMillis() / 1_000);
    boolean follows = spec.client().followRedirects();
    Redirects redirects =
        new Redirects(run, url, follows, spec.enableHttp3(), plan.isReplayable(), jar);
    metrics.sending(redirects);
    String configuredHost = configuredHost(run);
    String host = configuredHost == null ? url.authority() : configuredHost;
    String problem =
        HeaderRules.isHost(host) ? plan.problem(inputs) : "invalid value of header \"Host\"";
    if (problem != null) {
      run.trail().error("Error for HTTP request", "err", problem);
      return failed(problem);
    }
    String authority = address == null ? url.authority() : authority(address, url.port());
    Hop first = Hop.first(url, authority, host, plan.method());
    CompletionStage<Requester.Answer> answered =
        authorized(run, inputs)
            .thenCompose(
                ready ->
                    new Requester(run, plan, ready, connector, redirects, jar, metrics).go(first));
    return run.trail()
        .errorIfFailed("Error for HTTP request", answered)
        .thenCompose(
            answer -> new Judgement(run, criteria, metrics, answer, redirects.exceeded()).pass());
  }

  /** The inputs with a token, if the module asks for one. */
  private CompletionStage<RequestInputs> authorized(ProbeRun run, RequestInputs inputs) {
    return tokens == null
        ? CompletableFuture.completedFuture(inputs)
        : tokens.authorization(run).thenApply(inputs::withToken);
  }

  private @Nullable String configuredHost(ProbeRun run) {
    String hostname = run.request().hostname();
    return hostname == null || hostname.isEmpty() ? plan.host() : hostname;
  }

  /** A {@code Host} value without its port: a port is no part of a name. */
  private static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    boolean hasPort = colon > host.lastIndexOf(']') && host.indexOf(':') >= 0;
    return hasPort && (host.startsWith("[") || host.indexOf(':') == colon)
        ? host.substring(0, colon)
        : host;
  }

  private static String authority(InetAddress address, @Nullable String port) {
    String text = NetUtil.toAddressString(address);
    String host = text.indexOf(':') < 0 ? text : '[' + text + ']';
    return port == null || port.isEmpty() ? host : host + ':' + port;
  }

  private static <T> CompletionStage<T> failed(String message) {
    return CompletableFuture.failedFuture(new ProbeFailure(Phase.SETUP, Reason.CONFIG, message));
  }
}
