package io.sonde.probe;

import static io.sonde.probe.Pivot.http;

import io.sonde.testkit.HttpPeer;
import io.sonde.testkit.Peer;
import java.util.List;

/** Pivots that somebody on the way is: a server that redirects, a proxy, a token endpoint. */
final class DetourPivots {
  private static final String THIS_MACHINE = "127.0.0.0/8 (this machine)";

  /** An address that the preset lets pass and that is nobody's (RFC 5737). */
  private static final String ELSEWHERE = "192.0.2.10";

  private DetourPivots() {}

  static List<Pivot> redirects() {
    return List.of(
        http(
            "a redirect to an address",
            "hop 1: preset remote denies 127.0.0.0/8",
            scene -> scene.redirecting(302, "http://127.0.0.1:<port>/")),
        http(
            "a redirect to a name",
            "(inner.example), hop 1",
            scene ->
                scene
                    .knowing("inner.example", "127.0.0.1")
                    .redirecting(301, "http://inner.example:<port>/")),
        http(
            "a redirect without scheme, `//host`",
            THIS_MACHINE,
            scene -> scene.redirecting(302, "//127.0.0.1:<port>/")),
        http(
            "a redirect to https",
            "https to 127.0.0.1",
            scene -> scene.redirecting(302, "https://127.0.0.1:<port>/")),
        http(
            "a redirect to a hexadecimal number that a name server knows",
            THIS_MACHINE,
            scene ->
                scene
                    .knowing("0x7f000001", "127.0.0.1")
                    .redirecting(302, "http://0x7f000001:<port>/")),
        http(
            "a redirect to an IPv4-mapped address",
            THIS_MACHINE,
            scene -> scene.redirecting(302, "http://[::ffff:127.0.0.1]:<port>/")),
        http(
            "a redirect with a harmless name where the user name stands",
            THIS_MACHINE,
            scene -> scene.redirecting(302, "http://example.com@127.0.0.1:<port>/")),
        http(
            "a redirect that keeps method and body",
            THIS_MACHINE,
            scene ->
                scene
                    .module("prober: http, http: {method: POST, body: secret}")
                    .redirecting(307, "http://127.0.0.1:<port>/")),
        http("a redirect to the same name at another port", THIS_MACHINE, DetourPivots::samePort),
        http("the second redirect", "hop 2: preset", DetourPivots::twice));
  }

  private static PivotScene samePort(PivotScene scene) {
    String place = "http://same.example:" + scene.port() + "/";
    Peer first = scene.stepping(HttpPeer.redirect(302, place));
    return scene
        .knowing("same.example", "127.0.0.1")
        .target("http://same.example:" + first.port() + "/");
  }

  private static PivotScene twice(PivotScene scene) {
    String place = "http://127.0.0.1:" + scene.port() + "/";
    Peer second = scene.stepping(HttpPeer.redirect(302, place));
    Peer first = scene.stepping(HttpPeer.redirect(302, "http://" + second.address() + "/"));
    return scene.target("http://" + first.address());
  }

