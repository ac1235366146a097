package io.sonde.probe.http;

import io.sonde.config.HttpSpec;
import io.sonde.config.Redaction;
import io.sonde.net.file.ModuleFiles;
import io.sonde.net.file.TrackedFile;
import io.sonde.net.http.Authenticator;
import io.sonde.net.http.HeaderLine;
import io.sonde.net.http.HeaderLines;
import io.sonde.net.http.HeaderRules;
import io.sonde.net.http.HeaderValues;
import io.sonde.net.http.RequestBody;
import io.sonde.probe.Product;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a module's requests look like: compiled when the module is loaded, so that a probe only adds
 * what depends on its target, on its redirects and on files.
 */
final class RequestPlan {
  /** Headers that speak of the body. */
  private static final Set<String> CONTENT_HEADERS =
      Set.of("Content-Type", "Content-Encoding", "Content-Language", "Content-Location");

  /** Headers that follow from the request itself. */
  private static final Set<String> OWN_HEADERS =
      Set.of("Host", "User-Agent", "Content-Length", "Transfer-Encoding", "Trailer", "Cookie");

  /** Methods with which an empty file means no body, instead of an empty one. */
  private static final Set<String> BODILESS_METHODS =
      Set.of("GET", "HEAD", "DELETE", "OPTIONS", "PROPFIND", "SEARCH");

  /** Methods that say that they have no body. */
  private static final Set<String> BODY_METHODS = Set.of("POST", "PUT", "PATCH");

  /** The order of sending, {@code User-Agent} before and {@code Connection: close} after it. */
  private static final Comparator<HeaderLine> BY_NAME = Comparator.comparing(HeaderLine::name);

  private static final HeaderLine CLOSE = HeaderLine.of("Connection", "close");

  private final String method;
  private final TreeMap<String, String> headers = new TreeMap<>();
  private final @Nullable String problem;
  private final boolean upgrade;
  private final @Nullable HeaderLine closing;
  private final @Nullable Authenticator authenticator;
  private final HeaderValues values;
  private final ConfidentialHeaders confidential;
  private final RequestBody body;
  private final @Nullable TrackedFile bodyFile;
  private final boolean expectsContinue;
  private final @Nullable RequestInputs inline;
  private final @Nullable HeaderLines usual;

  /**
   * Compiles a module's request.
   *
   * @param maxBodyFileBytes a larger body file is refused
   */
  RequestPlan(HttpSpec spec, int maxBodyFileBytes, ModuleFiles files) {
    this.method = spec.method().isEmpty() ? "GET" : spec.method();
    for (Map.Entry<String, String> header : spec.headers().entrySet()) {
      HeaderLine line = HeaderLine.of(header.getKey(), header.getValue());
      headers.put(line.name(), line.value());
    }
    this.problem = problemOf(headers);
    this.upgrade = asksForUpgrade(headers);
    // No connection is used twice, unless the module asks for another protocol on it.
    boolean closes = !upgrade && !hasToken(headers.getOrDefault("Connection", ""), "close");
    this.closing = closes ? CLOSE : null;
    this.authenticator = Authenticator.of(spec.client(), files);
    this.values = new HeaderValues(spec.client().httpHeaders(), files);
    this.confidential = new ConfidentialHeaders(values);
    this.body = RequestBody.ofLength(spec.body().toByteArray());
    this.bodyFile = spec.bodyFile().isEmpty() ? null : files.at(spec.bodyFile(), maxBodyFileBytes);
    this.expectsContinue = "100-continue".equalsIgnoreCase(headers.get("Expect"));
    this.inline = readsFiles() ? null : read();
    this.usual = inline == null || problem(inline) != null ? null : usual(inline);
  }

  /** The method as written; may be no token. */
  String method() {
    return method;
  }

  /** The {@code User-Agent} of requests; empty if they have none. */
  String userAgent() {
    return headers.getOrDefault("User-Agent", Product.USER_AGENT);
  }

  /** The {@code Host} that the module sets; null if it leaves that to the target. */
  @Nullable String host() {
    String host = headers.get("Host");
    return host == null || host.isEmpty() ? null : host;
  }

  /** Whether the module asks for another protocol by the means of HTTP/1.1. */
  boolean asksForUpgrade() {
    return upgrade;
  }

  /** Whether a request can be sent again after a redirect that keeps the body. */
  boolean isReplayable() {
    return bodyFile == null;
  }

  /** The inputs if no file is needed for them; else null. */
  @Nullable RequestInputs inline() {
    return inline;
  }

  /** The inputs as they are now. Blocks if {@link #inline} is null. */
  RequestInputs read() {
    String authorization = null;
    List<HeaderLine> lines = List.of();
    RequestBody fileBody = null;
    String headerProblem = null;
    String bodyProblem = null;
    try {
      authorization = authenticator == null ? null : authenticator.value();
      lines = values.lines();
    } catch (IOException e) {
      headerProblem = String.valueOf(e.getMessage());
    }
    try {
      fileBody = bodyFile == null ? null : RequestBody.chunked(bodyFile.read().bytes());
    } catch (IOException e) {
      bodyProblem = String.valueOf(e.getMessage());
    }
    Redaction secrets = Authenticator.secretsIn(authorization).and(values.secretsIn(lines));
    return new RequestInputs(
        authorization, false, lines, secrets, fileBody, headerProblem, bodyProblem);
  }

