package io.sonde.net.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.util.NetUtil;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DnsQuestionTest {
  private static final DnsQuestion QUESTION = new DnsQuestion("a.bc.", RecordType.A, 0x1234);

  /** Header, question, and for the answers a pointer to the name instead of the name. */
  private static final String ANSWER =
      "1234 8180 0001 0002 0000 0001 0161 026263 00 0001 0001"
          + "c00c 0001 0001 0000003c 0004 c0000201"
          + "c00c 0001 0001 0000003c 0004 c0000202"
          + "00 0029 04d0 00000000 0000";

  @Test
  void aQueryIsAsTheStandardSays() {
    ByteBuf query = QUESTION.encode(ByteBufAllocator.DEFAULT);
    try {
      assertEquals(
          compact(
              "1234 0100 0001 0000 0000 0001 0161 026263 00 0001 0001"
                  + "00 0029 04d0 00000000 0000"),
          ByteBufUtil.hexDump(query));
    } finally {
      query.release();
    }
  }

  @Test
  void theRootHasAnEmptyName() {
    ByteBuf query = new DnsQuestion(".", RecordType.AAAA, 1).encode(ByteBufAllocator.DEFAULT);
    try {
      assertEquals("00001c0001", ByteBufUtil.hexDump(query, 12, 5));
    } finally {
      query.release();
    }
  }

  @Test
  void addressesAreReadInOrder() {
    DnsAnswer answer = QUESTION.read(message(ANSWER));
    assertEquals(
        List.of("192.0.2.1", "192.0.2.2"),
        answer.addresses().stream().map(NetUtil::toAddressString).toList());
    assertFalse(answer.useless());
  }

  @Test
  void onlyTheAnswerToTheQuestionIsOne() {
    assertTrue(QUESTION.isAnsweredBy(message(ANSWER)));
    assertTrue(QUESTION.isAnsweredBy(message(ANSWER.replace("0161", "0141"))), "case");
    assertFalse(QUESTION.isAnsweredBy(message(ANSWER.replace("1234", "1235"))), "number");
    assertFalse(QUESTION.isAnsweredBy(message(ANSWER.replace("8180", "0180"))), "a query");
    assertFalse(QUESTION.isAnsweredBy(message(ANSWER.replace("0161", "0162"))), "name");
    assertFalse(QUESTION.isAnsweredBy(message(ANSWER.replace("8180 0001", "8180 0002"))), "two");
    assertFalse(QUESTION.isAnsweredBy(message("1234 8180")), "too short");
    assertFalse(
        new DnsQuestion("a.bc.", RecordType.AAAA, 0x1234).isAnsweredBy(message(ANSWER)), "type");
  }

  @Test
  void extendedResponseCodesCount() {
    String badVersion = ANSWER.replace("0029 04d0 00000000", "0029 04d0 01000000");
    DnsAnswer answer = QUESTION.read(message(badVersion));
    assertEquals(16, answer.rcode());
    assertTrue(answer.useless());
    assertEquals("response code 16", answer.complaint());
  }

  @Test
  void anAnswerThatEndsTooEarlyIsCorrupt() {
    byte[] whole = ByteBufUtil.decodeHexDump(compact(ANSWER));
    for (int length = 22; length < whole.length; length++) {
      ByteBuf cut = Unpooled.wrappedBuffer(whole, 0, length);
      assertThrows(CorruptedFrameException.class, () -> QUESTION.read(cut));
    }
  }

  @Test
  void foreignBytesAreReadOrRefused() {
    byte[] whole = ByteBufUtil.decodeHexDump(compact(ANSWER));
    Random random = new Random(20_261_121);
    for (int round = 0; round < 20_000; round++) {
      byte[] mutant = whole.clone();
      for (int change = 0; change < 3; change++) {
        mutant[random.nextInt(mutant.length)] = (byte) random.nextInt();
      }
      readOrRefuse(Unpooled.wrappedBuffer(mutant, 0, random.nextInt(mutant.length) + 1));
    }
  }

  private static void readOrRefuse(ByteBuf message) {
    if (QUESTION.isAnsweredBy(message)) {
      DnsQuestion.isTruncated(message);
      try {
        QUESTION.read(message);
      } catch (CorruptedFrameException ignored) {
        // Refused.
      }
    }
  }

  private static ByteBuf message(String hex) {
    return Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(compact(hex)));
  }

  private static String compact(String hex) {
    return hex.replace(" ", "");
  }
}
