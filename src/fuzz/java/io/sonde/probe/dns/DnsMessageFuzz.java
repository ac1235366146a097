package io.sonde.probe.dns;

/** Whatever a name server sends is a message whose records have a text, or malformed. */
public final class DnsMessageFuzz {
  private DnsMessageFuzz() {}

  /** The bytes are the message. */
  public static void fuzzerTestOneInput(byte[] data) {
    try {
      DnsMessage message = DnsMessage.parse(data);
      long serial = message.serial();
      if (serial < 0 || serial > 0xffff_ffffL) {
        throw new AssertionError("expected a serial of 32 bits, got " + serial);
      }
      DnsMessage.rcodeText(message.rcode());
    } catch (MalformedMessageException ignored) {
      // As good an end as any.
    }
  }
}
