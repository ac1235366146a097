package io.sonde.net.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Header lines of a request together with their bytes on the wire, made once and written as often
 * as needed. Refuses lines that are not valid, so that no value can bring in a further line.
 */
public final class HeaderLines {
  /** Fields that speak of a connection of HTTP/1.1 (RFC 9113, section 8.2.2). */
  static final Set<String> CONNECTION_FIELDS =
      Set.of("connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade");

  /** Fields that are worth something to whoever can guess them from the size of what is sent. */
  private static final Set<String> SECRET_FIELDS =
      Set.of("authorization", "cookie", "proxy-authorization");

  private final List<HeaderLine> lines;
  private final byte[] http1;
  private final int agentSize;
  private volatile byte @Nullable [] http2;

  /**
   * Encodes the lines.
   *
   * @throws IllegalArgumentException if one of them may not be sent; the message holds its name
   *     only
   */
  public HeaderLines(List<HeaderLine> lines) {
    this.lines = List.copyOf(lines);
    StringBuilder text = new StringBuilder(64 * lines.size());
    int agentSize = 0;
    for (HeaderLine line : lines) {
      if (!line.isValid()) {
        throw new IllegalArgumentException("invalid header " + line.name());
      }
      boolean first = text.length() == 0;
      text.append(line.name()).append(": ").append(line.value()).append("\r\n");
      if (first && line.name().equals("User-Agent")) {
        agentSize = text.length();
      }
    }
    this.agentSize = agentSize;
    this.http1 = text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** These lines and {@code more} behind them. */
  public HeaderLines with(List<HeaderLine> more) {
    if (more.isEmpty()) {
      return this;
    }
    List<HeaderLine> all = new ArrayList<>(lines);
    all.addAll(more);
    return new HeaderLines(all);
  }

  /** The lines, in the order of sending. */
  public List<HeaderLine> lines() {
    return lines;
  }

  /** How much of {@link #http1} is a leading {@code User-Agent}, which has no text beyond ASCII. */
  int agentSize() {
    return agentSize;
  }

  /** Each line with its line break; not to be changed. */
  byte[] http1() {
    return http1;
  }

  /**
   * The lines as HPACK, without those that speak of the connection; not to be changed. Made when
   * they are first asked for, as most modules never speak HTTP/2.
   */
  byte[] http2() {
    byte[] known = http2;
    if (known == null) {
      known = encodeHttp2();
      http2 = known;
    }
    return known;
  }

  /**
   * The lines as HTTP/2 and HTTP/3 have them: with names in lower case, and without those that
   * speak of the connection.
   */
  List<HeaderLine> fields() {
    List<HeaderLine> fields = new ArrayList<>(lines.size());
    for (HeaderLine line : lines) {
      String name = line.name().toLowerCase(Locale.ROOT);
      if (CONNECTION_FIELDS.contains(name)) {
        continue;
      }
      // Each cookie is a field of its own (RFC 9113, section 8.2.3).
      List<String> values =
          name.equals("cookie") ? List.of(line.value().split("; *")) : List.of(line.value());
      for (String value : values) {
        fields.add(new HeaderLine(name, value));
      }
    }
    return fields;
  }

  private byte[] encodeHttp2() {
    ByteBuf out = Unpooled.buffer(http1.length);
    for (HeaderLine field : fields()) {
      Hpack.writeField(out, field.name(), field.value(), SECRET_FIELDS.contains(field.name()));
    }
    return ByteBufUtil.getBytes(out);
  }
}
