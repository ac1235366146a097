package io.sonde.net.tls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sonde.config.ModuleConfig;
import io.sonde.config.Source;
import io.sonde.config.TlsSpec;
import io.sonde.config.TlsVersion;
import io.sonde.net.file.BlockingWork;
import io.sonde.probe.Failure;
import io.sonde.probe.ProbeRequest;
import io.sonde.probe.ProbeResult;
import io.sonde.probe.ProbeRun;
import io.sonde.probe.Transport;
import io.sonde.testkit.RecordingLoop;
import io.sonde.testkit.TestCa;
import io.sonde.testkit.TlsServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * TLS 1.0 and 1.1, in a process of their own: the JDK decides once, at its first handshake, which
 * versions it will ever speak, and in this process any test may have been first.
 */
class OldVersionsTest {
  private static final String HOST = "host.example";

  @ParameterizedTest
  @EnumSource(TlsProvider.class)
  void oldVersionsAreSpokenOnlyWhenAskedFor(TlsProvider provider) throws Exception {
    assertEquals(List.of("TLS 1.0", "TLS 1.1", "alert protocol_version"), inOwnProcess(provider));
  }

  private static List<String> inOwnProcess(TlsProvider provider)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                OldVersionsTest.class.getName(),
                provider.name())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    process.waitFor();
    return output.lines().filter(line -> line.matches("TLS 1..|alert .*|.*Exception.*")).toList();
  }

  /** Handshakes with servers that speak one version each; prints what comes of each. */
  @SuppressWarnings("SystemOut") // That is how it answers.
  public static void main(String[] arguments) throws Exception {
    RecordingLoop loop = new RecordingLoop(Transport.choose());
    try (BlockingWork work = new BlockingWork()) {
      // As in the daemon, this comes before anything else of TLS.
      TlsMaterials materials =
          new TlsMaterials(TlsProvider.valueOf(arguments[0]), work, new SystemTrust(work));
      TestCa root = TestCa.root("Root");
      System.out.println(outcome(loop, materials, root, TlsVersion.TLS10, "TLSv1"));
      System.out.println(outcome(loop, materials, root, TlsVersion.TLS11, "TLSv1.1"));
      System.out.println(outcome(loop, materials, root, null, "TLSv1.1"));
    } finally {
      loop.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
    }
  }

  private static String outcome(
      RecordingLoop loop,
      TlsMaterials materials,
      TestCa root,
      @Nullable TlsVersion minimum,
      String spoken)
      throws Exception {
    TlsSpec spec =
        new TlsSpec(Source.inline(root.pem()), Source.NONE, Source.NONE, "", false, minimum, null);
    HandshakeProber prober =
        new HandshakeProber(Transport.choose(), materials.of(spec, List.of()), HOST);
    try (TlsServer server = server(root, spoken)) {
      ProbeRequest request =
          new ProbeRequest(
              ModuleConfig.empty("old"),
              String.valueOf(server.port()),
              null,
              Duration.ofSeconds(20));
      CompletableFuture<ProbeResult> result = new CompletableFuture<>();
      loop.execute(() -> ProbeRun.start(1, request, prober, loop, result::complete));
      Failure failure = result.get(30, TimeUnit.SECONDS).verdict().failure();
      return failure == null
          ? prober.session().version()
          : failure.message().replaceAll(".*(alert [a-z_]+).*", "$1");
    }
  }

  private static TlsServer server(TestCa root, String version) {
    return TlsServer.with(root.server(HOST))
        .versions(version)
        .ciphers("TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA")
        .start();
  }
}
