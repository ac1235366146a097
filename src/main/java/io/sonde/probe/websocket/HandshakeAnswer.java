package io.sonde.probe.websocket;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.sonde.config.Redaction;
import io.sonde.net.dialogue.Shown;
import io.sonde.probe.Phase;
import io.sonde.probe.ProbeFailure;
import io.sonde.probe.Reason;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What a server may answer to a handshake (RFC 6455, section 4.1). */
final class HandshakeAnswer {
  private static final int SWITCHING_PROTOCOLS = 101;
  private static final int UNAUTHORIZED = 401;

  private HandshakeAnswer() {}

  /** Why an answer is no agreement; null if it is one. */
  static @Nullable ProbeFailure refusal(HttpResponse head, HandshakeKey key) {
    if (head.status().code() != SWITCHING_PROTOCOLS) {
      return otherStatus(head);
    }
    HttpHeaders headers = head.headers();
    if (!headers.containsValue("Upgrade", "websocket", true)) {
      return broken("expected \"Upgrade: websocket\" in the answer, got ", headers, "Upgrade");
    }
    if (!headers.containsValue("Connection", "upgrade", true)) {
      return broken("expected \"Connection: Upgrade\" in the answer, got ", headers, "Connection");
    }
    String accept = "Sec-WebSocket-Accept";
    if (!key.accept().equals(headers.get(accept, "").strip())) {
      return broken("Sec-WebSocket-Accept does not fit the key, got ", headers, accept);
    }
    // None was offered, so that none can be agreed upon.
    String extensions = "Sec-WebSocket-Extensions";
    if (!headers.get(extensions, "").isBlank()) {
      return broken("expected no extension, got ", headers, extensions);
    }
    return null;
  }

  private static ProbeFailure otherStatus(HttpResponse head) {
    int code = head.status().code();
    String location = head.headers().get("Location", "");
    boolean redirects = code >= 300 && code < 400 && !location.isEmpty();
    // Whatever stands before an at sign may be a password.
    String whereTo =
        location.indexOf('@') < 0 ? " to " + shown(Redaction.ofUrl(location).hide(location)) : "";
    Reason reason =
        redirects ? Reason.REDIRECT : code == UNAUTHORIZED ? Reason.AUTH : Reason.STATUS;
    return new ProbeFailure(
        Phase.CHECK,
        reason,
        "expected status 101, got "
            + code
            + (redirects ? whereTo + ", which a handshake does not follow" : ""));
  }

  private static ProbeFailure broken(String problem, HttpHeaders headers, String name) {
    String value = headers.get(name);
    return new ProbeFailure(
        Phase.CHECK, Reason.PROTOCOL, problem + (value == null ? "none" : shown(value)));
  }

  private static String shown(String value) {
    return Shown.of(value.getBytes(StandardCharsets.UTF_8));
  }
}
