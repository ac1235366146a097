package io.sonde.e2e;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/** The scripts of the peer, by the first part of the request's path. */
final class Scripts {
  private static final byte[] SQUEEZED =
      "a text that can be squeezed, squeezed, squeezed\n".getBytes(StandardCharsets.US_ASCII);

  /** {@code hello} as one uncompressed meta-block (RFC 7932). */
  private static final byte[] BROTLI_HELLO = {
    0x0b, 0x02, (byte) 0x80, 'h', 'e', 'l', 'l', 'o', 0x03
  };

  private static final int MEBIBYTE = 1 << 20;
  private static final long MOST_ENDLESS_NANOS = 10_000_000_000L;

  private final Map<String, Peer.Script> scripts = new HashMap<>();
  private final int port;

  private Scripts(int port) {
    this.port = port;
  }

  /** All scripts, for a peer on {@code port}. */
  static Map<String, Peer.Script> all(int port) {
    Scripts scripts = new Scripts(port);
    scripts.wellBehaved();
    scripts.lastModified();
    scripts.redirects();
    scripts.redirectsByStatus();
    scripts.compressed();
    scripts.brokenOff();
    scripts.oddHeads();
    scripts.oddFraming();
    return scripts.scripts;
  }

  private void says(String name, String answer) {
    scripts.put(name, (request, line) -> line.say(answer));
  }

  private void says(String name, byte[] body) {
    scripts.put(
        name,
        (request, line) -> {
          line.say("HTTP/1.1 200 OK\r\nContent-Length: " + body.length + "\r\n\r\n");
          line.say(body);
        });
  }

