package io.sonde.probe.grpc;

import io.sonde.net.http.HeaderLine;
import io.sonde.probe.Product;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What goes along with every call of a module, as header lines. */
final class Metadata {
  /** Names that belong to the protocol. */
  private static final Set<String> RESERVED =
      Set.of(
          "content-type",
          "user-agent",
          "te",
          "grpc-message-type",
          "grpc-encoding",
          "grpc-message",
          "grpc-status",
          "grpc-timeout");

  private static final String BINARY_SUFFIX = "-bin";

  private Metadata() {}

  /**
   * The lines of the protocol and those that are configured: names in lower case, those that end in
   * {@code -bin} with their values in Base64, without those that belong to the protocol.
   *
   * @throws IllegalArgumentException if a line cannot be sent; the message tells its name only
   */
  static List<HeaderLine> lines(Map<String, List<String>> configured) {
    List<HeaderLine> lines = new ArrayList<>();
    lines.add(new HeaderLine("content-type", "application/grpc"));
    lines.add(new HeaderLine("user-agent", Product.USER_AGENT));
    lines.add(new HeaderLine("te", "trailers"));
    configured.forEach(
        (written, values) -> {
          String name = written.toLowerCase(Locale.ROOT);
          if (!RESERVED.contains(name) && !name.startsWith(":")) {
            for (String value : values) {
              lines.add(line(name, value));
            }
          }
        });
    return List.copyOf(lines);
  }

  private static HeaderLine line(String name, String value) {
    if (name.isEmpty() || !name.chars().allMatch(Metadata::isOfName)) {
      throw new IllegalArgumentException(
          "metadata: expected a name of letters, digits and - _ . only, got \"" + name + '"');
    }
    if (name.endsWith(BINARY_SUFFIX)) {
      byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
      return new HeaderLine(name, Base64.getEncoder().withoutPadding().encodeToString(bytes));
    }
    if (!value.chars().allMatch(c -> c >= ' ' && c <= '~')) {
      throw new IllegalArgumentException(
          "metadata: expected printable ASCII characters in the value of " + name);
    }
    return new HeaderLine(name, value.strip());
  }

  private static boolean isOfName(int c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
  }
}
