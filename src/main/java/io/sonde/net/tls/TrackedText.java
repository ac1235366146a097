package io.sonde.net.tls;

import io.sonde.config.Source;
import io.sonde.net.file.TrackedFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The text of one TLS setting, wherever it comes from. That of a file is bytes, one character each:
 * what should be PEM may as well be PKCS#12.
 */
final class TrackedText {
  private final String setting;
  private final Source source;
  private final @Nullable TrackedFile file;

  TrackedText(String setting, Source source, Function<String, TrackedFile> files) {
    this.setting = setting;
    this.source = source;
    this.file = source.file().isEmpty() ? null : files.apply(source.file());
  }

  /**
   * What was read.
   *
   * @param version of the file, which counts up with its changes; 0 where there is none
   */
  record Text(String text, long version) {}

  /** Whether reading touches a file. */
  boolean isInFile() {
    return file != null;
  }

  /** Where the text comes from, for messages. */
  String name() {
    return file == null ? setting : setting + "_file " + source.file();
  }

  /** The key of the configuration that the text comes from. */
  String key() {
    return file == null ? setting : setting + "_file";
  }

  /**
   * Reads it; blocks if it is in a file.
   *
   * @throws GeneralSecurityException if it cannot be read; the message names the file
   */
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