  private static String ok(String body, String... headers) {
    StringBuilder head = new StringBuilder("HTTP/1.1 200 OK\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    return head + "Content-Length: " + body.length() + "\r\n\r\n" + body;
  }

  private void wellBehaved() {
    scripts.put(
        "record",
        (request, line) ->
            line.say(
                request.line().startsWith("HEAD")
                    ? "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n"
                    : ok("recorded\n")));
    says("http10", "HTTP/1.0 200 OK\r\n\r\nold but well\n");
    says("until-close", "HTTP/1.1 200 OK\r\n\r\nread on until the end\n");
    says("length-204", "HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n");
    says("length-304", "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n");
    says(
        "chunked",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "6;note=x\r\nchunk \r\n3\r\nby \r\n6\r\nchunk\n\r\n0\r\n\r\n");
    says(
        "chunked-trailer",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n"
            + "3\r\nabc\r\n0\r\nX-Sum: 7\r\n\r\n");
    says(
        "informational",
        "HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n"
            + "HTTP/1.1 102 Processing\r\n\r\n"
            + ok("at last\n"));
    says("continue", ok("thank you\n"));
    says("invalid-utf8", new byte[] {'a', (byte) 0xff, 'b', '\n'});
  }

  private void lastModified() {
    says("last-modified-850", ok("x", "Last-Modified: Sunday, 06-Nov-94 08:49:37 GMT"));
    says("last-modified-asctime", ok("x", "Last-Modified: Sun Nov  6 08:49:37 1994"));
    says("last-modified-bad", ok("x", "Last-Modified: yesterday"));
    says("last-modified-offset", ok("x", "Last-Modified: Sun, 06 Nov 1994 08:49:37 +0100"));
  }

  private static String found(String location, String... headers) {
    StringBuilder head = new StringBuilder("HTTP/1.1 302 Found\r\nLocation: " + location + "\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    return head + "Content-Length: 0\r\n\r\n";
  }

  private void redirects() {
    String here = "http://127.0.0.1:" + port;
    says("redirect-unparsable", found("http://[::1"));
    says("redirect-no-location", "HTTP/1.1 302 Found\r\nContent-Length: 3\r\n\r\nabc");
    says("redirect-empty-location", found(""));
    says("redirect-relative", found("record?next"));
    says("redirect-query-only", found("?record"));
    scripts.put(
        "redirect-query-only",
        (request, line) ->
            line.say(request.path().contains("?") ? ok("recorded\n") : found("?again")));
    says("redirect-fragment", found("/record#part"));
    says("redirect-scheme-relative", found("//localhost:" + port + "/record"));
    says("redirect-same", found(here + "/record"));
    says("redirect-elsewhere", found("http://localhost:" + port + "/redirect-same"));
    says("redirect-then-silent", found("/silent"));
    says("redirect-with-body", found("/record").replace("Length: 0", "Length: 9") + "elsewhere");
    scripts.put(
        "redirect-with-gzip",
        (request, line) -> {
          byte[] body = gzip();
          line.say(found("/record").replace("Length: 0", "Length: " + body.length));
          line.say(body);
        });
    scripts.put(
        "redirect-cookies",
        (request, line) ->
            line.say(
                request.path().endsWith("?2")
                    ? found("/record", "Set-Cookie: a=; Max-Age=0; Path=/", "Set-Cookie: c=3")
                    : found(
                        "/redirect-cookies?2",
                        "Set-Cookie: a=1; Path=/",
                        "Set-Cookie: taste=better; Path=/; HttpOnly",
                        "Set-Cookie: narrow=1; Path=/elsewhere",
                        "Set-Cookie: sealed=1; Secure",
                        "Set-Cookie: wide=1; Domain=example.com",
                        "Set-Cookie: b=\"two words\"")));
    scripts.put(
        "countdown",
        (request, line) -> {
          int left = Integer.parseInt(request.path().substring("/countdown/".length()));
          line.say(left == 0 ? ok("landed\n") : found("/countdown/" + (left - 1)));
        });
  }

  private void redirectsByStatus() {
    for (int status : new int[] {301, 302, 303, 307, 308}) {
      says("redirect-" + status, found("/record").replace("302 Found", status + " Moved"));
    }
  }

  private void compressed() {
    byte[] gzip = gzip();
    says("gzip", gzip);
    says("gzip-members", joined(gzip, gzip));
    says("gzip-truncated", Arrays.copyOf(gzip, gzip.length - 12));
    says("gzip-trailing", joined(gzip, new byte[] {'m', 'o', 'r', 'e'}));
    byte[] badChecksum = gzip.clone();
    badChecksum[gzip.length - 5] ^= 0x55;
    says("gzip-bad-checksum", badChecksum);
    byte[] raw = deflate(true);
    says("deflate-raw", raw);
    says("deflate-zlib", deflate(false));
    says("deflate-truncated", Arrays.copyOf(raw, raw.length - 6));
    says("deflate-trailing", joined(raw, new byte[] {'m', 'o', 'r', 'e'}));
    says("brotli", BROTLI_HELLO);
    says("brotli-truncated", Arrays.copyOf(BROTLI_HELLO, 6));
    says("brotli-trailing", joined(BROTLI_HELLO, new byte[] {'m', 'o', 'r', 'e'}));
  }

  private void brokenOff() {
    scripts.put("silent", (request, line) -> line.keepSilent());
    scripts.put("reset", (request, line) -> line.reset());
    scripts.put("close", (request, line) -> line.socket().close());
    says("short-length", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this");
    says("half-head", "HTTP/1.1 200 OK\r\nContent-Le");
    says("cut-chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n20\r\nonly this");
    says("no-last-chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
    scripts.put(
        "reset-in-body",
        (request, line) -> {
          line.say("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this");
          line.reset();
        });
    scripts.put(
        "stalled-body",
        (request, line) -> {
          line.say("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this");
          line.keepSilent();
        });
    scripts.put(
        "endless-body",
        (request, line) -> endlessly(line, "HTTP/1.1 200 OK\r\n\r\n", "x".repeat(1 << 16)));
    scripts.put(
        "endless-header",
        (request, line) ->
            endlessly(line, "HTTP/1.1 200 OK\r\n", ("X-More: " + "x".repeat(8000) + "\r\n")));
    scripts.put(
        "dripping-head",
        (request, line) -> {
          for (int i = 0; i < 200; i++) {
            line.say(i == 0 ? "HTTP/1.1 200 OK\r\nX-Drip: " : "x");
            pause(10);
          }
        });
  }

  private void oddHeads() {
    says("garbage", "\u0016\u0003\u0001 this is not HTTP\r\n\r\n");
    says("big-header", ok("x", "X-Big: " + "x".repeat(MEBIBYTE)));
    says("huge-header", ok("x", "X-Huge: " + "x".repeat(11 * MEBIBYTE)));
    says("no-reason", "HTTP/1.1 200 \r\nContent-Length: 1\r\n\r\nx");
    says("bare-status", "HTTP/1.1 200\r\nContent-Length: 1\r\n\r\nx");
    says("two-digit-status", "HTTP/1.1 20 OK\r\nContent-Length: 1\r\n\r\nx");
    says("wordy-status", "HTTP/1.1 okay OK\r\nContent-Length: 1\r\n\r\nx");
    says("bare-line-feeds", "HTTP/1.1 200 OK\nContent-Length: 1\n\nx");
    says("no-colon", "HTTP/1.1 200 OK\r\nnonsense\r\nContent-Length: 1\r\n\r\nx");
    says("space-before-colon", "HTTP/1.1 200 OK\r\nX-A : b\r\nContent-Length: 1\r\n\r\nx");
    says("folded-header", "HTTP/1.1 200 OK\r\nX-A: b\r\n c\r\nContent-Length: 1\r\n\r\nx");
    says("version-0-9", "HTTP/0.9 OK\r\n\r\nx");
    says("switching", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n");
  }

  private void oddFraming() {
    says(
        "bad-chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n");
    says("two-lengths", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxy");
    says("same-length-twice", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\nx");
    says("bad-length", "HTTP/1.1 200 OK\r\nContent-Length: one\r\n\r\nx");
    says("negative-length", "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nx");
    says(
        "length-and-chunked",
        "HTTP/1.1 200 OK\r\nContent-Length: 99\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "3\r\nabc\r\n0\r\n\r\n");
    says("more-than-length", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nxyz");
  }

  /** Writes on until the other side has had enough, which it should have before the bound. */
  static void endlessly(Peer.Line line, String begin, String more) throws IOException {
    line.say(begin);
    long end = System.nanoTime() + MOST_ENDLESS_NANOS;
    while (System.nanoTime() < end) {
      line.say(more);
    }
  }

  static void pause(int millis) throws IOException {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static byte[] gzip() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(SQUEEZED);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] deflate(boolean raw) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, raw);
    try (DeflaterOutputStream out = new DeflaterOutputStream(bytes, deflater)) {
      out.write(SQUEEZED);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
