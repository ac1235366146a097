package io.sonde.probe.http;

import static io.sonde.probe.Phase.SETUP;
import static io.sonde.probe.Reason.CONFIG;
import static io.sonde.probe.http.HttpSpecs.http;
import static io.sonde.testkit.HttpPeer.END_OF_HEAD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.sonde.probe.Phase;
import io.sonde.probe.Reason;
import io.sonde.testkit.HttpPeer;
import io.sonde.testkit.Outcome;
import io.sonde.testkit.Peer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Proxies whose URL or headers stand in files. */
class ProxyFilesTest extends HttpClaims {
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void setUp() {
    file = folder.resolve("proxy");
  }

  @Test
  void theProxyIsTheOneThatTheFileNamesAtTheTimeOfTheProbe() throws Exception {
    Peer proxy = rig.closing(HttpPeer.answering(HttpPeer.ok("hello")));
    Files.writeString(file, " http://u:p%40ss@" + proxy.address() + "\n");
    probing(http().proxyFile(file), "http://127.0.0.1:1/").passes();
    proxy.connection(0).awaitReceived(END_OF_HEAD);
    assertEquals("Basic dTpwQHNz", HttpProberTest.header(proxy.received(), "Proxy-Authorization"));
  }

  @Test
  void headersOfConnectCanComeFromFiles() throws Exception {
    Peer proxy =
        rig.closing(
            Peer.listening()
                .readsUntil(END_OF_HEAD)
                .sends("HTTP/1.1 403 No token-in-file\r\n\r\n")
                .closes());
    Files.writeString(file, "token-in-file\n");
    Outcome outcome =
        probing(
                http()
                    .proxy("http://" + proxy.address())
                    .connectHeader("X-Other", "inline")
                    .connectHeaderFile("X-Token", file),
                "https://127.0.0.1:1/")
            .failsIn(Phase.PROXY, Reason.PROXY);
    proxy.connection(0).awaitReceived(END_OF_HEAD);
    assertEquals("token-in-file", HttpProberTest.header(proxy.received(), "X-Token"));
    assertEquals("inline", HttpProberTest.header(proxy.received(), "X-Other"));
    assertFalse(outcome.result().toString().contains("token-in-file"));
  }

  @Test
  void anEmptyFileDoesNotMeanNoProxy() throws Exception {
    Files.writeString(file, "\n");
    probing(http().proxyFile(file), "http://127.0.0.1:1/").failsIn(SETUP, CONFIG).saying("empty");
  }

  @Test
  void whatIsNoUrlIsNotQuoted() throws Exception {
    Files.writeString(file, "http://hidden word:99999999");
    Outcome outcome =
        probing(http().proxyFile(file), "http://127.0.0.1:1/")
            .failsIn(SETUP, CONFIG)
            .saying("proxy_url");
    assertFalse(outcome.result().toString().contains("hidden"));
  }
}
