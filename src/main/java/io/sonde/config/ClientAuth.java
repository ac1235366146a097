package io.sonde.config;

/** Whether clients show the daemon a certificate, and what becomes of it. */
public enum ClientAuth {
  /** None is asked for. */
  NONE("NoClientCert"),
  /** One is asked for; none, and any, will do. */
  REQUEST("RequestClientCert"),
  /** There must be one; any will do. */
  REQUIRE_ANY("RequireAnyClientCert"),
  /** There may be one; it must come from one of the authorities. */
  VERIFY_IF_GIVEN("VerifyClientCertIfGiven"),
  /** There must be one, from one of the authorities. */
  REQUIRE_AND_VERIFY("RequireAndVerifyClientCert");

  private final String word;

  ClientAuth(String word) {
    this.word = word;
  }

  /** The name in configurations. */
  public String word() {
    return word;
  }

  /** Whether clients without a certificate are turned away. */
  public boolean isRequired() {
    return this == REQUIRE_ANY || this == REQUIRE_AND_VERIFY;
  }

  /** Whether a certificate must lead to one of the authorities. */
  public boolean isVerified() {
    return this == VERIFY_IF_GIVEN || this == REQUIRE_AND_VERIFY;
  }
}
