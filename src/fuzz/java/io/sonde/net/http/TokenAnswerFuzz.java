package io.sonde.net.http;

import io.sonde.config.Redaction;
import io.sonde.probe.Phase;
import io.sonde.probe.ProbeFailure;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * What token endpoints answer: a token of the kind that was told, or a failure in the phase of
 * authentication that quotes no secret and cannot fill a log.
 */
public final class TokenAnswerFuzz {
  private static final int MAX_MESSAGE_CHARS = 600;
  private static final String SECRET = "s3cr3t";
  private static final List<String> TYPES =
      List.of("application/json", "application/x-www-form-urlencoded; charset=utf-8", "", "text");
  private static final List<Integer> STATUSES = List.of(200, 201, 400, 503);

  private TokenAnswerFuzz() {}

  /** The first byte says status, type and coding of the answer; the rest is its body. */
  public static void fuzzerTestOneInput(byte[] data) {
    if (data.length == 0) {
      return;
    }
    int first = data[0];
    TokenAnswer answer =
        new TokenAnswer(
            STATUSES.get(first & 3),
            TYPES.get((first >> 2) & 3),
            (first & 0x10) == 0 ? "" : "gzip",
            Arrays.copyOfRange(data, 1, data.length));
    String client = told(answer, true);
    String bearer = told(answer, false);
    boolean json = (first & 4) == 0;
    if (json && client != null && bearer != null && !client.equals(bearer)) {
      throw new AssertionError("expected one token, got " + client + " and " + bearer);
    }
  }

  /** The value of the header; null if there is none. */
  private static String told(TokenAnswer answer, boolean toClient) {
    try {
      String value =
          toClient
              ? answer.grantedToClient(Redaction.builder().add(SECRET).build())
              : answer.grantedToBearer(Redaction.builder().add(SECRET).build());
      if (answer.status() > 299 || value.indexOf(' ') < 0) {
        throw new AssertionError("expected no token, got " + value);
      }
      return value;
    } catch (ProbeFailure e) {
      String message = e.getMessage();
      if (e.failure().phase() != Phase.AUTH
          || message.contains(SECRET)
          || message.length() > MAX_MESSAGE_CHARS
          || !StandardCharsets.US_ASCII.newEncoder().canEncode(message)) {
        throw new AssertionError("this must not be said: " + message);
      }
      return null;
    }
  }
}
