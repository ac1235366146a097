package io.sonde.net.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sonde.config.ModuleConfig;
import io.sonde.probe.Metric;
import io.sonde.probe.Samples;
import io.sonde.probe.Verdict;
import io.sonde.testkit.Outcome;
import io.sonde.testkit.ProbeRig;
import io.sonde.testkit.TestCa;
import io.sonde.testkit.TestIdentity;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TlsMetricsTest {
  private static final TestCa ROOT = TestCa.root("Root");

  @RegisterExtension final ProbeRig rig = new ProbeRig();

  @Test
  void eachProberHasItsFamilies() throws Exception {
    TlsSession session = session("TLS 1.3", ROOT.server("a.example"));
    written(samples -> TlsMetrics.HTTP.established(samples, session))
        .has(
            Metric.PROBE_SSL_EARLIEST_CERT_EXPIRY,
            Metric.PROBE_SSL_LAST_CHAIN_EXPIRY_TIMESTAMP_SECONDS,
            Metric.PROBE_SSL_LAST_CHAIN_INFO,
            Metric.PROBE_TLS_VERSION_INFO,
            Metric.PROBE_TLS_CIPHER_INFO);
    written(samples -> TlsMetrics.TCP.established(samples, session))
        .has(
            Metric.PROBE_SSL_EARLIEST_CERT_EXPIRY,
            Metric.PROBE_SSL_LAST_CHAIN_EXPIRY_TIMESTAMP_SECONDS,
            Metric.PROBE_SSL_LAST_CHAIN_INFO,
            Metric.PROBE_TLS_VERSION_INFO)
        .hasNo(Metric.PROBE_TLS_CIPHER_INFO);
    written(samples -> TlsMetrics.GRPC.established(samples, session))
        .has(
            Metric.PROBE_SSL_EARLIEST_CERT_EXPIRY,
            Metric.PROBE_SSL_LAST_CHAIN_INFO,
            Metric.PROBE_TLS_VERSION_INFO)
        .hasNo(Metric.PROBE_SSL_LAST_CHAIN_EXPIRY_TIMESTAMP_SECONDS, Metric.PROBE_TLS_CIPHER_INFO);
  }

  @Test
  void aChainThatWasOnlyPresentedHasTwoFamilies() throws Exception {
    PeerChain chain = chain(ROOT.server("a.example"));
    for (TlsMetrics metrics : TlsMetrics.values()) {
      written(samples -> metrics.presented(samples, chain))
          .has(Metric.PROBE_SSL_EARLIEST_CERT_EXPIRY, Metric.PROBE_SSL_LAST_CHAIN_INFO)
          .hasNo(
              Metric.PROBE_SSL_LAST_CHAIN_EXPIRY_TIMESTAMP_SECONDS,
              Metric.PROBE_TLS_VERSION_INFO,
              Metric.PROBE_TLS_CIPHER_INFO);
    }
  }

  @Test
  void theLastHandshakeOfAProbeWins() throws Exception {
    TlsSession first = session("TLS 1.2", ROOT.server("a.example"));
    TlsSession last = session("TLS 1.3", ROOT.server("b.example"));
    Outcome outcome =
        written(
            samples -> {
              TlsMetrics.HTTP.established(samples, first);
              TlsMetrics.HTTP.established(samples, last);
            });
    assertEquals("TLS 1.3", outcome.label(Metric.PROBE_TLS_VERSION_INFO, "version"));
    assertEquals(
        "b.example", outcome.label(Metric.PROBE_SSL_LAST_CHAIN_INFO, "subjectalternative"));
    assertEquals("CN=b.example", outcome.label(Metric.PROBE_SSL_LAST_CHAIN_INFO, "subject"));
    assertEquals("CN=Root", outcome.label(Metric.PROBE_SSL_LAST_CHAIN_INFO, "issuer"));
  }

  private Outcome written(Consumer<Samples> writing) {
    return rig.probing(
            run -> {
              writing.accept(run.samples());
              return CompletableFuture.completedFuture(Verdict.PASSED);
            },
            ModuleConfig.empty("metrics"))
        .passes();
  }

  private static TlsSession session(String version, TestIdentity server) throws Exception {
    return new TlsSession(
        version, "TLS_AES_128_GCM_SHA256", null, chain(server), TlsSession.NOT_VERIFIED);
  }

  private static PeerChain chain(TestIdentity server) throws CertificateException {
    List<X509Certificate> chain = server.chain();
    return PeerChain.of(chain.toArray(new X509Certificate[0]));
  }
}
