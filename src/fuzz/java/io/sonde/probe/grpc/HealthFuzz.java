package io.sonde.probe.grpc;

import io.netty.buffer.Unpooled;

/** Whatever a gRPC server sends as a message has a serving status, or is malformed. */
public final class HealthFuzz {
  private HealthFuzz() {}

  /** The bytes are the message. */
  public static void fuzzerTestOneInput(byte[] data) {
    try {
      int status = HealthMessages.servingStatus(Unpooled.wrappedBuffer(data));
      GrpcAnswer.servingText(status);
    } catch (IndexOutOfBoundsException | IllegalArgumentException ignored) {
      // The two ways in which it says so.
    }
  }
}
