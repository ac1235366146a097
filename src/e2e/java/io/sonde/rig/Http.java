package io.sonde.rig;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** A plain HTTP/1.1 client that sends exactly what it is told, one connection per exchange. */
public final class Http {
  private static final int READ_TIMEOUT_MILLIS = 130_000;

  private Http() {}

  /** A response; header names are in lower case, repeated ones joined with a comma. */
  public record Answer(int status, Map<String, String> headers, byte[] rawBody) {
    /** The value of a header, or an empty text. */
    public String header(String name) {
      return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    /** The body as text, unpacked if it came gzipped. */
    public String body() throws IOException {
      if (!header("content-encoding").equals("gzip")) {
        return new String(rawBody, StandardCharsets.UTF_8);
      }
      try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(rawBody))) {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
    }
  }

  /** {@code GET}s a path of a server on 127.0.0.1; each header is {@code Name: value}. */
  public static Answer get(int port, String path, String... headers) throws IOException {
    return send(port, "GET", path, headers);
  }

  /** Sends a request without body. */
  public static Answer send(int port, String method, String path, String... headers)
      throws IOException {
    StringBuilder request = new StringBuilder();
    request.append(method).append(' ').append(path).append(" HTTP/1.1\r\n");
    request.append("Host: 127.0.0.1:").append(port).append("\r\nConnection: close\r\n");
    for (String header : headers) {
      request.append(header).append("\r\n");
    }
    byte[] bytes = request.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", port), 5_000);
      socket.setSoTimeout(READ_TIMEOUT_MILLIS);
      socket.setTcpNoDelay(true);
      socket.getOutputStream().write(bytes);
      return read(new BufferedInputStream(socket.getInputStream()), method.equals("HEAD"));
    }
  }

  /** Reads one response; without a length the body ends with the connection. */
  public static Answer read(InputStream in, boolean withoutBody) throws IOException {
    String statusLine = line(in);
    int status = Integer.parseInt(statusLine.split(" ", 3)[1]);
    Map<String, String> headers = new LinkedHashMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.merge(
          line.substring(0, colon).toLowerCase(Locale.ROOT),
          line.substring(colon + 1).trim(),
          (first, second) -> first + "," + second);
    }
    byte[] body;
    if (withoutBody || status == 204 || status == 304) {
      body = new byte[0];
    } else if (headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
      body = chunks(in);
    } else if (headers.containsKey("content-length")) {
      body = exactly(in, Integer.parseInt(headers.get("content-length")));
    } else {
      body = in.readAllBytes();
    }
    return new Answer(status, headers, body);
  }

  private static byte[] chunks(InputStream in) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      int size = Integer.parseInt(line(in).split(";")[0].trim(), 16);
      body.write(exactly(in, size));
      line(in);
      if (size == 0) {
        return body.toByteArray();
      }
    }
  }

  private static byte[] exactly(InputStream in, int size) throws IOException {
    byte[] bytes = in.readNBytes(size);
    if (bytes.length < size) {
      throw new EOFException("body of " + size + " bytes ended after " + bytes.length);
    }
    return bytes;
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("connection closed before the response was complete");
      }
      if (b != '\r') {
        line.write(b);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }
}
