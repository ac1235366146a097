package io.sonde.net.http;

/** Answers of HTTP/1. */
public final class Http1Fuzz {
  private Http1Fuzz() {}

  public static void fuzzerTestOneInput(byte[] data) {
    Conversation.with(run -> new Http1Connection(run, 0, HeaderMemory.ofHeap()), data);
  }
}
