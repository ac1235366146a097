package io.sonde.net.http;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Header lines of a request together with their bytes on the wire of HTTP/1.1, made once and
 * written as often as needed. Refuses lines that are not valid, so that no value can bring in a
 * further line.
 */
public final class HeaderLines {
  private final List<HeaderLine> lines;
  private final byte[] http1;
  private final int agentSize;

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
}
