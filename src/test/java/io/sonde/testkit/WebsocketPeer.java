package io.sonde.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Scripts of WebSocket servers (RFC 6455), byte for byte, for a {@link Peer} to follow. Knows
 * nothing of the code under test.
 */
public final class WebsocketPeer {
  /** Opcodes, with the mark of a final fragment. */
  public static final int TEXT = 0x81;

  public static final int BINARY = 0x82;
  public static final int CLOSE = 0x88;
  public static final int PING = 0x89;
  public static final int PONG = 0x8a;

  /** Takes the mark of a final fragment away. */
  public static final int MORE = 0x7f;

  private static final String SALT = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private WebsocketPeer() {}

  /**
   * A frame as a client sent it.
   *
   * @param first the byte that it begins with
   * @param payload unmasked; bytes as Latin-1
   */
  public record Frame(int first, String payload) {}

  /** Makes the next steps of {@code peer} the server's side of a handshake. */
  public static Peer accepts(Peer peer, String... headers) {
    return peer.readsUntil(HttpPeer.END_OF_HEAD)
        .does(
            conversation ->
                conversation.write(
                    agreement(conversation.received(), headers)
                        .getBytes(StandardCharsets.ISO_8859_1)));
  }

  /** Makes the next steps of {@code peer} a handshake and these bytes in one write. */
  public static Peer acceptsAndSays(Peer peer, byte[] frames) {
    return peer.readsUntil(HttpPeer.END_OF_HEAD)
        .does(
            conversation -> {
              ByteArrayOutputStream all = new ByteArrayOutputStream();
              all.writeBytes(
                  agreement(conversation.received()).getBytes(StandardCharsets.ISO_8859_1));
              all.writeBytes(frames);
              conversation.write(all.toByteArray());
            });
  }

  /** Makes the next step of {@code peer} reading one frame. */
  public static Peer readsFrame(Peer peer) {
    return peer.does(WebsocketPeer::readFrame);
  }

  /** What to answer to a handshake so that the client is content. */
  public static String agreement(String request, String... headers) {
    StringBuilder head = new StringBuilder("HTTP/1.1 101 Switching Protocols\r\n");
    head.append("Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ")
        .append(accept(request));
    for (String header : headers) {
      head.append("\r\n").append(header);
    }
    return head.append(HttpPeer.END_OF_HEAD).toString();
  }

  /** The value that fits the key of a handshake. */
  public static String accept(String request) {
    String name = "Sec-WebSocket-Key: ";
    int start = request.indexOf(name) + name.length();
    String key = request.substring(start, request.indexOf("\r\n", start));
    try {
      byte[] salted = (key + SALT).getBytes(StandardCharsets.US_ASCII);
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(salted));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  /** A text message in one frame. */
  public static byte[] text(String text) {
    return frame(TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  /** A close frame with a code and a reason. */
  public static byte[] close(int code, String reason) {
    return frame(CLOSE, join(new byte[] {(byte) (code >> 8), (byte) code}, utf8(reason)));
  }

  /** A frame without a mask, its length in the shortest form. */
  public static byte[] frame(int first, byte[] payload) {
    return join(header(first, payload.length), payload);
  }

  /** What stands before a payload. */
  public static byte[] header(int first, long length) {
    if (length < 126) {
      return new byte[] {(byte) first, (byte) length};
    }
    if (length < 1 << 16) {
      return new byte[] {(byte) first, 126, (byte) (length >> 8), (byte) length};
    }
    byte[] header = new byte[10];
    header[0] = (byte) first;
    header[1] = 127;
    for (int i = 0; i < 8; i++) {
      header[9 - i] = (byte) (length >> (8 * i));
    }
    return header;
  }

  /** Bytes one after the other. */
  public static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  /** UTF-8. */
  public static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The frames that a client sent behind its handshake. */
  public static List<Frame> framesOf(String received) {
    List<Frame> frames = new ArrayList<>();
    int at = received.indexOf(HttpPeer.END_OF_HEAD) + HttpPeer.END_OF_HEAD.length();
    while (at < received.length()) {
      int shortLength = received.charAt(at + 1) & 0x7f;
      int lengthBytes = shortLength == 126 ? 2 : shortLength == 127 ? 8 : 0;
      int length = lengthBytes == 0 ? shortLength : 0;
      for (int i = 0; i < lengthBytes; i++) {
        length = length << 8 | received.charAt(at + 2 + i);
      }
      int mask = at + 2 + lengthBytes;
      StringBuilder payload = new StringBuilder(length);
      for (int i = 0; i < length; i++) {
        payload.append((char) (received.charAt(mask + 4 + i) ^ received.charAt(mask + i % 4)));
      }
      frames.add(new Frame(received.charAt(at), payload.toString()));
      at = mask + 4 + length;
    }
    return frames;
  }

  private static void readFrame(Conversation conversation) throws IOException {
    int second = conversation.take(2)[1] & 0xff;
    if ((second & 0x80) == 0) {
      throw new IOException("expected a masked frame");
    }
    int length = second & 0x7f;
    if (length >= 126) {
      byte[] extended = conversation.take(length == 126 ? 2 : 8);
      length = 0;
      for (byte b : extended) {
        length = length << 8 | (b & 0xff);
      }
    }
    conversation.take(4 + length);
  }
}
