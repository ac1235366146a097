package io.sonde.e2e;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/** Answers to a health check, good and bad, by the name of the service that is asked for. */
final class GrpcScripts {
  private static final String PATH = "/grpc.health.v1.Health/Check";

  /** The frame of a message, its field's tag, and the length of the service's name. */
  private static final int BYTES_BEFORE_NAME = 7;

  private static final String[] HEAD = {":status", "200", "content-type", "application/grpc"};
  private static final String SERVING = "0000000002 0801";
  private static final int CANCEL = 8;

  private final Map<String, Http2Peer.Script> scripts;

  private GrpcScripts(Map<String, Http2Peer.Script> scripts) {
    this.scripts = scripts;
  }

  /** The given scripts and these. */
  static Map<String, Http2Peer.Script> beside(Map<String, Http2Peer.Script> others) {
    GrpcScripts all = new GrpcScripts(new HashMap<>(others));
    all.messages();
    all.endings();
    all.heads();
    all.breaks();
    return all.scripts;
  }

  /** Whether a request is a health check. */
  static boolean isCheck(CharSequence path) {
    return PATH.contentEquals(path);
  }

  /** The name of the script that a request asks for. */
  static String name(Arrivals.Request request) {
    String[] parts = request.path().split("[?/]", 3);
    if (!isCheck(request.path())) {
      return parts[1];
    }
    String body = request.body();
    return "grpc-" + (body.length() > BYTES_BEFORE_NAME ? body.substring(BYTES_BEFORE_NAME) : "");
  }

  private void answers(String name, String messages, String... trailers) {
    answers(name, HEAD, messages, trailers);
  }

  private void answers(String name, String[] head, String messages, String... trailers) {
    scripts.put(
        "grpc-" + name,
        (request, stream) -> {
          stream.headers(0, head);
          stream.frame(Http2Peer.DATA, 0, 1, HexFormat.of().parseHex(messages.replace(" ", "")));
          stream.headers(Http2Peer.END_STREAM, trailers);
        });
  }

  private void answersHeadOnly(String name, String... fields) {
    scripts.put("grpc-" + name, (request, stream) -> stream.headers(Http2Peer.END_STREAM, fields));
  }

  private void messages() {
    String[] ok = {"grpc-status", "0"};
    answers("", SERVING, ok);
    answers("zero", "0000000000", ok);
    answers("zero-told", "0000000002 0800", ok);
    answers("not-serving", "0000000002 0802", ok);
    answers("service-unknown", "0000000002 0803", ok);
    answers("number-7", "0000000002 0807", ok);
    answers("number-negative", "000000000b 08ffffffffffffffffff01", ok);
    answers("other-fields", "0000000009 1203616263 18050801", ok);
    answers("last-counts", "0000000004 08020801", ok);
    answers("wrong-kind", "0000000003 0a0101", ok);
    answers("cut-field", "0000000001 08", ok);
    answers("group", "0000000002 0b01", ok);
    answers("no-message", "", ok);
    answers("two-messages", SERVING + SERVING, ok);
    answers("half-message", "0000000005 0801", ok);
    answers("half-prefix", "000000", ok);
    answers("marked-compressed", "0100000002 0801", ok);
    answers("big", "0000500000 1a" + "00".repeat(100), ok);
  }

  private void endings() {
    answers("no-status", SERVING, "x-other", "y");
    answers("status-text", SERVING, "grpc-status", "fine");
    answers("status-99", SERVING, "grpc-status", "99");
    answers("status-5", SERVING, "grpc-status", "5", "grpc-message", "no%20such");
    answersHeadOnly("head-only-5", append(HEAD, "grpc-status", "5", "grpc-message", "no such"));
    answersHeadOnly("head-only-0", append(HEAD, "grpc-status", "0"));
    answersHeadOnly("head-only", HEAD);
    scripts.put(
        "grpc-no-trailers",
        (request, stream) -> {
          stream.headers(0, HEAD);
          stream.frame(
              Http2Peer.DATA,
              Http2Peer.END_STREAM,
              1,
              HexFormat.of().parseHex(SERVING.replace(" ", "")));
        });
  }

  private void heads() {
    String[] ok = {"grpc-status", "0"};
    for (int status : new int[] {400, 401, 403, 404, 418, 429, 500, 502, 503, 504}) {
      String[] head = {":status", Integer.toString(status), "content-type", "text/html"};
      answersHeadOnly("http-" + status, head);
      String[] grpc = {":status", Integer.toString(status), "content-type", "application/grpc"};
      answers("http-grpc-" + status, grpc, SERVING, ok);
    }
    answers("html", new String[] {":status", "200", "content-type", "text/html"}, SERVING, ok);
    answers("no-type", new String[] {":status", "200"}, SERVING, ok);
    String[] proto = {":status", "200", "content-type", "application/grpc+proto"};
    answers("type-proto", proto, SERVING, ok);
    String[] semicolon = {":status", "200", "content-type", "application/grpc;a=b"};
    answers("type-semicolon", semicolon, SERVING, ok);
    String[] web = {":status", "200", "content-type", "application/grpc-web"};
    answers("type-web", web, SERVING, ok);
    String[] upper = {":status", "200", "content-type", "Application/GRPC"};
    answers("type-upper", upper, SERVING, ok);
    answers("encoding-gzip", append(HEAD, "grpc-encoding", "gzip"), SERVING, ok);
    answers("encoding-identity", append(HEAD, "grpc-encoding", "identity"), SERVING, ok);
  }

  private void breaks() {
    scripts.put("grpc-close", (request, stream) -> stream.out().close());
    scripts.put(
        "grpc-close-in-answer",
        (request, stream) -> {
          stream.headers(0, HEAD);
          stream.out().close();
        });
    reset("grpc-reset", CANCEL);
    reset("grpc-reset-unknown", 99);
    scripts.put("grpc-goaway", (request, stream) -> stream.numbers(Http2Peer.GOAWAY, 0, 1, CANCEL));
    scripts.put(
        "grpc-goaway-graceful",
        (request, stream) -> {
          stream.numbers(Http2Peer.GOAWAY, 0, 1, 0);
          scripts.get("grpc-").play(request, stream);
        });
    scripts.put(
        "grpc-ping",
        (request, stream) -> {
          stream.numbers(Http2Peer.PING, 0, 1, 2);
          scripts.get("grpc-").play(request, stream);
        });
    scripts.put(
        "grpc-reset-after-answer",
        (request, stream) -> {
          scripts.get("grpc-").play(request, stream);
          stream.numbers(Http2Peer.RST_STREAM, 1, 0);
        });
  }

  private void reset(String name, int code) {
    scripts.put(name, (request, stream) -> stream.numbers(Http2Peer.RST_STREAM, 1, code));
  }

  private static String[] append(String[] fields, String... more) {
    String[] all = Arrays.copyOf(fields, fields.length + more.length);
    System.arraycopy(more, 0, all, fields.length, more.length);
    return all;
  }
}
