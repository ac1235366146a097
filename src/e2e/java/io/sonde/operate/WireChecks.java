package io.sonde.operate;

import io.sonde.rig.Exporter;
import io.sonde.rig.Http;
import io.sonde.rig.Tally;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What no client of good will sends: each is refused or dropped, and hurts nobody else. */
final class WireChecks {
  private static final int PATIENCE_MILLIS = 8_000;
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([0-9]{3})");

  private final Tally tally;
  private final Ground ground;

  WireChecks(Tally tally, Ground ground) {
    this.tally = tally;
    this.ground = ground;
  }

  void run() throws IOException, InterruptedException {
    String[] flags = Everything.with();
    try (Exporter sonde = ground.sonde().start(ground.folder(), ground.modules(), flags)) {
      for (Map.Entry<String, byte[]> request : refused().entrySet()) {
        tally.claim(
            "wire: " + request.getKey() + " is refused once, or dropped",
            () -> {
              String answer = send(sonde.port(), request.getValue());
              Matcher status = STATUS.matcher(answer);
              if (status.find()) {
                Tally.isTrue(
                    status.group(1).startsWith("4") || status.group(1).equals("505"), answer);
                Tally.isTrue(!status.find(), "answered twice: " + answer);
              }
              Tally.same(200, Http.get(sonde.port(), "/-/healthy").status());
            });
      }
      for (Map.Entry<String, byte[]> request : harmless().entrySet()) {
        tally.claim(
            "wire: " + request.getKey() + " is answered, and nothing foreign comes through",
            () -> {
              String answer = send(sonde.port(), request.getValue());
              Tally.isTrue(STATUS.matcher(answer).find(), answer);
              Tally.isTrue(!answer.contains("\u001b") && !answer.contains("\nInjected"), answer);
              Tally.isTrue(!answer.contains("<script>"), answer);
            });
      }
      logs(sonde);
    }
    new ListenerChecks(tally, ground).run();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String get(String path) {
    return "GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
  }

  private static Map<String, byte[]> refused() {
    String smuggled = "GET /-/ready HTTP/1.1\r\nHost: a\r\n\r\n";
    String post = "POST /-/healthy HTTP/1.1\r\nHost: a\r\n";
    Map<String, byte[]> requests = new LinkedHashMap<>();
    requests.put("noise", bytes("\u0000\u0001\u0002\u00ff\u00fe\r\n\r\n"));
    requests.put(
        "a TLS hello",
        bytes("\u0016\u0003\u0001\u0000\u0005\u0001\u0000\u0000\u0001\u0003\r\n\r\n"));
    requests.put("a request line of 1 MiB", bytes(get("/" + "a".repeat(1 << 20))));
    requests.put(
        "a header of 1 MiB",
        bytes("GET / HTTP/1.1\r\nHost: a\r\nX: " + "a".repeat(1 << 20) + "\r\n\r\n"));
    requests.put(
        "100,000 headers",
        bytes("GET / HTTP/1.1\r\nHost: a\r\n" + "X: y\r\n".repeat(100_000) + "\r\n"));
    requests.put(
        "a length and chunks",
        bytes(
            post + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + smuggled));
    requests.put(
        "two lengths", bytes(post + "Content-Length: 0\r\nContent-Length: 40\r\n\r\n" + smuggled));
    requests.put("a negative length", bytes(post + "Content-Length: -1\r\n\r\n" + smuggled));
    requests.put("a length in hex", bytes(post + "Content-Length: 0x10\r\n\r\n" + smuggled));
    requests.put(
        "an odd transfer coding",
        bytes(post + "Transfer-Encoding: chunked, identity\r\n\r\n" + smuggled));
    requests.put(
        "a coding with a tab before it",
        bytes(post + "Transfer-Encoding:\u000bchunked\r\n\r\n0\r\n\r\n" + smuggled));
    requests.put(
        "a bad size of a chunk",
        bytes(post + "Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n" + smuggled));
    requests.put("a space before a colon", bytes(post + "Content-Length : 40\r\n\r\n" + smuggled));
    requests.put(
        "a zero byte in a header", bytes("GET / HTTP/1.1\r\nHost: a\r\nX: a\u0000b\r\n\r\n"));
    requests.put(
        "a bare return in a header", bytes("GET / HTTP/1.1\r\nHost: a\r\nX: a\rb\r\n\r\n"));
    requests.put("a request without a host", bytes("GET / HTTP/1.1\r\n\r\n"));
    requests.put("two hosts", bytes("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"));
    requests.put("HTTP/9.9", bytes("GET / HTTP/9.9\r\nHost: a\r\n\r\n"));
    requests.put(
        "a method of 100 KiB", bytes("G".repeat(100 << 10) + " / HTTP/1.1\r\nHost: a\r\n\r\n"));
    requests.put("CONNECT", bytes("CONNECT 127.0.0.1:22 HTTP/1.1\r\nHost: a\r\n\r\n"));
    requests.put("HTTP/2 without TLS", bytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"));
    return requests;
  }

  /** Texts that would do harm if they were shown as they came. */
  private static Map<String, byte[]> harmless() {
    Map<String, byte[]> requests = new LinkedHashMap<>();
    String escape = "%1b%5B31m%0d%0aInjected:%20yes";
    requests.put("a target with escapes", bytes(get("/probe?module=http&target=" + escape)));
    requests.put("a module with escapes", bytes(get("/probe?target=x&module=" + escape)));
    requests.put(
        "debug output of escapes", bytes(get("/probe?debug=true&module=http&target=" + escape)));
    requests.put("a target with a script", bytes(get("/probe?module=http&target=%3Cscript%3E")));
    requests.put("the page of recent probes", bytes(get("/")));
    requests.put("a path with dots", bytes(get("/logs/../../../../etc/passwd")));
    requests.put("a path with coded dots", bytes(get("/%2e%2e/%2e%2e/etc/passwd")));
    return requests;
  }

  /** Sends all, then reads until the server closes; an answer that keeps the connection is cut. */
  private static String send(int port, byte[] request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(1_000);
      try {
        socket.getOutputStream().write(request);
      } catch (IOException ignored) {
        // It was refused before its end.
      }
      InputStream in = socket.getInputStream();
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000L;
      try {
        for (int b = in.read(); b >= 0 && System.nanoTime() < end; b = in.read()) {
          answer.write(b);
        }
      } catch (SocketTimeoutException quiet) {
        return answer.toString(StandardCharsets.ISO_8859_1);
      } catch (IOException reset) {
        return answer.toString(StandardCharsets.ISO_8859_1);
      }
      return answer.toString(StandardCharsets.ISO_8859_1);
    }
  }

  private void logs(Exporter sonde) {
    tally.claim(
        "wire: no line of the log was begun by a stranger",
        () -> {
          for (String line : sonde.child().output().split("\n")) {
            Tally.isTrue(line.startsWith("time="), line);
            Tally.isTrue(line.indexOf('\u001b') < 0 && line.indexOf('\r') < 0, line);
          }
        });
  }
}
