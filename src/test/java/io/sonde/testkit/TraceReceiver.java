package io.sonde.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;

/** A receiver of spans by OTLP over HTTP: it keeps all that is sent to it. */
public final class TraceReceiver implements AutoCloseable {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

  /** How it answers. */
  @FunctionalInterface
  public interface Script {
    /** Answers one request, which has been read. */
    void answer(HttpExchange exchange) throws IOException;
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<SeenSpan> spans = new ArrayList<>();
  private final List<Map<String, List<String>>> headers = new ArrayList<>();
  private final List<String> texts = new ArrayList<>();
  private final Script script;

  private TraceReceiver(Script script) {
    this.script = script;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::receive);
    server.start();
  }

  /** One that takes everything. */
  public static TraceReceiver start() {
    return start(exchange -> exchange.sendResponseHeaders(200, -1));
  }

  /** One that answers so. */
  public static TraceReceiver start(Script script) {
    return new TraceReceiver(script);
  }

  /** Its URL, without a path. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** How many requests it has got. */
  public synchronized int requests() {
    return headers.size();
  }

  /** The header fields of the first request. */
  public synchronized Map<String, List<String>> headers() {
    return headers.get(0);
  }

  /** What was sent, in words. */
  public synchronized String text() {
    return String.join("\n", texts);
  }

  /** Spans that have come so far. */
  public synchronized List<SeenSpan> spans() {
    return List.copyOf(spans);
  }

  /** Waits until it has got that many requests. */
  public synchronized void awaitRequests(int count) throws InterruptedException {
    long giveUpAtNanos = System.nanoTime() + PATIENCE_NANOS;
    while (headers.size() < count) {
      await(giveUpAtNanos, "got " + headers.size() + " requests instead of " + count);
    }
  }

  /** Waits for the span that {@code wanted} knows. */
  public synchronized SeenSpan await(Predicate<SeenSpan> wanted) throws InterruptedException {
    long giveUpAtNanos = System.nanoTime() + PATIENCE_NANOS;
    while (true) {
      for (SeenSpan span : spans) {
        if (wanted.test(span)) {
          return span;
        }
      }
      await(giveUpAtNanos, "no such span among " + spans);
    }
  }

  /** Waits for the first probe of that module, and tells all spans of its trace. */
  public List<SeenSpan> awaitTrace(String module) throws InterruptedException {
    SeenSpan probe = await(span -> span.name().equals("probe " + module));
    return spans().stream().filter(span -> span.traceId().equals(probe.traceId())).toList();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  /** Answers with a body that does not end, until the client has had enough of it. */
  public static void pourForever(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    byte[] piece = new byte[64 << 10];
    try (OutputStream out = exchange.getResponseBody()) {
      while (!Thread.currentThread().isInterrupted()) {
        out.write(piece);
      }
    }
  }

  private void await(long giveUpAtNanos, String complaint) throws InterruptedException {
    long leftNanos = giveUpAtNanos - System.nanoTime();
    if (leftNanos <= 0) {
      throw new AssertionError(complaint);
    }
    TimeUnit.NANOSECONDS.timedWait(this, leftNanos);
  }

  private void receive(HttpExchange exchange) {
    try (exchange) {
      note(exchange, body(exchange));
      script.answer(exchange);
    } catch (IOException ignored) {
      // The client has left.
    }
  }

  private static byte[] body(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    if (!"gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))) {
      return body;
    }
    try (InputStream gzip = new GZIPInputStream(new ByteArrayInputStream(body))) {
      return gzip.readAllBytes();
    }
  }

  private synchronized void note(HttpExchange exchange, byte[] body) throws IOException {
    headers.add(new TreeMap<>(exchange.getRequestHeaders()));
    ExportTraceServiceRequest request = ExportTraceServiceRequest.parseFrom(body);
    texts.add(request.toString());
    for (ResourceSpans resource : request.getResourceSpansList()) {
      spans.addAll(SeenSpan.all(resource));
    }
    notifyAll();
  }
}
