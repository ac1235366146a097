package io.sonde.net.dns;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.CorruptedFrameException;

/** Answers of name servers. */
public final class DnsAnswerFuzz {
  private static final DnsQuestion QUESTION = new DnsQuestion("web.example.", RecordType.A, 0x3131);

  private DnsAnswerFuzz() {}

  public static void fuzzerTestOneInput(byte[] data) {
    ByteBuf message = Unpooled.wrappedBuffer(data);
    if (!QUESTION.isAnsweredBy(message)) {
      return;
    }
    DnsQuestion.isTruncated(message);
    try {
      DnsAnswer answer = QUESTION.read(message);
      if (answer.addresses().size() > data.length / 4) {
        throw new AssertionError("more addresses than bytes");
      }
    } catch (CorruptedFrameException ignored) {
      // Malformed, and said so.
    }
  }
}
