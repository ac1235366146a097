package io.sonde.server;

import java.nio.charset.StandardCharsets;

/**
 * What a request is answered.
 *
 * @param head status and fields
 * @param body not changed any more
 */
@SuppressWarnings("ArrayRecordComponent") // made once, sent once, never compared
public record Answer(ResponseHead head, byte[] body) {
  /** An answer in text. */
  public static Answer of(ResponseHead head, String body) {
    return new Answer(head, body.getBytes(StandardCharsets.UTF_8));
  }

  /** One line that says what is wrong, with more header fields. */
  static Answer failure(int status, String message, ResponseFields more) {
    return of(ResponseHead.error(status, more), message + "\n");
  }
}
