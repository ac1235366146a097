package io.sonde.probe.websocket;

import io.sonde.config.Redaction;
import io.sonde.config.WebsocketSpec;
import io.sonde.net.file.ModuleFiles;
import io.sonde.net.http.Authenticator;
import io.sonde.net.http.HeaderLine;
import io.sonde.net.http.HeaderLines;
import io.sonde.net.http.HeaderRules;
import io.sonde.net.http.HeaderValues;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a module's handshakes look like: compiled when the module is loaded, so that a probe only
 * adds its key and what stands in files.
 */
final class HandshakePlan {
  /** What clients that are no browsers call themselves there; servers know it. */
  static final String USER_AGENT = "Go-http-client/1.1";

  private static final String HOST = "host";
  private static final String AGENT = "user-agent";
  private static final String AUTHORIZATION = "authorization";

  /** Headers that speak of a body, which a handshake does not have. */
  private static final Set<String> OF_BODY =
      Set.of("content-length", "transfer-encoding", "trailer");

  /** Names that the usual way of writing gets wrong. */
  private static final Map<String, String> SPELLING =
      Map.of("sec-websocket-protocol", "Sec-WebSocket-Protocol");

  private final @Nullable Authenticator authenticator;
  private final HeaderValues headers;
  private final HeaderValues further;
  private final @Nullable Inputs inline;

  /**
   * The parts of a handshake that may come from files, as they are at the start of a probe.
   *
   * @param authorization value of {@code Authorization}, or null
   * @param fetched whether that value was fetched for this probe, and so replaces any other
   * @param lines header lines, not yet checked
   * @param secrets what of these must not be shown
   * @param unreadable why something could not be read, or null
   */
  record Inputs(
      @Nullable String authorization,
      boolean fetched,
      List<HeaderLine> lines,
      Redaction secrets,
      @Nullable String unreadable) {

    /** The same with credentials that were fetched. */
    Inputs withToken(String value) {
      return new Inputs(value, true, lines, secrets, unreadable);
    }

    /** Not the parts that may hold secrets. */
    @Override
    public String toString() {
      return "lines=" + lines;
    }
  }

  HandshakePlan(WebsocketSpec spec, ModuleFiles files) {
    this.authenticator = Authenticator.of(spec.http(), files);
    this.headers = new HeaderValues(spec.headers(), files);
    this.further = new HeaderValues(spec.http().httpHeaders(), files);
    boolean readsFiles =
        headers.readsFiles()
            || further.readsFiles()
            || (authenticator != null && authenticator.readsFiles());
    this.inline = readsFiles ? null : read();
  }

  /** The inputs if no file is needed for them; else null. */
  @Nullable Inputs inline() {
    return inline;
  }

  /** The inputs as they are now. Blocks if {@link #inline} is null. */
  Inputs read() {
    try {
      List<HeaderLine> lines = new ArrayList<>(headers.lines());
      Redaction secrets = headers.secretsIn(lines);
      List<HeaderLine> others = further.lines();
      lines.addAll(others);
      String value = authenticator == null ? "" : authenticator.value();
      // A type without credentials is not sent.
      boolean isEmpty = value.isEmpty() || value.endsWith(" ");
      return new Inputs(
          isEmpty ? null : value,
          false,
          List.copyOf(lines),
          secrets.and(further.secretsIn(others)).and(Authenticator.secretsIn(value)),
          null);
    } catch (IOException e) {
      return new Inputs(null, false, List.of(), Redaction.NONE, String.valueOf(e.getMessage()));
    }
  }

  /** Why no handshake with these inputs can be sent, or null. Quotes no value. */
  static @Nullable String problem(Inputs inputs) {
    if (inputs.unreadable() != null) {
      return inputs.unreadable();
    }
    String authorization = inputs.authorization();
    if (authorization != null && !HeaderRules.isValue(authorization)) {
      return "invalid value of header \"Authorization\"";
    }
    for (HeaderLine line : inputs.lines()) {
      String name = known(line);
      if (WebsocketSpec.OF_HANDSHAKE.contains(name)) {
        return "header \"" + line.name() + "\" belongs to the handshake and cannot be set";
      }
      if (!line.isValid() || (name.equals(HOST) && !HeaderRules.isHost(line.value()))) {
        return "invalid name or value of header \"" + line.name() + '"';
      }
    }
    return null;
  }

  /** The value of {@code Host}: that of the first such header, else {@code authority}. */
  static String host(Inputs inputs, String authority) {
    String host = first(inputs, HOST);
    return host == null || host.isEmpty() ? authority : host;
  }

  /** The header lines of one handshake, but for {@code Host}. */
  static HeaderLines lines(HandshakeKey key, Inputs inputs) {
    List<HeaderLine> lines = new ArrayList<>(inputs.lines().size() + 6);
    for (HeaderLine line : inputs.lines()) {
      String name = known(line);
      boolean replaced = inputs.fetched() && name.equals(AUTHORIZATION);
      if (!replaced && !name.equals(HOST) && !name.equals(AGENT) && !OF_BODY.contains(name)) {
        String spelling = SPELLING.get(name);
        lines.add(spelling == null ? line : new HeaderLine(spelling, line.value()));
      }
    }
    if (inputs.authorization() != null) {
      lines.add(HeaderLine.of("Authorization", inputs.authorization()));
    }
    lines.add(new HeaderLine("Connection", "Upgrade"));
    lines.add(new HeaderLine("Upgrade", "websocket"));
    lines.add(new HeaderLine("Sec-WebSocket-Key", key.text()));
    lines.add(new HeaderLine("Sec-WebSocket-Version", "13"));
    lines.sort(Comparator.comparing(HeaderLine::name));
    String agent = first(inputs, AGENT);
    if (agent == null || !agent.isEmpty()) {
      lines.add(0, new HeaderLine("User-Agent", agent == null ? USER_AGENT : agent));
    }
    return new HeaderLines(lines);
  }

  private static @Nullable String first(Inputs inputs, String name) {
    for (HeaderLine line : inputs.lines()) {
      if (known(line).equals(name)) {
        return line.value();
      }
    }
    return null;
  }

  private static String known(HeaderLine line) {
    return line.name().toLowerCase(Locale.ROOT);
  }
}
