package io.sonde.net.tls;

import org.bouncycastle.asn1.x509.KeyPurposeId;

/** What a peer is, and so what its certificate must be meant for (RFC 5280, section 4.2.1.12). */
enum PeerRole {
  SERVER(KeyPurposeId.id_kp_serverAuth.getId(), "servers"),
  CLIENT(KeyPurposeId.id_kp_clientAuth.getId(), "clients");

  private final String purpose;
  private final String words;

  PeerRole(String purpose, String words) {
    this.purpose = purpose;
    this.words = words;
  }

  /** The identifier of the purpose. */
  String purpose() {
    return purpose;
  }

  String words() {
    return words;
  }
}
