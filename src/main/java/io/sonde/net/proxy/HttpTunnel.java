package io.sonde.net.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.sonde.net.connect.UnexpectedBytes;
import io.sonde.probe.ProbeRun;
import io.sonde.probe.Reason;
import io.sonde.probe.Trail;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A tunnel by HTTP CONNECT. Any status from 200 to 299 opens it (RFC 9110, section 9.3.6); what
 * comes together with the answer is no part of it, because no TLS server speaks first, and is
 * dropped: some proxies send a body there.
 */
final class HttpTunnel extends Tunnel {
  /** All heads that a proxy may send, informational ones included. */
  static final int MAX_ANSWER_BYTES = 16 << 10;

  private static final byte[] START = ascii("HTTP/1.");
  private static final byte[] CRLF = ascii("\r\n");
  private static final int PROXY_AUTHENTICATION_REQUIRED = 407;

  private final String authority;
  private final byte[] lines;
  private int answered;
  private int searched;

  HttpTunnel(ProbeRun run, int hop, ProxyServer proxy, String authority, byte[] lines) {
    super(run, hop, proxy);
    this.authority = authority;
    this.lines = lines;
  }

  @Override
  ByteBuf greeting(ByteBufAllocator allocator) {
    ByteBuf out = allocator.buffer(2 * authority.length() + lines.length + 32);
    ByteBufUtil.writeAscii(out, "CONNECT ");
    ByteBufUtil.writeUtf8(out, authority);
    ByteBufUtil.writeAscii(out, " HTTP/1.1\r\nHost: ");
    ByteBufUtil.writeUtf8(out, authority);
    return out.writeBytes(CRLF).writeBytes(lines).writeBytes(CRLF);
  }

  @Override
  void read(ChannelHandlerContext ctx, ByteBuf in) {
    while (in.isReadable()) {
      if (!isLikeHttp(in)) {
        refused(ctx, Reason.PROXY, "does not speak HTTP: " + UnexpectedBytes.describe("HTTP", in));
        return;
      }
      int length = headLength(in);
      if (answered + (length < 0 ? in.readableBytes() : length) > MAX_ANSWER_BYTES) {
        refused(ctx, Reason.PROXY, "answered with more than " + MAX_ANSWER_BYTES + " bytes");
        return;
      }
      if (length < 0) {
        return;
      }
      String head = in.readCharSequence(length, StandardCharsets.ISO_8859_1).toString();
      answered += length;
      searched = 0;
      if (isOver(ctx, head)) {
        return;
      }
    }
  }

  @Override
  boolean passesOnTheRest() {
    return false;
  }

  /** Whether {@code head} was the last word, as opposed to an informational one. */
  private boolean isOver(ChannelHandlerContext ctx, String head) {
    String flaw = ConnectAnswer.flaw(head);
    if (flaw != null) {
      refused(ctx, Reason.PROXY, "does not speak HTTP: " + flaw);
      return true;
    }
    int status = ConnectAnswer.status(head);
    if (status < 200 && status != 101) {
      return false;
    }
    if (status >= 200 && status < 300) {
      established(ctx);
      return true;
    }
    String words = status + ConnectAnswer.phrase(head);
    if (status == PROXY_AUTHENTICATION_REQUIRED) {
      boolean anonymous = proxy().login() == null;
      refused(
          ctx,
          Reason.AUTH,
          (anonymous ? "wants credentials: " : "does not accept the credentials: ") + words);
    } else {
      refused(ctx, Reason.PROXY, "refused to connect to " + authority + ": " + words);
    }
    return true;
  }

  private static boolean isLikeHttp(ByteBuf in) {
    int known = Math.min(START.length, in.readableBytes());
    for (int i = 0; i < known; i++) {
      if (in.getByte(in.readerIndex() + i) != START[i]) {
        return false;
      }
    }
    return true;
  }

  /** The length of the head up to its empty line; -1 if that has not come. */
  private int headLength(ByteBuf in) {
    int from = in.readerIndex();
    for (int i = searched; i < in.readableBytes(); i++) {
      if (in.getByte(from + i) == '\n' && endsLine(in, from, i)) {
        return i + 1;
      }
    }
    searched = in.readableBytes();
    return -1;
  }

  /** Whether the line that ends at {@code i} is empty. */
  private static boolean endsLine(ByteBuf in, int from, int i) {
    int before = i > 0 && in.getByte(from + i - 1) == '\r' ? i - 2 : i - 1;
    return before >= 0 && in.getByte(from + before) == '\n';
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** The head of an answer, its bytes taken as Latin-1. */
  static final class ConnectAnswer {
    private static final int STATUS_AT = 9;
    private static final int MAX_PHRASE = 64;

    private ConnectAnswer() {}

    /** What is wrong with a head that begins like one of HTTP/1; or null. */
    static @Nullable String flaw(String head) {
      String line = firstLine(head);
      boolean good =
          line.length() >= STATUS_AT + 3
              && isDigit(line.charAt(STATUS_AT - 2))
              && line.charAt(STATUS_AT - 1) == ' '
              && isDigit(line.charAt(STATUS_AT))
              && isDigit(line.charAt(STATUS_AT + 1))
              && isDigit(line.charAt(STATUS_AT + 2))
              && (line.length() == STATUS_AT + 3 || line.charAt(STATUS_AT + 3) == ' ');
      if (!good) {
        return "its status line is malformed";
      }
      boolean fields =
          head.lines().skip(1).allMatch(field -> field.isEmpty() || field.indexOf(':') > 0);
      return fields ? null : "a header line of its answer is malformed";
    }

    static int status(String head) {
      return Integer.parseInt(head, STATUS_AT, STATUS_AT + 3, 10);
    }

    /** A blank and what the proxy says the status means; empty if it says nothing. */
    static String phrase(String head) {
      String line = firstLine(head);
      StringBuilder phrase = new StringBuilder();
      for (int i = STATUS_AT + 3; i < line.length(); i++) {
        char c = line.charAt(i);
        phrase.append(c < ' ' || (c >= 0x7f && c < 0xa0) ? '?' : c);
      }
      return Trail.cut(phrase.toString().stripTrailing(), MAX_PHRASE);
    }

    private static String firstLine(String head) {
      String line = head.substring(0, head.indexOf('\n'));
      return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }

    private static boolean isDigit(char c) {
      return c >= '0' && c <= '9';
    }
  }
}
