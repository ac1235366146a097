package io.sonde.probe;

import java.time.Instant;
import java.util.List;

/**
 * The facts of one certificate that somebody may want to see, whether or not it was trusted.
 *
 * @param subject its holder, as text
 * @param issuer who signed it, as text
 * @param notBefore when it becomes valid
 * @param notAfter the last second in which it is valid
 * @param serialNumber lower-case hex, two digits per byte, without a leading zero byte; empty for 0
 * @param fingerprintSha256 lower-case hex of the SHA-256 of its encoding
 * @param dnsNames the host names that it is for, in its own order
 * @param addresses the addresses that it is for, as text
 */
public record PeerCertificate(
    String subject,
    String issuer,
    Instant notBefore,
    Instant notAfter,
    String serialNumber,
    String fingerprintSha256,
    List<String> dnsNames,
    List<String> addresses) {}
