package io.sonde.net.tls;

import java.security.GeneralSecurityException;

/** The value of one setting is not what it should be. */
final class TlsSettingException extends GeneralSecurityException {
  private static final long serialVersionUID = 1L;

  private final String setting;

  /** The message says where the value comes from, and quotes nothing of it. */
  TlsSettingException(String setting, String message) {
    super(message);
    this.setting = setting;
  }

  /** The setting without the {@code _file} of its other form. */
  String setting() {
    return setting;
  }
}
