package io.sonde.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.HashMap;
import java.util.Map;

/**
 * How the scripted proxy answers CONNECT: by opening the tunnel, or as the request's header {@code
 * X-Script} says. Requests in absolute form it answers itself, by their path like any peer.
 */
final class ProxyScripts {
  private static final String ESTABLISHED = "HTTP/1.1 200 OK\r\n\r\n";

  private ProxyScripts() {}

  /** The scripts of a peer, and CONNECT. */
  static Map<String, Peer.Script> beside(Map<String, Peer.Script> scripts) {
    Map<String, Peer.Script> all = new HashMap<>(scripts);
    Map<String, Peer.Script> connects = connects();
    all.put(
        "CONNECT", (request, line) -> connects.get(request.header("X-Script")).play(request, line));
    all.put(
        "demand",
        (request, line) ->
            line.say(
                "HTTP/1.1 407 Proxy Authentication Required\r\n"
                    + "Proxy-Authenticate: Basic realm=\"proxy\"\r\nContent-Length: 0\r\n\r\n"));
    return all;
  }

  private static Map<String, Peer.Script> connects() {
    Map<String, Peer.Script> scripts = new HashMap<>();
    opens(scripts, "", ESTABLISHED);
    opens(scripts, "old", "HTTP/1.0 200 Connection established\r\n\r\n");
    opens(scripts, "wordy", "HTTP/1.1 200 OK\r\nVia: 1.1 proxy\r\nX-Note: a\r\n\r\n");
    opens(scripts, "length", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    opens(scripts, "created", "HTTP/1.1 201 Created\r\n\r\n");
    opens(scripts, "hints", "HTTP/1.1 103 Early Hints\r\n\r\n" + ESTABLISHED);
    opens(scripts, "continue", "HTTP/1.1 100 Continue\r\n\r\n" + ESTABLISHED);
    says(
        scripts,
        "demand",
        "HTTP/1.1 407 Proxy Authentication Required\r\n"
            + "Proxy-Authenticate: Basic realm=\"proxy\"\r\nContent-Length: 0\r\n\r\n");
    says(scripts, "forbid", "HTTP/1.1 403 Forbidden\r\nContent-Length: 3\r\n\r\nno\n");
    says(scripts, "redirect", "HTTP/1.1 302 Found\r\nLocation: /record\r\n\r\n");
    says(scripts, "fail", "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n");
    says(scripts, "garbage", "this is no proxy\r\n\r\n");
    says(scripts, "half", "HTTP/1.1 200 O");
    says(scripts, "gone", ESTABLISHED);
    scripts.put("silent", (request, line) -> line.keepSilent());
    scripts.put("reset", (request, line) -> line.reset());
    scripts.put("close", (request, line) -> line.socket().close());
    scripts.put(
        "hang",
        (request, line) -> {
          line.say(ESTABLISHED);
          line.keepSilent();
        });
    scripts.put(
        "flood",
        (request, line) -> Scripts.endlessly(line, "HTTP/1.1 200 OK\r\n", "X-More: more\r\n"));
    return scripts;
  }

  private static void says(Map<String, Peer.Script> scripts, String name, String answer) {
    scripts.put(name, (request, line) -> line.say(answer));
  }

  private static void opens(Map<String, Peer.Script> scripts, String name, String answer) {
    scripts.put(
        name,
        (request, line) -> {
          String[] target = request.line().split(" ")[1].split(":(?=\\d+$)");
          String host = target[0].endsWith(".invalid") ? "127.0.0.1" : target[0];
          try (Socket far = new Socket(host, Integer.parseInt(target[1]))) {
            line.say(answer);
            relay(line, far);
          }
        });
  }

  /** Passes everything on in both directions until the near side leaves. */
  static void relay(Peer.Line near, Socket far) throws IOException {
    Peer.daemon(
            () -> {
              try {
                pass(far.getInputStream(), near.out());
                near.socket().close();
              } catch (IOException ignored) {
                // One side has gone; the other follows.
              }
            })
        .start();
    pass(near.in(), far.getOutputStream());
  }

  private static void pass(InputStream in, OutputStream out) throws IOException {
    byte[] buffer = new byte[16_384];
    for (int size = in.read(buffer); size >= 0; size = in.read(buffer)) {
      out.write(buffer, 0, size);
      out.flush();
    }
  }
}
