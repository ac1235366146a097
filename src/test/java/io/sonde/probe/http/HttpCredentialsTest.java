package io.sonde.probe.http;

import static io.sonde.probe.Phase.RESOLVE;
import static io.sonde.probe.Phase.SETUP;
import static io.sonde.probe.Reason.CONFIG;
import static io.sonde.probe.http.HttpProberTest.header;
import static io.sonde.probe.http.HttpSpecs.http;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.config.ModuleConfig;
import io.sonde.config.Secret;
import io.sonde.config.Source;
import io.sonde.probe.Metric;
import io.sonde.probe.Verdict;
import io.sonde.testkit.Outcome;
import io.sonde.testkit.Peer;
import io.sonde.testkit.Probing;
import io.sonde.testkit.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who a request says that it comes from. */
class HttpCredentialsTest extends HttpClaims {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"joe, secret, Basic am9lOnNlY3JldA==", "'', '', Basic Og=="})
  void basicCredentialsAreSent(String user, String password, String value) {
    Peer peer = goodPeer();
    probing(http().basicAuth(Source.inline(user), Source.inline(password)), peer).passes();
    assertEquals(value, header(peer.received(), "Authorization"));
  }

  @ParameterizedTest
  @CsvSource({"Bearer, token, Bearer token", "Bearer, '', Bearer", "Token, x, Token x"})
  void otherCredentialsAreSent(String type, String credentials, String value) {
    Peer peer = goodPeer();
    probing(http().authorization(type, Source.inline(credentials)), peer).passes();
    assertEquals(value, header(peer.received(), "Authorization"));
  }

  @Test
  void credentialsInFilesAreReadAtEveryProbe() throws IOException {
    Path file = Files.writeString(folder.resolve("token"), "\n one \n");
    var spec = http().authorization("Bearer", Source.file(file.toString())).spec();
    for (String token : List.of("one", "two")) {
      Files.writeString(file, token + "\n");
      Peer peer = goodPeer();
      probing(spec, "http://" + peer.address()).passes();
      assertEquals("Bearer " + token, header(peer.received(), "Authorization"));
    }
  }

  @Test
  void searchesThatKeepEveryThreadBusyKeepNoFileFromBeingRead() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    List<Running> searches = Stream.generate(() -> searching(gate).starts()).limit(20).toList();
    rig.loop().awaitTrue(() -> network.searches().waiting() > 10);
    credentialsInFilesAreReadAtEveryProbe();
    gate.countDown();
    searches.forEach(search -> search.ends().passed());
  }

  private Probing searching(CountDownLatch gate) {
    return rig.probing(
        run ->
            network
                .searches()
                .call(
                    run,
                    cancelled -> {
                      gate.await();
                      return Verdict.PASSED;
                    }),
        ModuleConfig.empty("search"));
  }

  @Test
  void anUnreadableCredentialsFileFailsTheRequestAndNamesItself() {
    Peer peer = goodPeer();
    String missing = folder.resolve("nobody").toString();
    probing(http().basicAuth(Source.inline("joe"), Source.file(missing)), peer)
        .failsIn(SETUP, CONFIG)
        .saying(missing)
        .shows(0, Metric.PROBE_HTTP_DURATION_SECONDS, "connect");
    assertEquals(0, peer.connections());
  }

  @Test
  void aFileWithALineBreakCannotSplitTheRequest() throws IOException {
    Path file = Files.writeString(folder.resolve("token"), "a\r\nX-Injected: 1");
    Peer peer = goodPeer();
    Outcome outcome =
        probing(http().authorization("Bearer", Source.file(file.toString())), peer)
            .failsIn(SETUP, CONFIG);
    assertFalse(outcome.result().toString().contains("Injected"));
    assertEquals(0, peer.connections());
  }

  @Test
  void aReferenceToASecretCannotBeResolved() {
    Peer peer = goodPeer();
    HttpSpecs specs =
        http().basicAuth(Source.inline("joe"), new Source(Secret.NONE, "", "vault:password"));
    probing(specs, peer)
        .failsIn(SETUP, CONFIG)
        .saying("cannot use secret ref without manager")
        .inPhases(RESOLVE);
  }

  @Test
  void credentialsOfTheTargetComeBeforeConfiguredOnes() {
    Peer peer = goodPeer();
    HttpSpecs specs = http().authorization("Bearer", Source.inline("token"));
    Outcome outcome = probing(specs, "http://j%6Fe:secret@" + peer.address() + "/").passes();
    assertEquals("Basic am9lOnNlY3JldA==", header(peer.received(), "Authorization"));
    assertEquals(peer.address(), header(peer.received(), "Host"));
    assertTrue(
        outcome.result().trail().stream()
            .filter(entry -> entry.message().equals("Making HTTP request"))
            .noneMatch(entry -> entry.attributes().toString().contains("secret")));
  }

  @Test
  void anAuthorizationHeaderComesBeforeAllOthers() {
    Peer peer = goodPeer();
    HttpSpecs specs =
        http()
            .header("authorization", "Digest x")
            .basicAuth(Source.inline("joe"), Source.inline("secret"));
    probing(specs, "http://a:b@" + peer.address() + "/").passes();
    assertEquals("Digest x", header(peer.received(), "Authorization"));
  }
}