  static List<Pivot> proxies() {
    return List.of(
        http(
            "`proxy_url` at 127.0.0.1",
            "proxy to 127.0.0.1",
            scene ->
                through(scene, "http://127.0.0.1:" + scene.port()).target("http://" + ELSEWHERE)),
        http(
            "a SOCKS proxy at 127.0.0.1",
            "proxy to 127.0.0.1",
            scene ->
                through(scene, "socks5://127.0.0.1:" + scene.port()).target("http://" + ELSEWHERE)),
        http(
            "a proxy whose name is that of 127.0.0.1",
            "(proxy.example)",
            scene ->
                through(
                        scene.knowing("proxy.example", "127.0.0.1"),
                        "http://proxy.example:" + scene.port())
                    .target("https://" + ELSEWHERE)),
        http(
            "an address behind a proxy that forwards requests",
            "http to 127.0.0.1",
            scene ->
                through(scene, "http://" + scene.proxy())
                    .target("http://127.0.0.1:" + scene.port())),
        http(
            "an address behind a proxy that forwards connections",
            "https to 127.0.0.1",
            scene ->
                through(scene, "http://" + scene.proxy())
                    .target("https://127.0.0.1:" + scene.port())),
        http(
            "an address behind a SOCKS proxy",
            "http to 127.0.0.1",
            scene ->
                through(scene, "socks5://" + scene.proxy())
                    .target("http://127.0.0.1:" + scene.port())),
        http(
            "a redirect to an address behind a proxy",
            THIS_MACHINE,
            scene ->
                through(scene, "http://" + scene.proxy())
                    .redirecting(302, "http://127.0.0.1:<port>/")),
        leftToProxy("`metadata.google.internal`, left to a proxy", "metadata.google.internal"),
        leftToProxy("`LOCALHOST.`, left to a proxy", "LOCALHOST."),
        leftToProxy("a decimal number, left to a proxy", "2130706433"),
        leftToProxy("octal, left to a proxy", "0177.0.0.1"),
        leftToProxy("hexadecimal, left to a proxy", "0x7F.1"),
        leftToProxy("a short form, left to a proxy", "127.1"),
        forwarded("a `hostname` that a proxy would forward to", "127.0.0.1"),
        forwarded("the same behind a user name", "a@127.0.0.1"),
        new Pivot(
            "an address behind a proxy",
            "websocket",
            Phase.CONNECT,
            "ws to 127.0.0.1",
            scene ->
                scene
                    .module(
                        "prober: websocket, websocket: {http_config: {proxy_url: http://"
                            + scene.proxy()
                            + "}}")
                    .target("ws://127.0.0.1:" + scene.port())));
  }

  private static PivotScene through(PivotScene scene, String proxy) {
    return scene.module("prober: http, http: {proxy_url: \"" + proxy + "\"}");
  }

  private static Pivot leftToProxy(String what, String name) {
    return http(
        what,
        "preset remote denies",
        scene ->
            scene
                .module(
                    "prober: http, http: {skip_resolve_phase_with_proxy: true, proxy_url: http://"
                        + scene.proxy()
                        + "}")
                .target("http://" + name + ":" + scene.port()));
  }

  private static Pivot forwarded(String what, String host) {
    return http(
            what,
            THIS_MACHINE,
            scene ->
                through(scene, "http://" + scene.proxy())
                    .target("http://" + ELSEWHERE + ":" + scene.port())
                    .hostname(host + ":" + scene.port()))
        .in(Phase.PROXY);
  }

  static List<Pivot> tokens() {
    return List.of(
        token("a token endpoint at 127.0.0.1", "http", "http", "")
            .saying("fetching a token: the target policy forbids http to 127.0.0.1"),
        token("a token endpoint, over https", "http", "https", "").saying("https to 127.0.0.1"),
        token("a token endpoint", "websocket", "http", "http_config"),
        http(
                "a token endpoint that redirects to 127.0.0.1",
                THIS_MACHINE,
                scene -> {
                  String place = "http://127.0.0.1:" + scene.port() + "/";
                  Peer endpoint = scene.stepping(HttpPeer.redirect(302, place));
                  return scene
                      .module(
                          "prober: http, http: {" + oauth2("http://" + endpoint.address()) + "}")
                      .target("http://" + ELSEWHERE);
                })
            .in(Phase.AUTH));
  }

  private static Pivot token(String what, String prober, String scheme, String block) {
    return new Pivot(
        what,
        prober,
        Phase.AUTH,
        THIS_MACHINE,
        scene -> {
          String tokens = oauth2(scheme + "://127.0.0.1:" + scene.port());
          String inner = block.isEmpty() ? tokens : block + ": {" + tokens + "}";
          return scene
              .module("prober: " + prober + ", " + prober + ": {" + inner + "}")
              .target((prober.equals("http") ? "http" : "ws") + "://" + ELSEWHERE);
        });
  }

  private static String oauth2(String url) {
    return "oauth2: {client_id: a, client_secret: b, token_url: \"" + url + "\"}";
  }
}
