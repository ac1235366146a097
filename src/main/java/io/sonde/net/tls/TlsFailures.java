package io.sonde.net.tls;

import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.NotSslRecordException;
import io.sonde.probe.Phase;
import io.sonde.probe.ProbeFailure;
import io.sonde.probe.Reason;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Turns what engines throw into reasons and sentences. */
public final class TlsFailures {
  /** BoringSSL numbers an alert of the peer as 1000 and the alert's own number. */
  private static final int ALERT_BASE = 1_000;

  private static final int ALERT_END = 1_256;
  private static final int REASON_MASK = 0xfff;
  private static final int HEX = 16;

  private static final String KEY_USAGE = "KEY_USAGE_BIT_INCORRECT";

  private static final Pattern BORINGSSL_ERROR =
      Pattern.compile("error:([0-9a-f]{1,8}):[^:]*:[^:]*:([A-Z0-9_]+)");
  private static final String JDK_ALERT = "Received fatal alert: ";

  /** The alerts of RFC 8446 section 6, and older ones that are still sent. */
  private static final Map<Integer, String> ALERTS =
      Map.ofEntries(
          Map.entry(0, "close_notify"),
          Map.entry(10, "unexpected_message"),
          Map.entry(20, "bad_record_mac"),
          Map.entry(21, "decryption_failed"),
          Map.entry(22, "record_overflow"),
          Map.entry(30, "decompression_failure"),
          Map.entry(40, "handshake_failure"),
          Map.entry(41, "no_certificate"),
          Map.entry(42, "bad_certificate"),
          Map.entry(43, "unsupported_certificate"),
          Map.entry(44, "certificate_revoked"),
          Map.entry(45, "certificate_expired"),
          Map.entry(46, "certificate_unknown"),
          Map.entry(47, "illegal_parameter"),
          Map.entry(48, "unknown_ca"),
          Map.entry(49, "access_denied"),
          Map.entry(50, "decode_error"),
          Map.entry(51, "decrypt_error"),
          Map.entry(70, "protocol_version"),
          Map.entry(71, "insufficient_security"),
          Map.entry(80, "internal_error"),
          Map.entry(86, "inappropriate_fallback"),
          Map.entry(90, "user_canceled"),
          Map.entry(100, "no_renegotiation"),
          Map.entry(109, "missing_extension"),
          Map.entry(110, "unsupported_extension"),
          Map.entry(112, "unrecognized_name"),
          Map.entry(113, "bad_certificate_status_response"),
          Map.entry(115, "unknown_psk_identity"),
          Map.entry(116, "certificate_required"),
          Map.entry(120, "no_application_protocol"));

  private TlsFailures() {}

