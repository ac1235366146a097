package io.sonde.trace;

import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.sonde.config.ProberKind;
import io.sonde.net.http.HttpUrl;
import io.sonde.net.http.InvalidUrlException;
import io.sonde.probe.Fact;
import io.sonde.probe.Failure;
import io.sonde.probe.Phase;
import io.sonde.probe.Span;
import io.sonde.probe.Trail;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is said of spans: by the names of OpenTelemetry's semantic conventions where they have one,
 * by {@code sonde.*} else. Nothing that the conventions would have hidden is in the facts.
 */
final class SpanAttributes {
  static final AttributeKey<String> MODULE = stringKey("sonde.module");
  static final AttributeKey<String> PROBER = stringKey("sonde.prober");
  static final AttributeKey<String> TARGET = stringKey("sonde.target");
  static final AttributeKey<Long> PROBE_ID = longKey("sonde.probe_id");
  static final AttributeKey<String> FAILED_PHASE = stringKey("sonde.phase");
  static final AttributeKey<String> ERROR_TYPE = stringKey("error.type");
  static final AttributeKey<String> PEER_ADDRESS = stringKey("network.peer.address");
  static final AttributeKey<Long> PEER_PORT = longKey("network.peer.port");
  static final AttributeKey<String> SERVER_ADDRESS = stringKey("server.address");
  static final AttributeKey<Long> SERVER_PORT = longKey("server.port");
  static final AttributeKey<String> URL = stringKey("url.full");
  static final AttributeKey<String> METHOD = stringKey("http.request.method");
  static final AttributeKey<Long> RESENDS = longKey("http.request.resend_count");
  static final AttributeKey<Long> STATUS = longKey("http.response.status_code");
  static final AttributeKey<String> PROTOCOL = stringKey("network.protocol.name");
  static final AttributeKey<String> PROTOCOL_VERSION = stringKey("network.protocol.version");
  static final AttributeKey<String> RPC_SYSTEM = stringKey("rpc.system");
  static final AttributeKey<String> RPC_SERVICE = stringKey("rpc.service");
  static final AttributeKey<String> RPC_METHOD = stringKey("rpc.method");
  static final AttributeKey<Long> RPC_STATUS = longKey("rpc.grpc.status_code");
  static final AttributeKey<String> TLS_VERSION = stringKey("tls.protocol.version");
  static final AttributeKey<String> TLS_CIPHER = stringKey("tls.cipher");
  static final AttributeKey<String> TLS_NEXT_PROTOCOL = stringKey("tls.next_protocol");

  private static final String GRPC_SERVICE = "grpc.health.v1.Health";
  private static final String GRPC_METHOD = "Check";

  private SpanAttributes() {}

  /** What the span of a request is called. */
  static String nameOf(SeenProbe seen, Fact.Request request) {
    return seen.module().prober() == ProberKind.GRPC
        ? GRPC_SERVICE + '/' + GRPC_METHOD
        : request.method();
  }

  static Attributes probe(SeenProbe seen) {
    AttributesBuilder to = Attributes.builder();
    ProberKind prober = seen.module().prober();
    to.put(MODULE, seen.module().name());
    to.put(PROBER, prober == null ? "" : prober.word());
    to.put(TARGET, Trail.cut(seen.target()));
    to.put(PROBE_ID, seen.id());
    Failure failure = seen.failure();
    if (failure != null) {
      to.put(FAILED_PHASE, failure.phase().label());
      to.put(ERROR_TYPE, failure.reason().label());
    }
    peer(to, seen, seen.lastHop());
    return to.build();
  }

  static Attributes request(SeenProbe seen, Fact.Request request) {
    AttributesBuilder to = Attributes.builder();
    to.put(URL, request.url());
    server(to, request.url());
    peer(to, seen, request.hop());
    error(to, seen, seen.errorOfHop(request.hop()));
    if (seen.module().prober() == ProberKind.GRPC) {
      to.put(RPC_SYSTEM, "grpc");
      to.put(RPC_SERVICE, GRPC_SERVICE);
      to.put(RPC_METHOD, GRPC_METHOD);
      if (seen.grpcStatus() >= 0) {
        to.put(RPC_STATUS, (long) seen.grpcStatus());
      }
      return to.build();
    }
    to.put(METHOD, request.method());
    if (request.hop() > 0) {
      to.put(RESENDS, (long) request.hop());
    }
    Fact.Response response = seen.last(Fact.Response.class, request.hop());
    if (response != null) {
      to.put(STATUS, (long) response.status());
      version(to, response.version());
    }
    return to.build();
  }

  static Attributes phase(SeenProbe seen, Span phase) {
    AttributesBuilder to = Attributes.builder();
    error(to, seen, seen.error(phase));
    if (phase.phase() == Phase.CONNECT) {
      peer(to, seen, phase.hop());
    }
    Fact.Tls tls = phase.phase() == Phase.TLS ? seen.last(Fact.Tls.class, phase.hop()) : null;
    if (tls != null) {
      to.put(TLS_VERSION, behind(' ', tls.version()));
      to.put(TLS_CIPHER, tls.cipher());
      String next = tls.applicationProtocol();
      if (next != null) {
        to.put(TLS_NEXT_PROTOCOL, next);
      }
    }
    return to.build();
  }

  private static void error(AttributesBuilder to, SeenProbe seen, @Nullable String message) {
    Failure failure = seen.failure();
    if (message != null && failure != null) {
      to.put(ERROR_TYPE, failure.reason().label());
    }
  }

  private static void peer(AttributesBuilder to, SeenProbe seen, int hop) {
    Fact.Address address = seen.last(Fact.Address.class, hop);
    if (address != null && address.remote().getAddress() != null) {
      to.put(PEER_ADDRESS, address.remote().getAddress().getHostAddress());
      to.put(PEER_PORT, (long) address.remote().getPort());
    }
  }

  private static void server(AttributesBuilder to, String url) {
    try {
      HttpUrl parsed = HttpUrl.parse(url);
      to.put(SERVER_ADDRESS, parsed.host());
      to.put(SERVER_PORT, (long) parsed.effectivePort());
    } catch (InvalidUrlException ignored) {
      // It was cut, as it is long.
    }
  }

  /** {@code HTTP/1.1} is version 1.1, {@code HTTP/2.0} version 2. */
  private static void version(AttributesBuilder to, String version) {
    int slash = version.indexOf('/');
    if (slash > 0) {
      String number = version.substring(slash + 1);
      to.put(PROTOCOL, version.substring(0, slash).toLowerCase(Locale.ROOT));
      to.put(
          PROTOCOL_VERSION,
          number.endsWith(".0") && !number.equals("1.0")
              ? number.substring(0, number.length() - 2)
              : number);
    }
  }

  private static String behind(char mark, String text) {
    return text.substring(text.indexOf(mark) + 1);
  }
}
