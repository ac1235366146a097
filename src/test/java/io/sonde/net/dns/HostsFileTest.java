package io.sonde.net.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.util.NetUtil;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostsFileTest {
  private final HostsFile hosts =
      HostsFile.parse(
          """
          # 192.0.2.9 commented
          127.0.0.1\tlocalhost loopback # web
          ::1 localhost
            192.0.2.1   Web.Example  web.
          192.0.2.2 web
          127.1 loose
          192.0.2.3
          nonsense web
          """);

  @Test
  void namesHaveAllTheirAddressesInOrder() {
    assertEquals(List.of("127.0.0.1", "::1"), find("localhost"));
    assertEquals(List.of("192.0.2.1", "192.0.2.2"), find("web"));
  }

  @Test
  void neitherCaseNorAFinalDotMatters() {
    assertEquals(List.of("192.0.2.1"), find("wEB.example."));
    assertEquals(List.of("127.0.0.1"), find("LOOPBACK."));
  }

  @Test
  void commentsAndLinesWithoutAnAddressAreNotNames() {
    assertEquals(List.of(), find("commented"));
    assertEquals(List.of(), find("loose"));
    assertEquals(List.of(), find("nowhere"));
    assertEquals(List.of(), HostsFile.EMPTY.find("localhost"));
  }

  private List<String> find(String name) {
    return hosts.find(name).stream().map(NetUtil::toAddressString).toList();
  }
}
