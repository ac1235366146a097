package io.sonde.probe;

import static io.sonde.probe.Pivot.by;
import static io.sonde.probe.Pivot.http;
import static io.sonde.probe.Pivot.listed;
import static io.sonde.probe.Pivot.named;
import static io.sonde.probe.Pivot.spelled;

import java.util.List;

/** Pivots that the target itself is. */
final class DirectPivots {
  private static final String THIS_MACHINE = "127.0.0.0/8 (this machine)";
  private static final String UNSPECIFIED = "0.0.0.0/8 (this machine)";
  private static final String QUESTION =
      "prober: dns, dns: {query_name: example.com, transport_protocol: ";

  private DirectPivots() {}

  static List<Pivot> spellings() {
    return List.of(
        spelled("`127.0.0.1`", "127.0.0.1", THIS_MACHINE),
        spelled("another address of 127.0.0.0/8", "127.8.9.10", "127.8.9.10", THIS_MACHINE),
        spelled("the unspecified address `0.0.0.0`", "0.0.0.0", UNSPECIFIED),
        spelled("`[::1]`", "[::1]", "::1", "::1 (this machine)"),
        spelled("the unspecified address `[::]`", "[::]", "::1", ":: (this machine)"),
        spelled("IPv4-mapped, `[::ffff:127.0.0.1]`", "[::ffff:127.0.0.1]", THIS_MACHINE),
        spelled("IPv4-mapped in hexadecimal", "[::ffff:7f00:1]", THIS_MACHINE),
        spelled("IPv4-mapped, written out", "[0:0:0:0:0:FFFF:127.0.0.1]", THIS_MACHINE),
        spelled("a zone behind the address", "[::1%25lo]", "::1", "::1 (this machine)"),
        http(
            "no scheme in the target",
            THIS_MACHINE,
            scene -> scene.target("127.0.0.1:" + scene.port())),
        http(
            "the scheme in upper case",
            THIS_MACHINE,
            scene -> scene.target("HTTP://127.0.0.1:" + scene.port())),
        http(
            "credentials before the host",
            THIS_MACHINE,
            scene -> scene.target("http://user:word@127.0.0.1:" + scene.port())),
        http(
            "a harmless name where the user name stands",
            THIS_MACHINE,
            scene -> scene.target("http://example.com@127.0.0.1:" + scene.port())),
        http(
            "a harmless name behind `#@`",
            THIS_MACHINE,
            scene -> scene.target("http://127.0.0.1:" + scene.port() + "#@example.com/")));
  }

  static List<Pivot> names() {
    return List.of(
        named("a name whose address is 127.0.0.1", "pivot.example"),
        listed("a decimal number", "2130706433"),
        listed("octal, `0177.0.0.1`", "0177.0.0.1"),
        listed("hexadecimal, `0x7f.1`", "0x7f.1"),
        listed("a short form, `127.1`", "127.1"),
        named("a hexadecimal number, `0x7f000001`, that a name server knows", "0x7f000001"),
        http(
            "a name with a final dot",
            THIS_MACHINE,
            scene ->
                scene
                    .knowing("dot.example", "127.0.0.1")
                    .target("http://dot.example.:" + scene.port())),
        http(
            "a name in upper case",
            THIS_MACHINE,
            scene ->
                scene
                    .knowing("upper.example", "127.0.0.1")
                    .target("http://UPPER.example:" + scene.port())),
        http(
            "a name that is another one's alias",
            THIS_MACHINE,
            scene ->
                scene
                    .knowingAlias("www.example", "inner.example", "127.0.0.1")
                    .target("http://www.example:" + scene.port())),
        http(
            "a name whose address is ::1",
            "::1 (this machine)",
            scene ->
                scene
                    .victimAt("::1")
                    .knowing("six.example", "::1")
                    .target("http://six.example:" + scene.port())),
        http(
            "a name of several addresses",
            THIS_MACHINE,
            scene ->
                scene
                    .knowing("many.example", "127.0.0.1", "192.0.2.1")
                    .target("http://many.example:" + scene.port())));
  }

  static List<Pivot> probers() {
    return List.of(
        by(
            "http",
            "HTTP/3",
            scene ->
                scene
                    .module("prober: http, http: {enable_http3: true, enable_http2: false}")
                    .overUdp(address -> "https://" + address)),
        by("http", "https", scene -> scene.target("https://127.0.0.1:" + scene.port())),
        by("tcp", "an address", scene -> tcp(scene, "127.0.0.1", "")),
        by("tcp", "a name", scene -> tcp(scene.knowing("t.example", "127.0.0.1"), "t.example", "")),
        by("tcp", "TLS", scene -> tcp(scene, "127.0.0.1", ", tcp: {tls: true}")),
        by(
            "tcp",
            "a harmless `hostname`",
            scene -> tcp(scene, "127.0.0.1", "").hostname("a.example")),
        by("dns", "UDP", scene -> scene.module(QUESTION + "udp}").overUdp(address -> address)),
        by("dns", "TCP", scene -> dns(scene, "tcp}")),
        by("dns", "TLS", scene -> dns(scene, "tcp, dns_over_tls: true}")),
        by("grpc", "an address", scene -> grpc(scene, "")),
        by("grpc", "TLS", scene -> grpc(scene, ", grpc: {tls: true}")),
        by(
            "grpc",
            "credentials before the host",
            scene ->
                scene
                    .module("prober: grpc")
                    .target("http://example.com@127.0.0.1:" + scene.port())),
        by("websocket", "`ws://`", scene -> websocket(scene, "ws")),
        by("websocket", "`wss://`", scene -> websocket(scene, "wss")),
        by("icmp", "an address", scene -> scene.pinged("127.0.0.1")).in(Phase.SETUP),
        by(
                "icmp",
                "a name",
                scene -> scene.knowing("ping.example", "127.0.0.1").pinged("ping.example"))
            .in(Phase.SETUP),
        by("unix", "a path", scene -> unix(scene).behindDoor(path -> path))
            .saying("unix sockets (this machine)"),
        by("unix", "an abstract name", scene -> unix(scene).nowhere("@sonde-pivot"))
            .saying("unix sockets (this machine)"));
  }

  private static PivotScene tcp(PivotScene scene, String host, String more) {
    return scene.module("prober: tcp" + more).target(host + ":" + scene.port());
  }

  private static PivotScene dns(PivotScene scene, String more) {
    return scene.module(QUESTION + more).target("127.0.0.1:" + scene.port());
  }

  private static PivotScene grpc(PivotScene scene, String more) {
    return scene.module("prober: grpc" + more).target("127.0.0.1:" + scene.port());
  }

  private static PivotScene websocket(PivotScene scene, String scheme) {
    return scene.module("prober: websocket").target(scheme + "://127.0.0.1:" + scene.port());
  }

  private static PivotScene unix(PivotScene scene) {
    return scene.module("prober: unix");
  }
}
