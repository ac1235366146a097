package io.sonde.probe.grpc;

/** How calls end. */
enum GrpcStatus {
  OK(0),
  CANCELLED(1),
  UNKNOWN(2),
  INVALID_ARGUMENT(3),
  DEADLINE_EXCEEDED(4),
  NOT_FOUND(5),
  ALREADY_EXISTS(6),
  PERMISSION_DENIED(7),
  RESOURCE_EXHAUSTED(8),
  FAILED_PRECONDITION(9),
  ABORTED(10),
  OUT_OF_RANGE(11),
  UNIMPLEMENTED(12),
  INTERNAL(13),
  UNAVAILABLE(14),
  DATA_LOSS(15),
  UNAUTHENTICATED(16);

  private static final int FLOW_CONTROL_ERROR = 3;
  private static final int REFUSED_STREAM = 7;
  private static final int CANCEL = 8;
  private static final int ENHANCE_YOUR_CALM = 11;
  private static final int INADEQUATE_SECURITY = 12;
  private static final int HTTP_1_1_REQUIRED = 13;

  private final int code;

  GrpcStatus(int code) {
    this.code = code;
  }

  /** The number on the wire. */
  int code() {
    return code;
  }

  /** What an answer means that comes from something other than a gRPC server. */
  static GrpcStatus ofHttp(int httpStatus) {
    return switch (httpStatus) {
      case 400 -> INTERNAL;
      case 401 -> UNAUTHENTICATED;
      case 403 -> PERMISSION_DENIED;
      case 404 -> UNIMPLEMENTED;
      case 429, 502, 503, 504 -> UNAVAILABLE;
      default -> UNKNOWN;
    };
  }

  /** What a reset of the call's stream means, by its error code (RFC 9113, section 7). */
  static GrpcStatus ofReset(long code) {
    return switch ((int) code) {
      case REFUSED_STREAM -> UNAVAILABLE;
      case CANCEL -> CANCELLED;
      case FLOW_CONTROL_ERROR, ENHANCE_YOUR_CALM -> RESOURCE_EXHAUSTED;
      case INADEQUATE_SECURITY -> PERMISSION_DENIED;
      default -> code <= HTTP_1_1_REQUIRED ? INTERNAL : UNKNOWN;
    };
  }

  /** The name that belongs to a number, or the number. */
  static String name(int code) {
    for (GrpcStatus status : values()) {
      if (status.code == code) {
        return status.name();
      }
    }
    return Integer.toString(code);
  }
}
