package io.sonde.e2e;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Bodies for CEL expressions to judge. */
final class JsonScripts {
  private JsonScripts() {}

  /** The scripts of a peer, and these. */
  static Map<String, Peer.Script> beside(Map<String, Peer.Script> scripts) {
    Map<String, Peer.Script> all = new HashMap<>(scripts);
    says(
        all,
        "json",
        "{\"status\":\"ok\",\"count\":3,\"ratio\":0.5,\"big\":12345678901234567890,\"on\":true,"
            + "\"none\":null,\"list\":[1,2,3],\"names\":[\"a\",\"b\"],"
            + "\"inner\":{\"a\":{\"b\":\"deep\"}},\"ü\":\"grün\",\"day\":\"2024-02-29T12:00:00Z\"}\n");
    says(all, "json-down", "{\"status\":\"down\",\"count\":0,\"list\":[]}");
    says(all, "json-list", "[{\"up\":true},{\"up\":false}]");
    says(all, "json-number", "42");
    says(all, "json-text", "\"ok\"");
    says(all, "json-null", "null");
    says(all, "json-empty", "");
    says(all, "json-two", "{\"status\":\"ok\"} {\"status\":\"ok\"}");
    says(all, "json-cut", "{\"status\":\"ok\"");
    says(all, "json-twice", "{\"status\":\"down\",\"status\":\"ok\"}");
    says(all, "json-blank", " \n{\"status\":\"ok\"}\t ");
    says(all, "json-bom", "\uFEFF{\"status\":\"ok\"}");
    says(all, "json-not-a-number", "{\"count\":NaN}");
    says(all, "json-huge-number", "{\"count\":1e999}");
    says(all, "json-deep", "[".repeat(20_000) + "]".repeat(20_000));
    says(all, "json-deeper", "[".repeat(5_000) + "]".repeat(5_000));
    all.put(
        "json-404",
        (request, line) ->
            line.say("HTTP/1.1 404 Not Found\r\nContent-Length: 15\r\n\r\n{\"status\":\"ok\"}"));
    return all;
  }

  private static void says(Map<String, Peer.Script> scripts, String name, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    scripts.put(
        name,
        (request, line) -> {
          line.say("HTTP/1.1 200 OK\r\nContent-Length: " + bytes.length + "\r\n\r\n");
          line.say(bytes);
        });
  }
}
