package io.sonde.net.http;

import io.netty.handler.codec.http3.Http3ErrorCode;
import io.netty.handler.codec.quic.QuicConnectionCloseEvent;
import io.netty.handler.codec.quic.QuicException;
import io.sonde.probe.Trail;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** The numbers by which peers say why they end a stream or a connection, as texts. */
final class QuicErrors {
  private static final int MAX_REASON_CHARS = 120;

  /** By their numbers (RFC 9000, section 20.1). */
  private static final List<String> TRANSPORT =
      List.of(
          "NO_ERROR",
          "INTERNAL_ERROR",
          "CONNECTION_REFUSED",
          "FLOW_CONTROL_ERROR",
          "STREAM_LIMIT_ERROR",
          "STREAM_STATE_ERROR",
          "FINAL_SIZE_ERROR",
          "FRAME_ENCODING_ERROR",
          "TRANSPORT_PARAMETER_ERROR",
          "CONNECTION_ID_LIMIT_ERROR",
          "PROTOCOL_VIOLATION",
          "INVALID_TOKEN",
          "APPLICATION_ERROR",
          "CRYPTO_BUFFER_EXCEEDED",
          "KEY_UPDATE_ERROR",
          "AEAD_LIMIT_REACHED",
          "NO_VIABLE_PATH");

  private static final int CONNECTION_REFUSED = 2;
  private static final int ALERT_BASE = 0x100;
  private static final int ALERT_END = 0x200;

  private QuicErrors() {}

  /** The TLS alert that closed the connection (RFC 9001, section 4.8), or -1. */
  static int alert(QuicConnectionCloseEvent event) {
    int error = event.error();
    boolean isAlert = !event.isApplicationClose() && error >= ALERT_BASE && error < ALERT_END;
    return isAlert ? error - ALERT_BASE : -1;
  }

  /** Whether the peer says that it does not want this connection at all. */
  static boolean isRefusal(QuicConnectionCloseEvent event) {
    return !event.isApplicationClose() && event.error() == CONNECTION_REFUSED;
  }

  /** What an error of HTTP/3 is called (RFC 9114 section 8.1, RFC 9204 section 6). */
  static String http3(long code) {
    for (Http3ErrorCode known : Http3ErrorCode.values()) {
      if (known.code() == code) {
        return known.name();
      }
    }
    return unknown(code);
  }

  /** What the peer gave as its reason to close the connection. */
  static String text(QuicConnectionCloseEvent event) {
    int error = event.error();
    String name =
        event.isApplicationClose()
            ? http3(Integer.toUnsignedLong(error))
            : error >= 0 && error < TRANSPORT.size() ? TRANSPORT.get(error) : unknown(error);
    // Netty keeps null where no reason was given, and stumbles when asked for it.
    String reason = event.toString().endsWith("reason=null}") ? "" : printable(event.reason());
    return reason.isEmpty() ? name : name + ": " + reason;
  }

  /** What a failure of this side's QUIC is called. */
  static String text(QuicException failure) {
    String message = String.valueOf(failure.getMessage());
    String name = message.substring(message.lastIndexOf(' ') + 1);
    return name.equals("QUICHE_ERR_UNKNOWN_VERSION")
        ? "no version of QUIC in common"
        : name.replace("QUICHE_ERR_", "").replace('_', ' ').toLowerCase(Locale.ROOT);
  }

  private static String unknown(long code) {
    return "error 0x" + Long.toHexString(code);
  }

  private static String printable(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8).strip();
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      shown.append(Character.isISOControl(c) ? '?' : c);
    }
    return Trail.cut(shown.toString(), MAX_REASON_CHARS);
  }
}
