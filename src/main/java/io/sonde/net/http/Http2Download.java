package io.sonde.net.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import java.util.List;

/** Counts the body of one response: against its declared length, and against what we granted. */
final class Http2Download {
  private static final int MANY_BYTES = Http2Frames.WINDOW_BYTES / 2;
  private static final long UNKNOWN = -1;

  private boolean answersHead;
  private long declared = UNKNOWN;
  private long received;
  private int ungranted;

  /** What is to come answers a HEAD request. */
  void expectAnswerToHead() {
    answersHead = true;
  }

  /** Whether what comes answers a HEAD request. */
  boolean answersHead() {
    return answersHead;
  }

  /** The head has come, and with it maybe the length. */
  void begins(HttpResponse response) {
    int code = response.status().code();
    List<String> lengths = response.headers().getAll(HttpHeaderNames.CONTENT_LENGTH);
    if (!answersHead && code != 204 && code != 304 && lengths.size() == 1) {
      declared = number(lengths.get(0));
    }
  }

  /** Takes what a frame used up of the window: more than its piece of the body, if it is padded. */
  void uses(int bytes) {
    ungranted += bytes;
  }

  /**
   * Counts bytes of the body.
   *
   * @throws Http2Violation if there should be none, or not so many
   */
  void counts(int bytes) {
    received += bytes;
    if (answersHead && received > 0) {
      throw new Http2Violation("a body in answer to HEAD");
    }
    if (declared != UNKNOWN && received > declared) {
      throw new Http2Violation("a body of more than the " + declared + " bytes that were declared");
    }
  }

  /**
   * The body is complete.
   *
   * @throws Http2Violation if it should not be
   */
  void ends() {
    if (declared != UNKNOWN && received < declared) {
      throw new Http2Violation(
          "a body of " + received + " bytes, while " + declared + " were declared");
    }
  }

  /** How much to grant now; 0 if it is not worth a frame yet. */
  int grant() {
    if (ungranted < MANY_BYTES) {
      return 0;
    }
    int bytes = ungranted;
    ungranted = 0;
    return bytes;
  }

  private static long number(String text) {
    long number = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9 || number > (Long.MAX_VALUE - digit) / 10) {
        return UNKNOWN;
      }
      number = number * 10 + digit;
    }
    return text.isEmpty() ? UNKNOWN : number;
  }
}
