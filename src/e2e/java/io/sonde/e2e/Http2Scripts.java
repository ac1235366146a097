package io.sonde.e2e;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** The scripts of the HTTP/2 peer, by the first part of the request's path. */
final class Http2Scripts {
  private static final String[] OK = {":status", "200"};
  private static final int CANCEL = 8;
  private static final int REFUSED_STREAM = 7;
  private static final int HTTP_1_1_REQUIRED = 13;

  private final Map<String, Http2Peer.Script> scripts = new HashMap<>();

  private Http2Scripts() {}

  static Map<String, Http2Peer.Script> all() {
    Http2Scripts scripts = new Http2Scripts();
    scripts.plain();
    scripts.inPieces();
    scripts.brokenOff();
    scripts.cutBodies();
    scripts.oddHeads();
    scripts.oddFrames();
    return scripts.scripts;
  }

  private void answers(String name, String body, String... fields) {
    scripts.put(
        name,
        (request, stream) -> {
          stream.headers(0, fields);
          stream.data(Http2Peer.END_STREAM, body);
        });
  }

  private void answersHeadOnly(String name, String... fields) {
    scripts.put(name, (request, stream) -> stream.headers(Http2Peer.END_STREAM, fields));
  }

  private void plain() {
    scripts.put(
        "record",
        (request, stream) -> {
          boolean head = request.line().startsWith("HEAD");
          stream.headers(head ? Http2Peer.END_STREAM : 0, ":status", "200", "content-length", "9");
          if (!head) {
            stream.data(Http2Peer.END_STREAM, "recorded\n");
          }
        });
    answers("no-length", "some text\n", OK);
    answersHeadOnly("head-only", OK);
    answersHeadOnly("status-204", ":status", "204");
    answersHeadOnly("status-304", ":status", "304", "content-length", "7");
    answersHeadOnly("redirect", ":status", "302", "location", "/record?next");
    answersHeadOnly("redirect-307", ":status", "307", "location", "/record?next");
    answers(
        "last-modified", "x", ":status", "200", "last-modified", "Sun, 06 Nov 1994 08:49:37 GMT");
  }

  private void inPieces() {
    scripts.put(
        "hints",
        (request, stream) -> {
          stream.headers(0, ":status", "103", "link", "</a.css>");
          stream.headers(0, ":status", "100");
          scripts.get("record").play(request, stream);
        });
    scripts.put(
        "trailers",
        (request, stream) -> {
          stream.headers(0, OK);
          stream.data(0, "with a tail\n");
          stream.headers(Http2Peer.END_STREAM, "x-sum", "7");
        });
    scripts.put(
        "pieces",
        (request, stream) -> {
          byte[] block = Http2Peer.block(":status", "200", "x-a", "b");
          stream.frame(Http2Peer.HEADERS, 0, 1, Arrays.copyOf(block, 5));
          stream.frame(
              Http2Peer.CONTINUATION,
              Http2Peer.END_HEADERS,
              1,
              Arrays.copyOfRange(block, 5, block.length));
          stream.data(0, "");
          stream.data(0, "piece ");
          stream.data(Http2Peer.END_STREAM, "by piece\n");
        });
    scripts.put(
        "ping",
        (request, stream) -> {
          stream.numbers(Http2Peer.PING, 0, 1, 2);
          stream.frame(0xee, 0, 0, new byte[] {1, 2, 3});
          scripts.get("record").play(request, stream);
        });
  }

  private void brokenOff() {
    scripts.put("silent", (request, stream) -> stream.keepSilent());
    scripts.put("close", (request, stream) -> stream.out().close());
    scripts.put(
        "goaway", (request, stream) -> stream.numbers(Http2Peer.GOAWAY, 0, 0, REFUSED_STREAM));
    scripts.put(
        "goaway-graceful",
        (request, stream) -> {
          stream.numbers(Http2Peer.GOAWAY, 0, 1, 0);
          scripts.get("record").play(request, stream);
        });
    reset("reset", CANCEL);
    reset("reset-refused", REFUSED_STREAM);
    reset("reset-http1", HTTP_1_1_REQUIRED);
  }

