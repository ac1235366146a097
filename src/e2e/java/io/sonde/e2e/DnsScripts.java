package io.sonde.e2e;

import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/** What {@link DnsPeer} says to a question, by its first label. */
final class DnsScripts {
  private static final int ANSWER = 0x8400;
  private static final int TRUNCATED = 0x0200;
  private static final int FORMERR = 1;
  private static final int MOST_OF_A_DATAGRAM = 512;

  /** Owner by reference to the question, type, class, TTL of 60 s, data with its length. */
  private static final String A = "c00c 0001 0001 0000003c 0004 c0000201";

  private static final String SOA_WITHOUT_NAMES =
      "c00c 0006 0001 0000003c 0016 00 00 00000007 00000001 00000002 00000003 00000004";
  private static final String BADVERS = "00 0029 1000 01000000 0000";
  private static final String OPTIONS =
      "00 0029 04d0 00008000 0020 000a 0008 0102030405060708 0003 0002 6162 0008 0004 00011800 ffee 0002 abcd";
  private static final String SIGNATURE =
      "00 00fa 00ff 00000000 0011 00 000000000000 0000 0000 0000 0000 0000";
  private static final String NSEC3 =
      "c00c 0032 0001 0000003c 001f 01 01 000a 02 aabb 14 000102030405060708090a0b0c0d0e0f10111213 0001 40";
  private static final String UNNAMED_CLASS = "c00c ff78 0007 0000003c 0002 abcd";
  private static final String LOOP = "c020 0001 0001 0000003c 0004 c0000201";
  private static final String CUT = "c00c 0001 0001 0000003c 0004 c000";

  private DnsScripts() {}

  /** Answers a datagram: {@code line} leads back, {@code stranger} too, from elsewhere. */
  static void playDatagrams(DnsPeer.Question question, DnsPeer.Line line, DnsPeer.Line stranger)
      throws IOException {
    byte[] good = answer(question, 0, 1, A);
    switch (question.word()) {
      case "silent" -> {}
      case "stranger" -> stranger.say(good);
      case "stranger-first" -> {
        stranger.say(answer(question, 0, 2, A, A));
        line.say(good);
      }
      case "wrong-id" -> line.say(renumbered(good));
      case "wrong-id-first" -> {
        line.say(renumbered(answer(question, 0, 2, A, A)));
        line.say(good);
      }
      case "wrong-and-malformed" -> {
        line.say(renumbered(answer(question, 0, 1, CUT)));
        line.say(good);
      }
      case "short-first" -> {
        line.say(new byte[5]);
        line.say(good);
      }
      case "twice" -> {
        line.say(good);
        line.say(answer(question, 0, 2, A, A));
      }
      case "full" -> line.say(padded(good, MOST_OF_A_DATAGRAM));
      case "overfull" -> line.say(padded(good, MOST_OF_A_DATAGRAM + 1));
      case "cut-by-size" -> line.say(answer(question, 0, 40, repeated(40)));
      default -> line.say(either(question));
    }
  }

  /** Answers on a connection. */
  static void playStream(DnsPeer.Question question, DnsPeer.Line line, Socket socket)
      throws IOException {
    byte[] good = answer(question, 0, 1, A);
    byte[] framed = DnsPeer.framed(good);
    switch (question.word()) {
      case "silent" -> {}
      case "wrong-id" -> line.say(renumbered(good));
      case "twice" -> {
        line.say(good);
        line.say(answer(question, 0, 2, A, A));
      }
      case "drip" -> {
        for (byte one : framed) {
          socket.getOutputStream().write(one);
        }
      }
      case "half" -> {
        socket.getOutputStream().write(framed, 0, framed.length / 2);
        socket.shutdownOutput();
      }
      case "closes" -> socket.shutdownOutput();
      case "resets" -> {
        socket.setSoLinger(true, 0);
        socket.close();
      }
      case "nothing-long" -> line.say(new byte[0]);
      case "many" -> line.say(answer(question, 0, 2_000, repeated(2_000)));
      default -> line.say(either(question));
    }
  }

  /** What is said the same way over both. */
  private static byte[] either(DnsPeer.Question question) {
    byte[] good = answer(question, 0, 1, A);
    return switch (question.word()) {
      case "short" -> Arrays.copyOf(good, 5);
      case "header-only" -> Arrays.copyOf(answer(question, 0, 0), 12);
      case "question-only" -> answer(question, 0, 0);
      case "no-question" -> withoutQuestion(question);
      case "garbage" -> answer(question, 0, 1, CUT);
      case "loop" -> answer(question, 0, 1, LOOP);
      case "no-answer-bit" -> {
        good[2] &= 0x7f;
        yield good;
      }
      case "other-question" -> {
        good[14] ^= 0x20;
        yield good;
      }
      case "truncated" -> answer(question, TRUNCATED, 0);
      case "truncated-with-answer" -> answer(question, TRUNCATED, 1, A);
      case "trailing" -> answer(question, 0, 1, A, "deadbeef");
      case "fewer" -> answer(question, 0, 5, A);
      case "formerr" -> answer(question, FORMERR, 0);
      case "rcode-12" -> answer(question, 12, 0);
      case "badvers" -> additional(question, BADVERS);
      case "options" -> additional(question, OPTIONS);
      case "signed" -> additional(question, SIGNATURE);
      case "nsec3" -> answer(question, 0, 1, NSEC3);
      case "unnamed-class" -> answer(question, 0, 1, UNNAMED_CLASS);
      case "serials" ->
          answer(
              question, 0, 2, SOA_WITHOUT_NAMES.replace("00000007", "00000008"), SOA_WITHOUT_NAMES);
      default -> good;
    };
  }

  /** An answer that repeats the question, with records in its answer section. */
  private static byte[] answer(DnsPeer.Question question, int flags, int count, String... records) {
    return message(question, flags, 1, count, 0, records);
  }

  private static byte[] additional(DnsPeer.Question question, String last) {
    return message(question, 0, 1, 1, 1, A, last);
  }

  private static byte[] withoutQuestion(DnsPeer.Question question) {
    ByteBuffer whole = ByteBuffer.wrap(message(question, 0, 0, 1, 0));
    byte[] item = bytes(A.replace("c00c", "00"));
    return ByteBuffer.allocate(12 + item.length).put(whole.array(), 0, 12).put(item).array();
  }

  private static byte[] message(
      DnsPeer.Question question,
      int flags,
      int questions,
      int answers,
      int additionals,
      String... records) {
    byte[] asked = question.asked();
    byte[] items = bytes(String.join("", records));
    return ByteBuffer.allocate(12 + asked.length + items.length)
        .putShort((short) question.id())
        .putShort((short) (ANSWER | flags))
        .putShort((short) questions)
        .putShort((short) answers)
        .putShort((short) 0)
        .putShort((short) additionals)
        .put(asked)
        .put(items)
        .array();
  }

  private static String[] repeated(int times) {
    String[] records = new String[times];
    Arrays.fill(records, A);
    return records;
  }

  private static byte[] renumbered(byte[] message) {
    byte[] other = message.clone();
    other[1] ^= 1;
    return other;
  }

  private static byte[] padded(byte[] message, int size) {
    return Arrays.copyOf(message, size);
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }
}
