package io.sonde.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/** Scripts of HTTP/1.1 servers, byte for byte, for a {@link Peer} to follow. */
public final class HttpPeer {
  /** The end of a request without a body. */
  public static final String END_OF_HEAD = "\r\n\r\n";

  private HttpPeer() {}

  /** A peer that answers each request with this text and then closes. */
  public static Peer answering(String response) {
    return answering(response.getBytes(StandardCharsets.UTF_8));
  }

  /** A peer that answers each request with these bytes and then closes. */
  public static Peer answering(byte[] response) {
    return answers(Peer.listening(), response);
  }

  /** Makes the next step of {@code peer} an answer, after which it closes. */
  public static Peer answers(Peer peer, String response) {
    return answers(peer, response.getBytes(StandardCharsets.UTF_8));
  }

  /** Makes the next step of {@code peer} an answer, after which it closes. */
  public static Peer answers(Peer peer, byte[] response) {
    return peer.readsUntil(END_OF_HEAD).sends(response).closes();
  }

  /** A response with a body and its length. */
  public static String ok(String body, String... headers) {
    return response("200 OK", body, headers);
  }

  /** A response with a body and its length. */
  public static byte[] ok(byte[] body, String... headers) {
    byte[] head = head("200 OK", body.length, headers).getBytes(StandardCharsets.UTF_8);
    byte[] all = new byte[head.length + body.length];
    System.arraycopy(head, 0, all, 0, head.length);
    System.arraycopy(body, 0, all, head.length, body.length);
    return all;
  }

  /** A response with that status, a body and its length. */
  public static String response(String status, String body, String... headers) {
    return head(status, body.getBytes(StandardCharsets.UTF_8).length, headers) + body;
  }

  /** A redirect. */
  public static String redirect(int status, String location, String... headers) {
    String[] all = new String[headers.length + 1];
    all[0] = "Location: " + location;
    System.arraycopy(headers, 0, all, 1, headers.length);
    return response(status + " Elsewhere", "moved", all);
  }

  /** A body packed by gzip. */
  public static byte[] gzipped(byte[] body) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  private static String head(String status, int length, String... headers) {
    StringBuilder head = new StringBuilder("HTTP/1.1 ").append(status).append("\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    return head.append("Content-Length: ").append(length).append(END_OF_HEAD).toString();
  }
}
