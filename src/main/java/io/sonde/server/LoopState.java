package io.sonde.server;

import io.sonde.exposition.Encodings;
import io.sonde.exposition.Format;
import io.sonde.exposition.Gzip;
import io.sonde.exposition.MetricsText;
import io.sonde.exposition.TextBuffer;
import io.sonde.probe.Sample;
import java.util.HashMap;
import java.util.HashSet;
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
  private final Set<ClientConnection> connections = new HashSet<>();
  private final Map<String, ResponseHead> plainHeads = new HashMap<>();
  private final Map<String, ResponseHead> packedHeads = new HashMap<>();
  private @Nullable String accept;
  private @Nullable String acceptEncoding;
  private Format format = Format.TEXT;
  private boolean wantsGzip;

  /** The connections that are open on this loop. */
  Set<ClientConnection> connections() {
    return connections;
  }

  /** The Date field's value for now. */
  byte[] date() {
    return date.now();
  }

  /** Answers with samples, in the format and encoding that the request prefers. */
  void respond(Exchange exchange, List<Sample> samples) {
    text.clear();
    MetricsText.write(samples, negotiate(exchange), text);
    respondMetrics(exchange, text.array(), text.length());
  }

  /** Answers with metrics that were rendered in the format of {@link #negotiate}. */
  void respondMetrics(Exchange exchange, byte[] metrics, int length) {
    if (!exchange.isAwaited()) {
      return;
    }
    Format chosen = negotiate(exchange);
    boolean packed = prefersGzip(exchange);
    ResponseHead head = head(chosen, packed);
    if (packed) {
      gzip.compress(metrics, length);
      exchange.respond(head, gzip.array(), gzip.length());
    } else {
      exchange.respond(head, metrics, length);
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

  private boolean prefersGzip(Exchange exchange) {
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

  private ResponseHead head(Format chosen, boolean packed) {
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