  private void cutBodies() {
    scripts.put(
        "reset-in-body",
        (request, stream) -> {
          stream.headers(0, ":status", "200", "content-length", "100");
          stream.data(0, "only this");
          stream.numbers(Http2Peer.RST_STREAM, 1, CANCEL);
        });
    scripts.put(
        "reset-none-after-answer",
        (request, stream) -> {
          scripts.get("record").play(request, stream);
          stream.numbers(Http2Peer.RST_STREAM, 1, 0);
        });
    scripts.put(
        "stalled-body",
        (request, stream) -> {
          stream.headers(0, ":status", "200", "content-length", "100");
          stream.data(0, "only this");
          stream.keepSilent();
        });
    scripts.put(
        "closed-in-body",
        (request, stream) -> {
          stream.headers(0, ":status", "200", "content-length", "100");
          stream.data(0, "only this");
          stream.out().close();
        });
    answers("short-length", "only this", ":status", "200", "content-length", "100");
  }

  private void reset(String name, int code) {
    scripts.put(name, (request, stream) -> stream.numbers(Http2Peer.RST_STREAM, 1, code));
  }

  private void oddHeads() {
    answers("no-status", "x", "x-a", "b");
    answers("wordy-status", "x", ":status", "fine");
    answers("two-statuses", "x", ":status", "200", ":status", "404");
    answers("late-status", "x", "x-a", "b", ":status", "200");
    answers("upper-case", "x", ":status", "200", "X-Upper", "b");
    answers("connection", "x", ":status", "200", "connection", "keep-alive");
    answers("odd-value", "x", ":status", "200", "x-a", "b\nc");
    answers("unknown-pseudo", "x", ":status", "200", ":method", "GET");
    answers("two-lengths", "x", ":status", "200", "content-length", "1", "content-length", "2");
    answers("bad-length", "x", ":status", "200", "content-length", "one");
    answersHeadOnly("switching", ":status", "101");
    String big = "x".repeat(15_000);
    scripts.put(
        "big-header",
        (request, stream) -> {
          stream.headers(0, ":status", "200", "x-big", big);
          stream.data(Http2Peer.END_STREAM, "x");
        });
    scripts.put(
        "flood",
        (request, stream) -> {
          stream.frame(Http2Peer.HEADERS, 0, 1, Http2Peer.block(OK));
          byte[] block = Http2Peer.block("x-more", big);
          for (int i = 0; i < 20_000; i++) {
            stream.frame(Http2Peer.CONTINUATION, 0, 1, block);
          }
        });
    scripts.put(
        "empty-flood",
        (request, stream) -> {
          stream.frame(Http2Peer.HEADERS, 0, 1, Http2Peer.block(OK));
          endlessly(() -> stream.frame(Http2Peer.CONTINUATION, 0, 1, new byte[0]));
        });
  }

  private void oddFrames() {
    scripts.put("data-first", (request, stream) -> stream.data(Http2Peer.END_STREAM, "x"));
    scripts.put(
        "push",
        (request, stream) ->
            stream.frame(
                Http2Peer.PUSH_PROMISE, Http2Peer.END_HEADERS, 1, new byte[] {0, 0, 0, 2}));
    scripts.put(
        "other-stream", (request, stream) -> stream.frame(Http2Peer.DATA, 0, 7, new byte[] {'x'}));
    scripts.put("window-zero", (request, stream) -> stream.numbers(Http2Peer.WINDOW_UPDATE, 0, 0));
    scripts.put(
        "huge-frame",
        (request, stream) -> stream.frame(Http2Peer.DATA, 0, 1, new byte[(1 << 24) - 1]));
    scripts.put(
        "bad-hpack",
        (request, stream) ->
            stream.frame(
                Http2Peer.HEADERS, Http2Peer.END_HEADERS, 1, new byte[] {(byte) 0xff, 0x7f, 0x7f}));
    scripts.put("half-frame", (request, stream) -> halfFrame(stream));
    scripts.put(
        "interleaved",
        (request, stream) -> {
          stream.frame(Http2Peer.HEADERS, 0, 1, Http2Peer.block(OK));
          stream.data(Http2Peer.END_STREAM, "x");
        });
    scripts.put(
        "endless-body",
        (request, stream) -> {
          stream.headers(0, OK);
          endlessly(() -> stream.data(0, "x".repeat(1 << 14)));
        });
    scripts.put(
        "pings", (request, stream) -> endlessly(() -> stream.numbers(Http2Peer.PING, 0, 1, 2)));
  }

  private static void halfFrame(Http2Peer.Stream stream) throws IOException {
    stream.out().write(new byte[] {0, 0, 9, 1});
    stream.out().close();
  }

  /** Writing on. */
  private interface Step {
    void run() throws IOException;
  }

  /** Repeats a step until the other side has had enough, which it should have before the bound. */
  private static void endlessly(Step step) throws IOException {
    long end = System.nanoTime() + 10_000_000_000L;
    while (System.nanoTime() < end) {
      step.run();
    }
  }
}
