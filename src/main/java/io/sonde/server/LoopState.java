package io.sonde.server;

import io.sonde.exposition.Encodings;
import io.sonde.exposition.Format;
import io.sonde.exposition.Gzip;
import io.sonde.exposition.MetricsText;
import io.sonde.exposition.TextBuffer;
import io.sonde.probe.Sample;
import io.sonde.telemetry.RequestStats;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the connections of one event loop share: buffers that answers are made in, and what was
 * worked out for the latest scraper, which is most likely also the next. Confined to the loop.
 */
final class LoopState implements AutoCloseable {
  private static final int CACHED_HEADS = 64;

  private final TextBuffer text = new TextBuffer();
  private final Gzip gzip = new Gzip();
  private final HttpDate date = new HttpDate();
  private final Set<ClientConnection> connections = new LinkedHashSet<>();
  private final Map<String, ResponseHead> plainHeads = new HashMap<>();
  private final Map<String, ResponseHead> packedHeads = new HashMap<>();
  private final RequestStats requests;
  private @Nullable String accept;
  private @Nullable String acceptEncoding;
  private Format format = Format.TEXT;
  private boolean wantsGzip;

  /**
   * Nothing yet.
   *
   * @param requests what is counted about the requests of all loops
   */
  LoopState(RequestStats requests) {
    this.requests = requests;
  }

  /** What is counted about requests. */
  RequestStats requests() {
    return requests;
  }

  /** The connections that are open on this loop, the longest unused one first. */
  Set<ClientConnection> connections() {
    return connections;
  }

  /** Makes a connection the last used one. */
  void used(ClientConnection connection) {
    if (connections.remove(connection)) {
      connections.add(connection);
    }
  }

  /** Closes the idle connection that is unused for longest; tells whether there was one. */
  boolean closeIdle() {
    for (ClientConnection connection : connections) {
      if (connection.closeIfIdle()) {
        connections.remove(connection);
        return true;
      }
    }
    return false;
  }

  /** The Date field's value for now. */
  byte[] date() {
    return date.now();
  }

  /** Answers with samples, in the format and encoding that the request prefers. */
  void respond(Exchange exchange, List<Sample> samples) {
    text.clear();
    MetricsText.write(samples, negotiate(exchange), text);
    if (!exchange.isAwaited()) {
      return;
    }
    Format chosen = negotiate(exchange);
    if (prefersGzip(exchange)) {
      gzip.compress(text.array(), text.length());
      exchange.respond(head(chosen, true), gzip.array(), gzip.length());
    } else {
      exchange.respond(head(chosen, false), text.array(), text.length());
    }
  }

  /** The format that the request prefers. */
  Format negotiate(Exchange exchange) {
    String header = exchange.header("accept");
    if (header == null) {
      return Format.TEXT;
    }
    if (!header.equals(accept)) {
      format = Format.negotiate(header);
      accept = header;
    }
    return format;
  }

  @Override
  public void close() {
    gzip.close();
  }

  /** Whether the request prefers gzip. */
  boolean prefersGzip(Exchange exchange) {
    String header = exchange.header("accept-encoding");
    if (header == null) {
      return false;
    }
    if (!header.equals(acceptEncoding)) {
      wantsGzip = Encodings.prefersGzip(header);
      acceptEncoding = header;
    }
    return wantsGzip;
  }

  /** What goes before metrics of that format and encoding. */
  ResponseHead head(Format chosen, boolean packed) {
    Map<String, ResponseHead> heads = packed ? packedHeads : plainHeads;
    ResponseHead head = heads.get(chosen.contentType());
    if (head == null) {
      head =
          packed
              ? ResponseHead.of(
                  200, "Content-Type", chosen.contentType(), "Content-Encoding", "gzip")
              : ResponseHead.of(200, "Content-Type", chosen.contentType());
      if (heads.size() < CACHED_HEADS) {
        heads.put(chosen.contentType(), head);
      }
    }
    return head;
  }
}
