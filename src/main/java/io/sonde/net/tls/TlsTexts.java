package io.sonde.net.tls;

import io.sonde.config.Secret;
import io.sonde.config.Source;
import io.sonde.config.TlsSpec;
import io.sonde.net.file.ModuleFiles;
import io.sonde.net.file.TrackedFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import org.jspecify.annotations.Nullable;

/**
 * The texts of a module's TLS settings, wherever they come from. Those of files are bytes, one
 * character each: what should be PEM may as well be PKCS#12.
 */
final class TlsTexts {
  private final Entry ca;
  private final Entry cert;
  private final Entry key;
  private final Entry keyPassword;

  TlsTexts(TlsSpec spec, ModuleFiles files) {
    ca = new Entry("ca", spec.ca(), files);
    cert = new Entry("cert", spec.cert(), files);
    key = new Entry("key", spec.key(), files);
    keyPassword = new Entry("key_password", spec.keyPassword(), files);
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
    return ca.file != null || cert.file != null || key.file != null || keyPassword.file != null;
  }

  /**
   * Reads them all; blocks if there are files.
   *
   * @throws GeneralSecurityException if one cannot be read; the message names it
   */
  Snapshot read() throws GeneralSecurityException {
    Text caText = ca.read();
    Text certText = cert.read();
    Text keyText = key.read();
    Text password = keyPassword.read();
    return new Snapshot(
        caText.text,
        certText.text,
        keyText.text,
        keyPassword.file == null ? Secret.of(password.text) : asPassword(password.text),
        new Versions(caText.version, certText.version, keyText.version, password.version));
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

  private record Text(String text, long version) {}

  private static final class Entry {
    private final String setting;
    private final Source source;
    private final @Nullable TrackedFile file;

    Entry(String setting, Source source, ModuleFiles files) {
      this.setting = setting;
      this.source = source;
      this.file = source.file().isEmpty() ? null : files.at(source.file());
    }

    String name() {
      return file == null ? setting : setting + "_file " + source.file();
    }

    Text read() throws GeneralSecurityException {
      if (!source.ref().isEmpty()) {
        throw new GeneralSecurityException(
            setting + "_ref needs a secret manager, and there is none");
      }
      if (file == null) {
        return new Text(source.inline().reveal(), 0);
      }
      try {
        TrackedFile.Contents contents = file.read();
        return new Text(
            new String(contents.bytes(), StandardCharsets.ISO_8859_1), contents.version());
      } catch (IOException e) {
        // The message begins with the path.
        throw new GeneralSecurityException(setting + "_file " + e.getMessage());
      }
    }
  }
}
