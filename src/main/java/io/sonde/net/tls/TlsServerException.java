package io.sonde.net.tls;

import java.util.Map;

/** TLS settings of a server that cannot work as they and their files are now. */
public final class TlsServerException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Map<String, String> flaws;

  TlsServerException(Map<String, String> flaws) {
    super(String.join("; ", flaws.values()), null, false, false);
    this.flaws = Map.copyOf(flaws);
  }

  /** What is wrong, by the key of the setting; quotes nothing of keys and certificates. */
  public Map<String, String> flaws() {
    return flaws;
  }
}
