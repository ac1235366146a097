package io.sonde.net.dns;

/** The record types that hold addresses (RFC 1035 section 3.4.1, RFC 3596). */
enum RecordType {
  A(1, 4),
  AAAA(28, 16);

  private final int number;
  private final int addressBytes;

  RecordType(int number, int addressBytes) {
    this.number = number;
    this.addressBytes = addressBytes;
  }

  int number() {
    return number;
  }

  int addressBytes() {
    return addressBytes;
  }
}