  /** Why no request with these inputs can be sent, or null. Quotes no value. */
  @Nullable String problem(RequestInputs inputs) {
    if (problem != null || inputs.headerProblem() != null) {
      return problem != null ? problem : inputs.headerProblem();
    }
    String authorization = inputs.authorization();
    if (authorization != null && !HeaderRules.isValue(authorization)) {
      return "invalid value of header \"Authorization\"";
    }
    for (HeaderLine line : inputs.lines()) {
      if (!line.isValid()) {
        return invalid(line);
      }
    }
    return null;
  }

  /** The header lines of one hop. */
  HeaderLines lines(Hop hop, RequestInputs inputs, CookieJar jar) {
    HeaderLines ready = usual;
    if (ready != null && hop.number() == 0 && hop.credentials() == null && !inputs.fetched()) {
      return ready;
    }
    return compose(hop, inputs, cookies(hop, jar));
  }

  /** What one hop carries. */
  RequestBody body(Hop hop, RequestInputs inputs) {
    RequestBody file = inputs.body();
    if (!hop.bodyDropped() && file != null) {
      boolean none = file.isEmpty() && BODILESS_METHODS.contains(hop.method());
      return none ? RequestBody.NONE : file;
    }
    if (!hop.bodyDropped() && !body.isEmpty()) {
      return body;
    }
    return BODY_METHODS.contains(hop.method()) ? RequestBody.EMPTY : RequestBody.NONE;
  }

  /** Whether a body waits for the server to ask for it. */
  boolean expectsContinue() {
    return expectsContinue;
  }

  private boolean readsFiles() {
    return bodyFile != null
        || values.readsFiles()
        || (authenticator != null && authenticator.readsFiles());
  }

  private HeaderLines usual(RequestInputs inputs) {
    return compose(null, inputs, headers.getOrDefault("Cookie", ""));
  }

  private HeaderLines compose(@Nullable Hop hop, RequestInputs inputs, String cookies) {
    boolean trusted = hop == null || hop.trusted();
    boolean bodyDropped = hop != null && hop.bodyDropped();
    List<HeaderLine> lines = new ArrayList<>(headers.size() + inputs.lines().size() + 5);
    String agent = userAgent();
    if (!agent.isEmpty()) {
      lines.add(new HeaderLine("User-Agent", agent));
    }
    headers.forEach(
        (name, value) -> {
          if (!OWN_HEADERS.contains(name)
              && !(inputs.fetched() && name.equals("Authorization"))
              && (trusted || !confidential.contains(name))
              && !(bodyDropped && CONTENT_HEADERS.contains(name))) {
            lines.add(new HeaderLine(name, value));
          }
        });
    if (hop != null && hop.referer() != null && !headers.containsKey("Referer")) {
      lines.add(new HeaderLine("Referer", hop.referer()));
    }
    if (!cookies.isEmpty()) {
      lines.add(new HeaderLine("Cookie", cookies));
    }
    for (HeaderLine line : inputs.lines()) {
      if (trusted || !confidential.contains(line.name())) {
        lines.add(line);
      }
    }
    addAuthorization(lines, hop, inputs, trusted);
    lines.subList(agent.isEmpty() ? 0 : 1, lines.size()).sort(BY_NAME);
    if (closing != null) {
      lines.add(closing);
    }
    return new HeaderLines(lines);
  }

  private void addAuthorization(
      List<HeaderLine> lines, @Nullable Hop hop, RequestInputs inputs, boolean trusted) {
    if (trusted && headers.containsKey("Authorization") && !inputs.fetched()) {
      return;
    }
    String authorization = hop == null ? null : hop.credentials();
    if (trusted && (authorization == null || inputs.fetched())) {
      authorization = inputs.authorization();
    }
    if (authorization != null) {
      lines.add(HeaderLine.of("Authorization", authorization));
    }
  }

  private String cookies(Hop hop, CookieJar jar) {
    if (!hop.trusted() && !values.isEmpty()) {
      return "";
    }
    String configured = hop.trusted() ? jar.withoutReplaced(headers.get("Cookie")) : "";
    String fromJar = jar.header(hop.url());
    return configured.isEmpty() || fromJar.isEmpty()
        ? configured + fromJar
        : configured + "; " + fromJar;
  }

  private static @Nullable String problemOf(Map<String, String> headers) {
    for (Map.Entry<String, String> header : headers.entrySet()) {
      HeaderLine line = new HeaderLine(header.getKey(), header.getValue());
      if (!line.isValid()) {
        return invalid(line);
      }
    }
    return null;
  }

  private static String invalid(HeaderLine line) {
    return HeaderRules.isToken(line.name())
        ? "invalid value of header \"" + line.name() + "\""
        : "invalid header name \"" + line.name() + "\"";
  }

  private static boolean asksForUpgrade(Map<String, String> headers) {
    return !headers.getOrDefault("Upgrade", "").isEmpty()
        && hasToken(headers.getOrDefault("Connection", ""), "upgrade");
  }

  private static boolean hasToken(String list, String token) {
    for (String part : list.split(",", -1)) {
      if (part.strip().equalsIgnoreCase(token)) {
        return true;
      }
    }
    return false;
  }
}
