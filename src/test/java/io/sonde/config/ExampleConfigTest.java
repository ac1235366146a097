package io.sonde.config;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The modules that people have, as the reference ships them. */
class ExampleConfigTest {
  private static final String SHIPPED =
      """
      modules:
        http_2xx:
          prober: http
          http:
            preferred_ip_protocol: "ip4"
        http_post_2xx:
          prober: http
          http:
            method: POST
        tcp_connect:
          prober: tcp
        pop3s_banner:
          prober: tcp
          tcp:
            query_response:
            - expect: "^+OK"
            tls: true
            tls_config:
              insecure_skip_verify: false
        grpc:
          prober: grpc
          grpc:
            tls: true
            preferred_ip_protocol: "ip4"
        grpc_plain:
          prober: grpc
          grpc:
            tls: false
            service: "service1"
        ssh_banner:
          prober: tcp
          tcp:
            query_response:
            - expect: "^SSH-2.0-"
            - send: "SSH-2.0-blackbox-ssh-check"
        ssh_banner_extract:
          prober: tcp
          timeout: 5s
          tcp:
            query_response:
            - expect: "^SSH-2.0-([^ -]+)(?: (.*))?$"
              labels:
              - name: ssh_version
                value: "${1}"
              - name: ssh_comments
                value: "${2}"
        irc_banner:
          prober: tcp
          tcp:
            query_response:
            - send: "NICK prober"
            - send: "USER prober prober prober :prober"
            - expect: "PING :([^ ]+)"
              send: "PONG ${1}"
            - expect: "^:[^ ]+ 001"
        icmp:
          prober: icmp
        icmp_ttl5:
          prober: icmp
          timeout: 5s
          icmp:
            ttl: 5
        websocket:
          prober: websocket
        http_3xx:
          prober: http
          http:
            preferred_ip_protocol: "ip4"
            enable_http3: true
            enable_http2: false
            valid_http_versions: ["HTTP/3.0"]
        postgresql:
          prober: tcp
          tcp:
            query_response:
            - send: !!binary AAAACATSFi8=
            - expect_bytes: "S"
            - starttls: true
      """;

  private final Config config = ConfigFiles.load(SHIPPED);

  private ModuleConfig module(String name) {
    ModuleConfig module = config.modules().get(name);
    assertNotNull(module, name);
    return module;
  }

  @Test
  void everyModuleOfTheReferenceLoads() {
    assertEquals(14, config.modules().size());
    assertEquals(
        List.of("enable_http3 is experimental"),
        config.warnings().stream().map(Problem::message).toList());
  }

  @Test
  void modulesKeepTheOrderOfTheFile() {
    assertEquals("http_2xx", config.modules().keySet().iterator().next());
  }

  @Test
  void aBareModuleHasTheDefaultsOfItsProber() {
    assertEquals(TcpSpec.DEFAULT, module("tcp_connect").spec());
    assertEquals(IcmpSpec.DEFAULT, module("icmp").spec());
    assertEquals(WebsocketSpec.DEFAULT, module("websocket").spec());
    assertEquals(Duration.ZERO, module("icmp").timeout());
  }

  @Test
  void anHttpModulePrefersIp4() {
    assertFalse(module("http_2xx").http().ip().prefersIp6());
    assertTrue(module("http_post_2xx").http().ip().prefersIp6());
    assertEquals("POST", module("http_post_2xx").http().method());
  }

  @Test
  void aDialogueCarriesLabels() {
    ModuleConfig module = module("ssh_banner_extract");
    assertEquals(Duration.ofSeconds(5), module.timeout());
    assertEquals(
        List.of(
            new QueryResponse(
                Regex.compile("^SSH-2.0-([^ -]+)(?: (.*))?$"),
                Bytes.EMPTY,
                List.of(
                    new LabelTemplate("ssh_version", "${1}"),
                    new LabelTemplate("ssh_comments", "${2}")),
                Bytes.EMPTY,
                false)),
        module.tcp().queryResponse());
  }

  @Test
  void aBinaryPayloadIsDecoded() {
    List<QueryResponse> dialogue = module("postgresql").tcp().queryResponse();
    assertArrayEquals(
        new byte[] {0, 0, 0, 8, 4, (byte) 0xd2, 0x16, 0x2f}, dialogue.get(0).send().toByteArray());
    assertEquals(Bytes.of("S"), dialogue.get(1).expectBytes());
    assertTrue(dialogue.get(2).startTls());
  }

  @Test
  void aPlusAfterACaretRepeatsTheAnchor() {
    Regex expect = module("pop3s_banner").tcp().queryResponse().get(0).expect();
    assertNotNull(expect);
    assertFalse(expect.find("+OK ready"));
    assertTrue(expect.find("OK ready"));
  }

  @Test
  void theSameTextLoadsToAnEqualConfiguration() {
    assertEquals(config, ConfigFiles.load(SHIPPED));
  }
}
