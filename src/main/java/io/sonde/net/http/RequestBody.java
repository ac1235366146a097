package io.sonde.net.http;

/** What a request carries. */
public final class RequestBody {
  /** No body, and no word about one. */
  public static final RequestBody NONE = new RequestBody(new byte[0], Framing.NONE);

  /** No body, said so. */
  public static final RequestBody EMPTY = new RequestBody(new byte[0], Framing.LENGTH);

  /** How the length of a body is told. */
  enum Framing {
    /** There is no body. */
    NONE,
    /** In advance. */
    LENGTH,
    /** By its end: chunked over HTTP/1.1. */
    CHUNKED
  }

  private final byte[] bytes;
  private final Framing framing;

  private RequestBody(byte[] bytes, Framing framing) {
    this.bytes = bytes;
    this.framing = framing;
  }

  /** A body whose length is told in advance; the bytes are not to be changed. */
  public static RequestBody ofLength(byte[] bytes) {
    return new RequestBody(bytes, Framing.LENGTH);
  }

  /** A body whose length shows at its end; the bytes are not to be changed. */
  public static RequestBody chunked(byte[] bytes) {
    return new RequestBody(bytes, Framing.CHUNKED);
  }

  /** Whether there is not a single byte. */
  public boolean isEmpty() {
    return bytes.length == 0;
  }

  byte[] bytes() {
    return bytes;
  }

  Framing framing() {
    return framing;
  }

  /** Whether bytes follow the head, be it only the mark of their end. */
  boolean followsHead() {
    return framing == Framing.CHUNKED || bytes.length > 0;
  }
}
