package io.sonde.net.http;

/** Frames of HTTP/2, with what they carry. */
public final class Http2Fuzz {
  private Http2Fuzz() {}

  public static void fuzzerTestOneInput(byte[] data) {
    Conversation.with(run -> new Http2Connection(run, 0, true, HeaderMemory.ofHeap()), data);
  }
}
