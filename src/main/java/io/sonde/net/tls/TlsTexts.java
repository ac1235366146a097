package io.sonde.net.tls;

import io.sonde.config.Secret;
import io.sonde.config.TlsSpec;
import io.sonde.net.file.ModuleFiles;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import org.jspecify.annotations.Nullable;

/** The texts of a module's TLS settings, wherever they come from. */
final class TlsTexts {
  private final TrackedText ca;
  private final TrackedText cert;
  private final TrackedText key;
  private final TrackedText keyPassword;

  TlsTexts(TlsSpec spec, ModuleFiles files) {
    ca = new TrackedText("ca", spec.ca(), files::at);
    cert = new TrackedText("cert", spec.cert(), files::at);
    key = new TrackedText("key", spec.key(), files::at);
    keyPassword = new TrackedText("key_password", spec.keyPassword(), files::at);
  }

  /**
   * What was read.
   *
   * @param keyPassword empty if the key should not be encrypted
   * @param versions of the files, to tell whether anything changed
   */
  record Snapshot(String ca, String cert, String key, Secret keyPassword, Versions versions) {}

  /** Versions of the files; 0 where there is none. */
  record Versions(long ca, long cert, long key, long password) {
    /** Whether nothing has changed since; a record's own comparison costs the first probe 10 ms. */
    boolean sameAs(@Nullable Versions before) {
      return before != null
          && ca == before.ca
          && cert == before.cert
          && key == before.key
          && password == before.password;
    }
  }

  /** Whether reading touches files. */
  boolean areInFiles() {
    return ca.isInFile() || cert.isInFile() || key.isInFile() || keyPassword.isInFile();
  }

  /**
   * Reads them all; blocks if there are files.
   *
   * @throws GeneralSecurityException if one cannot be read; the message names it
   */
  Snapshot read() throws GeneralSecurityException {
    TrackedText.Text caText = ca.read();
    TrackedText.Text certText = cert.read();
    TrackedText.Text keyText = key.read();
    TrackedText.Text password = keyPassword.read();
    return new Snapshot(
        caText.text(),
        certText.text(),
        keyText.text(),
        !keyPassword.isInFile() ? Secret.of(password.text()) : asPassword(password.text()),
        new Versions(caText.version(), certText.version(), keyText.version(), password.version()));
  }

  private static Secret asPassword(String contents) {
    byte[] bytes = contents.getBytes(StandardCharsets.ISO_8859_1);
    return Secret.of(new String(bytes, StandardCharsets.UTF_8).strip());
  }

  /** Where the anchors come from, for messages. */
  String caName() {
    return ca.name();
  }

  /** Where the client certificate and its key come from, for messages. */
  String identityName() {
    return cert.name() + ", " + key.name();
  }
}
