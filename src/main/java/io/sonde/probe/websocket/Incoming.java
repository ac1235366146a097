package io.sonde.probe.websocket;

/** What a server may say on a connection that was upgraded. */
sealed interface Incoming {
  /** A whole message. */
  final class Message implements Incoming {
    private final boolean text;
    private final byte[] payload;

    Message(boolean text, byte[] payload) {
      this.text = text;
      this.payload = payload;
    }

    /** Whether it claims to be UTF-8. */
    boolean isText() {
      return text;
    }

    /** What it holds; not to be changed. */
    byte[] payload() {
      return payload;
    }
  }

  /** A question whether this side is still there, to be answered with the same payload. */
  final class Ping implements Incoming {
    private final byte[] payload;

    Ping(byte[] payload) {
      this.payload = payload;
    }

    /** What to answer with; not to be changed. */
    byte[] payload() {
      return payload;
    }
  }

  /** An answer to a question, or none to any. */
  record Pong() implements Incoming {}

  /**
   * The beginning of the end.
   *
   * @param code why, {@link #NO_CODE} if the server does not say
   * @param reason for people; may be empty
   */
  record Close(int code, String reason) implements Incoming {
    static final int NO_CODE = 1005;
  }
}
