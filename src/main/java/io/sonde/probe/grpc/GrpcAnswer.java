package io.sonde.probe.grpc;

/**
 * How a health check ended.
 *
 * @param code of the call, see {@link GrpcStatus}
 * @param message what the server, or we, say about it; may be empty
 * @param serving number of the serving status; only if the call ended well
 */
record GrpcAnswer(int code, String message, int serving) {
  private static final String[] SERVING = {"UNKNOWN", "SERVING", "NOT_SERVING", "SERVICE_UNKNOWN"};
  private static final int IS_SERVING = 1;

  /** How many serving statuses there are. */
  static final int SERVING_COUNT = SERVING.length;

  /** A call that did not end well. */
  static GrpcAnswer of(GrpcStatus status, String message) {
    return new GrpcAnswer(status.code(), message, 0);
  }

  /** Whether the call ended well. */
  boolean isOk() {
    return code == GrpcStatus.OK.code();
  }

  /** Whether the service is there for its clients. */
  boolean isServing() {
    return isOk() && serving == IS_SERVING;
  }

  /** The name of a serving status, or its number if it has none. */
  static String servingText(int serving) {
    return serving >= 0 && serving < SERVING.length ? SERVING[serving] : Integer.toString(serving);
  }
}