  /** Marks a failure after which a fresh connection may fare better. */
  private static final class Repeatable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Repeatable(Throwable cause) {
      super("worth repeating", cause, false, false);
    }
  }

  /**
   * Whether a failed handshake should be tried once more on a fresh connection: the one that failed
   * was BoringSSL's, with a peer that other clients may reach, and the next one will be the JDK's.
   * True at most once in a row for one peer.
   *
   * @param thrown what a stage of {@link TlsClient#handshake} failed with
   */
  static boolean isWorthRepeating(Throwable thrown) {
    Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
    return cause instanceof ProbeFailure && cause.getCause() instanceof Repeatable;
  }

  /**
   * Whether a handshake may have failed because BoringSSL is stricter than other clients.
   *
   * @param ofOther whether it was not BoringSSL's handshake; then any failure of TLS will do
   */
  static boolean mayBeStrictness(Throwable thrown, boolean ofOther) {
    Throwable cause = unwrapped(thrown);
    if (!(cause instanceof SSLException) || isClosing(cause)) {
      return false;
    }
    String alert = alert(cause);
    return ofOther
        || "handshake_failure".equals(alert)
        || "internal_error".equals(alert)
        || String.valueOf(cause.getMessage()).contains(KEY_USAGE);
  }

  /**
   * Why a handshake failed.
   *
   * @param repeatable whether another connection may fare better
   */
  static ProbeFailure duringHandshake(Phase phase, Throwable thrown, boolean repeatable) {
    Throwable cause = unwrapped(thrown);
    if (cause instanceof NotSslRecordException) {
      return new ProbeFailure(phase, Reason.PROTOCOL, "the peer does not speak TLS on this port");
    }
    if (cause instanceof SSLException && !isClosing(cause)) {
      String alert = alert(cause);
      return new ProbeFailure(
          phase,
          Reason.TLS,
          alert != null
              ? "the peer refused the handshake: alert " + alert + hint(alert)
              : "TLS handshake failed: " + text(cause),
          repeatable ? new Repeatable(cause) : null);
    }
    if (cause instanceof SSLException || cause instanceof ClosedChannelException) {
      return new ProbeFailure(
          phase, Reason.CLOSED, "the peer closed the connection during the TLS handshake");
    }
    if (cause instanceof IOException) {
      return new ProbeFailure(
          phase,
          Reason.CLOSED,
          "the connection broke during the TLS handshake: " + cause.getMessage());
    }
    return new ProbeFailure(phase, Reason.INTERNAL, "TLS handshake failed: " + cause, cause);
  }

  /**
   * Why an established connection broke, as far as TLS is the reason: with TLS 1.3 a server that
   * does not like the client's certificate says so only after the handshake, when the client reads.
   * Null if {@code thrown} has nothing to do with TLS.
   *
   * @param phase what the prober was doing
   * @param thrown what came down the pipeline
   */
  public static @Nullable ProbeFailure established(Phase phase, Throwable thrown) {
    Throwable cause = unwrapped(thrown);
    if (!(cause instanceof SSLException)) {
      return null;
    }
    String alert = alert(cause);
    return new ProbeFailure(
        phase,
        Reason.TLS,
        alert != null
            ? "the peer ended TLS: alert " + alert + hint(alert)
            : "TLS failed: " + text(cause));
  }

  /** What an alert of the peer means that came by itself, as over QUIC (RFC 9001, section 4.8). */
  static ProbeFailure ofAlert(Phase phase, int number) {
    String alert = alert(number);
    return new ProbeFailure(
        phase, Reason.TLS, "the peer refused the handshake: alert " + alert + hint(alert));
  }

  private static Throwable unwrapped(Throwable thrown) {
    Throwable cause = thrown;
    while (cause instanceof DecoderException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  /** Netty and the JDK report a connection that ends in a handshake as a failure of TLS. */
  private static boolean isClosing(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    return cause.getCause() instanceof ClosedChannelException
        || message.startsWith("Connection closed while SSL/TLS handshake")
        || message.contains("closing inbound before receiving peer's close_notify");
  }

  private static @Nullable String alert(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    int jdk = message.indexOf(JDK_ALERT);
    if (jdk >= 0) {
      return message.substring(jdk + JDK_ALERT.length());
    }
    Matcher matcher = BORINGSSL_ERROR.matcher(message);
    if (!matcher.find()) {
      return null;
    }
    int reason = (int) Long.parseLong(matcher.group(1), HEX) & REASON_MASK;
    if (reason < ALERT_BASE || reason >= ALERT_END) {
      return null;
    }
    return alert(reason - ALERT_BASE);
  }

  private static String alert(int number) {
    return ALERTS.getOrDefault(number, "number " + number);
  }

  private static String hint(String alert) {
    return switch (alert) {
      case "protocol_version" -> " (no TLS version in common)";
      case "handshake_failure" -> " (no cipher in common, or a client certificate is required)";
      case "certificate_required" -> " (the server requires a client certificate)";
      case "bad_certificate", "unknown_ca", "certificate_unknown", "certificate_expired" ->
          " (the server does not accept the client certificate)";
      case "no_application_protocol" -> " (no application protocol in common)";
      case "unrecognized_name" -> " (the server does not know the name that was asked for)";
      default -> "";
    };
  }

  private static String text(Throwable cause) {
    Matcher matcher = BORINGSSL_ERROR.matcher(String.valueOf(cause.getMessage()));
    if (!matcher.find()) {
      return String.valueOf(cause.getMessage());
    }
    String error = matcher.group(2);
    String plain = error.toLowerCase(Locale.ROOT).replace('_', ' ');
    return error.equals(KEY_USAGE)
        ? plain + " (that of the peer's certificate lacks digital signatures)"
        : plain;
  }
}
