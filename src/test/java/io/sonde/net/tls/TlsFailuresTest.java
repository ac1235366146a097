package io.sonde.net.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.NotSslRecordException;
import io.sonde.probe.Failure;
import io.sonde.probe.Phase;
import io.sonde.probe.ProbeFailure;
import io.sonde.probe.Reason;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlsFailuresTest {
  private static final String BORINGSSL = "error:%s:SSL routines:OPENSSL_internal:%s";

  @ParameterizedTest
  @CsvSource({
    "10000410, SSLV3_ALERT_HANDSHAKE_FAILURE, handshake_failure",
    "1000042e, TLSV1_ALERT_PROTOCOL_VERSION, protocol_version",
    "10000418, TLSV1_ALERT_UNKNOWN_CA, unknown_ca",
    "1000045c, TLSV1_CERTIFICATE_REQUIRED, certificate_required",
    "10000412, SSLV3_ALERT_BAD_CERTIFICATE, bad_certificate",
    "100004b0, SOMETHING_NEW, number 200",
  })
  void alertsOfBoringSslAreNamedByTheirNumber(String code, String text, String alert) {
    Failure failure = handshake(new SSLHandshakeException(BORINGSSL.formatted(code, text)));
    assertEquals(Reason.TLS, failure.reason());
    assertTrue(failure.message().startsWith("the peer refused the handshake: alert " + alert));
  }

  @ParameterizedTest
  @CsvSource({
    "Received fatal alert: handshake_failure, handshake_failure",
    "(certificate_required) Received fatal alert: certificate_required, certificate_required",
  })
  void alertsOfTheJdkAreNamed(String text, String alert) {
    Failure failure = handshake(new SSLHandshakeException(text));
    assertTrue(failure.message().startsWith("the peer refused the handshake: alert " + alert));
  }

  @Test
  void failuresOfOurSideAreToldInWords() {
    Failure failure =
        handshake(new SSLException(BORINGSSL.formatted("100000f0", "UNSUPPORTED_PROTOCOL")));
    assertEquals("TLS handshake failed: unsupported protocol", failure.message());
    assertEquals(
        "TLS handshake failed: something else",
        handshake(new SSLException("something else")).message());
  }

  @Test
  void plainAnswersAreAProtocolError() {
    assertEquals(
        Reason.PROTOCOL,
        handshake(new DecoderException(new NotSslRecordException("HTTP/1.1"))).reason());
  }

  @Test
  void everyEndOfTheConnectionIsAClose() {
    assertEquals(Reason.CLOSED, handshake(new ClosedChannelException()).reason());
    assertEquals(Reason.CLOSED, handshake(new IOException("Connection reset by peer")).reason());
    SSLHandshakeException closing =
        new SSLHandshakeException("Connection closed while SSL/TLS handshake was in progress");
    assertEquals(Reason.CLOSED, handshake(closing).reason());
    SSLException inbound = new SSLException("closing inbound before receiving peer's close_notify");
    assertEquals(Reason.CLOSED, handshake(inbound).reason());
  }

  @Test
  void whatNobodyExpectsIsOurBug() {
    assertEquals(Reason.INTERNAL, handshake(new IllegalStateException("bug")).reason());
  }

  @Test
  void anAlertOnAnEstablishedConnectionIsAFailureOfTls() {
    ProbeFailure failure =
        TlsFailures.established(
            Phase.PROCESSING,
            new DecoderException(
                new SSLException(BORINGSSL.formatted("1000045c", "TLSV1_CERTIFICATE_REQUIRED"))));
    assertNotNull(failure);
    assertEquals(Phase.PROCESSING, failure.failure().phase());
    assertEquals(
        "the peer ended TLS: alert certificate_required (the server requires a client certificate)",
        failure.failure().message());
  }

  @Test
  void otherFailuresOfAnEstablishedConnectionAreNotOurs() {
    assertNull(TlsFailures.established(Phase.TRANSFER, new IOException("reset")));
    assertNull(TlsFailures.established(Phase.TRANSFER, new ClosedChannelException()));
  }

  @Test
  void onlyAMarkedFailureIsWorthRepeating() {
    SSLException refused = new SSLHandshakeException("Received fatal alert: handshake_failure");
    ProbeFailure marked = TlsFailures.duringHandshake(Phase.TLS, refused, true);
    ProbeFailure plain = TlsFailures.duringHandshake(Phase.TLS, refused, false);
    assertTrue(TlsFailures.isWorthRepeating(marked));
    assertTrue(TlsFailures.isWorthRepeating(new CompletionException(marked)));
    assertFalse(TlsFailures.isWorthRepeating(plain));
    assertFalse(TlsFailures.isWorthRepeating(refused));
  }

  private static Failure handshake(Throwable cause) {
    return TlsFailures.duringHandshake(Phase.TLS, cause, false).failure();
  }
}
