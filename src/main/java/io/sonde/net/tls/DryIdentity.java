package io.sonde.net.tls;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A server of 127.0.0.1 and its authority, for dry probes. The private key of both is the number 1:
 * everybody knows it, and nobody but a dry probe trusts what it signs. To make a key and to sign
 * two certificates takes a cold JVM 100 ms, so they are written down; they are good from 2020 to
 * 2049, and a dry probe does not care what day it is.
 */
final class DryIdentity {
  /** The number 1 on the curve P-256, as PKCS#8 (RFC 5208). */
  private static final String KEY =
      "3041020100301306072a8648ce3d020106082a8648ce3d030107042730250201010420"
          + "0".repeat(63)
          + "1";

  private static final String AUTHORITY =
      "MIIBNTCB3KADAgECAgEBMAoGCCqGSM49BAMCMBoxGDAWBgNVBAMMD3NvbmRlIGF1dGhvcml0eTAeFw0y"
          + "MDAxMDEwMDAwMDBaFw00OTEyMzEyMzU5NTlaMBoxGDAWBgNVBAMMD3NvbmRlIGF1dGhvcml0eTBZMBMG"
          + "ByqGSM49AgEGCCqGSM49AwEHA0IABGsX0fLhLEJH+Lzm5WOkQPJ3A32BLeszoPShOUXYmMKWT+NC4v4a"
          + "f5uO5+tKfA+eFivOM1drMV7Oy7ZAaDe/UfWjEzARMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwID"
          + "SAAwRQIgWH9qYdSvXc3twtd4QYJDcMaQvnTd7SmtjydBNoB35BICIQCQFLUJpQmD/wWW8I1ETqdmy9R9"
          + "wIeD/nPsz2pYONFgWA==";

  private static final String SERVER =
      "MIIBKzCB0qADAgECAgECMAoGCCqGSM49BAMCMBoxGDAWBgNVBAMMD3NvbmRlIGF1dGhvcml0eTAeFw0y"
          + "MDAxMDEwMDAwMDBaFw00OTEyMzEyMzU5NTlaMBAxDjAMBgNVBAMMBXNvbmRlMFkwEwYHKoZIzj0CAQYI"
          + "KoZIzj0DAQcDQgAEaxfR8uEsQkf4vOblY6RA8ncDfYEt6zOg9KE5RdiYwpZP40Li/hp/m47n60p8D54W"
          + "K84zV2sxXs7LtkBoN79R9aMTMBEwDwYDVR0RBAgwBocEfwAAATAKBggqhkjOPQQDAgNIADBFAiALLACx"
          + "rD0ad4IqMcrVgSG4JQlYX4x3CzUlb3/NU9EVRwIhAJnPFSOyZOZGK7TlN+9N0Zl8YgotlTbGE2qUD6qW"
          + "n1yB";

  private DryIdentity() {}

  static PrivateKey key() throws GeneralSecurityException {
    return KeyFactory.getInstance("EC")
        .generatePrivate(new PKCS8EncodedKeySpec(HexFormat.of().parseHex(KEY)));
  }

  /** The certificate of the server. */
  static X509Certificate server() throws GeneralSecurityException {
    return Pem.certificate(Base64.getDecoder().decode(SERVER));
  }

  /** The certificate of the authority. */
  static String authorityPem() {
    return "-----BEGIN CERTIFICATE-----\n" + AUTHORITY + "\n-----END CERTIFICATE-----\n";
  }
}
