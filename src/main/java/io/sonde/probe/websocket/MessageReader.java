package io.sonde.probe.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.sonde.config.Regex;
import io.sonde.net.http.BodyMemory;
import io.sonde.net.http.KeptBody;
import io.sonde.probe.Phase;
import io.sonde.probe.ProbeFailure;
import io.sonde.probe.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Makes messages of the bytes that a server sends (RFC 6455, section 5), however they are cut into
 * fragments, frames and reads. Strict where the standard is: what a browser would refuse is no
 * success here. A message takes the memory that its bytes need when they come, not what a length
 * promises.
 */
final class MessageReader {
  /** Nobody needs more of them to see whether somebody is there. */
  static final int MAX_CONTROL_FRAMES = 1_000;

  private static final int MAX_CONTROL_BYTES = 125;
  private static final int HIGHEST_CODE = 4999;
  private static final int TWO_BYTE_LENGTH = 126;
  private static final int EIGHT_BYTE_LENGTH = 127;

  private static final String BAD_CLOSE = "a close frame without a valid code";

  private static final int FINAL = 0x80;
  private static final int RESERVED = 0x70;
  private static final int OPCODE = 0x0f;
  private static final int MASKED = 0x80;
  private static final int LENGTH = 0x7f;

  private static final int CONTINUATION = 0;
  private static final int TEXT = 1;
  private static final int BINARY = 2;
  private static final int FIRST_CONTROL = 8;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;

  private final BodyMemory.Share memory;
  private final int limit;
  private boolean inFrame;
  private boolean last;
  private int opcode;
  private long missing;
  private @Nullable KeptBody message;
  private boolean text;
  private long messageBytes;
  private int controlFrames;

  /**
   * A reader for one connection.
   *
   * @param memory where messages are kept; whoever takes one gives back what it takes
   * @param limit what a message may have at most, in bytes
   */
  MessageReader(BodyMemory.Share memory, int limit) {
    this.memory = memory;
    this.limit = limit;
  }

  /**
   * The next thing that the server says; null if there is none in {@code in} yet, which then may
   * have unread bytes that belong before those to come.
   */
  @Nullable Incoming next(ByteBuf in) throws FrameException {
    while (inFrame || readHeader(in)) {
      if (opcode >= FIRST_CONTROL) {
        return in.readableBytes() < missing ? null : control(in);
      }
      KeptBody body = message();
      int count = (int) Math.min(missing, in.readableBytes());
      if (!body.add(in, count)) {
        throw FrameException.tooBig(body.noRoom());
      }
      in.skipBytes(count);
      missing -= count;
      if (missing > 0) {
        return null;
      }
      inFrame = false;
      if (last) {
        return whole(body);
      }
    }
    return null;
  }

  private Incoming whole(KeptBody body) throws FrameException {
    if (!body.trim()) {
      throw FrameException.tooBig(body.noRoom());
    }
    message = null;
    messageBytes = 0;
    return new Incoming.Message(text, body.hand());
  }

  private boolean readHeader(ByteBuf in) throws FrameException {
    if (in.readableBytes() < 2) {
      return false;
    }
    int first = in.getUnsignedByte(in.readerIndex());
    int second = in.getUnsignedByte(in.readerIndex() + 1);
    check(first, second);
    int shortLength = second & LENGTH;
    int lengthBytes = shortLength == TWO_BYTE_LENGTH ? 2 : shortLength == EIGHT_BYTE_LENGTH ? 8 : 0;
    if (in.readableBytes() < 2 + lengthBytes) {
      return false;
    }
    in.skipBytes(2);
    inFrame = true;
    last = (first & FINAL) != 0;
    opcode = first & OPCODE;
    missing =
        switch (lengthBytes) {
          case 2 -> atLeast(in.readUnsignedShort(), TWO_BYTE_LENGTH);
          case 8 -> atLeast(in.readLong(), 1 << Short.SIZE);
          default -> shortLength;
        };
    if (opcode < FIRST_CONTROL) {
      begin(missing);
    } else if (++controlFrames > MAX_CONTROL_FRAMES) {
      throw FrameException.protocol("more than " + MAX_CONTROL_FRAMES + " control frames");
    }
    return true;
  }

  private void check(int first, int second) throws FrameException {
    int code = first & OPCODE;
    if ((first & RESERVED) != 0) {
      throw FrameException.protocol(
          "a frame with reserved bits, as of a compression that was not agreed upon");
    }
    if ((second & MASKED) != 0) {
      throw FrameException.protocol("a masked frame, which only clients send");
    }
    if (code > PONG || (code > BINARY && code < FIRST_CONTROL)) {
      throw FrameException.protocol("a frame of unknown kind " + code);
    }
    if (code >= FIRST_CONTROL) {
      if ((first & FINAL) == 0) {
        throw FrameException.protocol("a control frame in fragments");
      }
      if ((second & LENGTH) > MAX_CONTROL_BYTES) {
        throw FrameException.protocol("a control frame of more than 125 bytes");
      }
      if (code == CLOSE && (second & LENGTH) == 1) {
        throw FrameException.protocol(BAD_CLOSE);
      }
    } else if ((code == CONTINUATION) != (message != null)) {
      throw FrameException.protocol(
          code == CONTINUATION
              ? "the continuation of a message that was not begun"
              : "a new message in the middle of another one");
    }
  }

  private static long atLeast(long length, long smallest) throws FrameException {
    if (length < smallest) {
      throw FrameException.protocol("a length that is not in its shortest form");
    }
    return length;
  }

  private void begin(long length) throws FrameException {
    if (length > limit - messageBytes) {
      throw FrameException.tooBig(
          new ProbeFailure(
              Phase.CHECK, Reason.BODY_LIMIT, "the message is larger than " + limit + " bytes"));
    }
    messageBytes += length;
    if (message == null) {
      text = opcode == TEXT;
      message = new KeptBody(memory, last ? length : -1);
    }
  }

  private KeptBody message() {
    KeptBody body = message;
    if (body == null) {
      throw new IllegalStateException("expected a message under way");
    }
    return body;
  }

  private Incoming control(ByteBuf in) throws FrameException {
    inFrame = false;
    byte[] payload = ByteBufUtil.getBytes(in, in.readerIndex(), (int) missing);
    in.skipBytes(payload.length);
    return switch (opcode) {
      case PING -> new Incoming.Ping(payload);
      case CLOSE -> close(payload);
      default -> new Incoming.Pong();
    };
  }

  private static Incoming close(byte[] payload) throws FrameException {
    if (payload.length == 0) {
      return new Incoming.Close(Incoming.Close.NO_CODE, "");
    }
    int code = (payload[0] & 0xff) << Byte.SIZE | (payload[1] & 0xff);
    if (code > HIGHEST_CODE || !WebSocketCloseStatus.isValidStatusCode(code)) {
      throw FrameException.protocol(BAD_CLOSE);
    }
    byte[] reason = Arrays.copyOfRange(payload, 2, payload.length);
    if (!Regex.isUtf8(reason)) {
      throw FrameException.protocol("a close frame whose reason is not UTF-8");
    }
    return new Incoming.Close(code, new String(reason, StandardCharsets.UTF_8));
  }
}
