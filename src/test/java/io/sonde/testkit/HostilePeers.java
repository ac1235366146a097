package io.sonde.testkit;

import java.nio.charset.StandardCharsets;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;

/** Peers whose texts try to end lines, to steer terminals, to turn the direction of writing. */
public final class HostilePeers {
  /**
   * Bell, a window title, a cleared screen, C1 controls, directional overrides, line separators,
   * markup, and what is quoted in both forms of the log; no line feed.
   */
  public static final String ONE_LINE =
      "\u001b]0;owned\u0007\u001b[2J\u009b31m\u0085\u2028\u2029\u202e\u2066\u200b\ufeff\u007f"
          + "\" level=ERROR msg=forged \\ </td><script>alert(1)</script> '\"&=";

  /** The same with forged records. */
  public static final String LINES =
      ONE_LINE + "\r\ntime=2026-01-01T00:00:00.000Z level=ERROR msg=forged\n{\"msg\":\"forged\"}\0";

  private HostilePeers() {}

  /**
   * Puts what of it can stand in headers into the status line, into headers and into a redirect
   * that leads nowhere, and all of it into the body.
   */
  public static ParrotPeer http() {
    String line =
        latin1(ONE_LINE.replaceAll("[\\x00-\\x1f\\x7f]", "")) + "\u00ff\u00ed\u00a0\u0080";
    return ParrotPeer.answering(
        told ->
            "HTTP/1.1 302 "
                + line
                + "\r\nX-Evil: "
                + line
                + "\r\nSet-Cookie: "
                + line
                + "\r\nLocation: http://127.0.0.1:1/"
                + line
                + "\r\nConnection: close\r\n\r\n"
                + latin1(LINES));
  }

  /** Greets with it, in one line that is whole and one that is not. */
  public static ParrotPeer banner() {
    return ParrotPeer.answering(told -> "220 " + latin1(ONE_LINE) + "\r\n\u00ff" + latin1(LINES));
  }

  /** Answers a question over TCP with a text record of it (RFC 1035, section 4). */
  public static ParrotPeer dns() {
    String text = latin1(LINES);
    String record =
        "\u00c0\u000c\0\u0010\0\1\0\0\0\0\0"
            + (char) (text.length() + 1)
            + (char) text.length()
            + text;
    return ParrotPeer.answering(
        told -> {
          String message =
              told.substring(2, 4) + "\u0081\u0080\0\1\0\1\0\0\0\0" + told.substring(14) + record;
          return "\0" + (char) message.length() + message;
        });
  }

  /** Answers the first stream with a status that a message explains (RFC 9113, RFC 7541). */
  public static ParrotPeer grpc() {
    String text = "%0A%1B[2J%0Alevel=ERROR" + "%E2%80%AE<script>";
    String block =
        "\u0088"
            + field("content-type", "application/grpc")
            + field("grpc-status", "13")
            + field("grpc-message", text);
    return ParrotPeer.answering(
        told -> frame(4, 0, 0, "") + frame(4, 1, 0, "") + frame(1, 5, 1, block));
  }

  /** A certificate that nobody trusts, with it in all of its names. */
  public static TlsServer certificate() {
    X500NameBuilder name = new X500NameBuilder().addRDN(BCStyle.CN, new DERUTF8String(ONE_LINE));
    name.addRDN(BCStyle.O, new DERUTF8String(LINES));
    return TlsServer.of(TestCertificate.selfSigned(name.build(), TestCertificate.p256()).issue());
  }

  private static String field(String name, String value) {
    return "\0" + (char) name.length() + name + (char) value.length() + value;
  }

  private static String frame(int type, int flags, int stream, String payload) {
    return "\0\0"
        + (char) payload.length()
        + (char) type
        + (char) flags
        + "\0\0\0"
        + (char) stream
        + payload;
  }

  private static String latin1(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }
}
