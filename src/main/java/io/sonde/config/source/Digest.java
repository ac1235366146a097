package io.sonde.config.source;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** SHA-256 of what the configuration consists of. */
final class Digest {
  private Digest() {}

  static byte[] of(byte[] text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /**
   * The digest of texts by their digests. Names do not count, so that two daemons with the same
   * modules in other folders have the same; of one text it is its own.
   */
  static byte[] ofAll(List<String> digests) {
    return digests.size() == 1
        ? HexFormat.of().parseHex(digests.get(0))
        : of(HexFormat.of().parseHex(String.join("", digests)));
  }
}
