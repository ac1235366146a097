package io.sonde.probe.grpc;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.sonde.net.http.BodySink;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Makes an answer of the response to one call, which has one message (gRPC over HTTP/2, the
 * protocol's description in its repository).
 */
final class GrpcCall implements BodySink {
  /** What a message may hold; a health message holds two bytes. */
  private static final int MAX_MESSAGE_BYTES = 4 << 20;

  /** Alone, or with a format or a parameter behind it. */
  private static final String CONTENT_TYPE = "application/grpc";

  private static final String BEHIND_CONTENT_TYPE = "+;";

  private final HttpResponse head;
  private final CompletableFuture<GrpcAnswer> answer = new CompletableFuture<>();
  private final ByteBuf body = Unpooled.buffer(16);
  private @Nullable HttpHeaders trailers;
  private boolean tooLong;

  GrpcCall(HttpResponse head) {
    this.head = head;
  }

  /** Completes with the answer when the response is complete. */
  CompletionStage<GrpcAnswer> answer() {
    return answer;
  }

  @Override
  public void content(ByteBuf piece) {
    tooLong |= body.readableBytes() + piece.readableBytes() > MAX_MESSAGE_BYTES;
    if (!tooLong) {
      body.writeBytes(piece);
    }
  }

  @Override
  public void trailers(HttpHeaders fields) {
    trailers = fields;
  }

  @Override
  public void end() {
    answer.complete(judge());
  }

  @Override
  public void failed(Throwable failure) {
    answer.completeExceptionally(failure);
  }

  private GrpcAnswer judge() {
    String type = head.headers().get("content-type", "");
    int httpStatus = head.status().code();
    if (!isGrpc(type)) {
      return GrpcAnswer.of(
          GrpcStatus.ofHttp(httpStatus),
          "no answer of a gRPC server: HTTP status "
              + httpStatus
              + ", content type \""
              + type
              + '"');
    }
    HttpHeaders last = trailers == null ? head.headers() : trailers;
    String code = last.get("grpc-status");
    if (code == null) {
      boolean cut = trailers == null && body.isReadable();
      return GrpcAnswer.of(
          cut ? GrpcStatus.INTERNAL : GrpcStatus.UNKNOWN,
          "the server did not say how the call ended");
    }
    int number;
    try {
      number = Integer.parseInt(code);
    } catch (NumberFormatException ignored) {
      return GrpcAnswer.of(GrpcStatus.UNKNOWN, "expected a number as grpc-status, got " + code);
    }
    return number == GrpcStatus.OK.code()
        ? judgeMessage()
        : new GrpcAnswer(number, last.get("grpc-message", ""), 0);
  }

  private static boolean isGrpc(String type) {
    int end = CONTENT_TYPE.length();
    return type.startsWith(CONTENT_TYPE)
        && (type.length() == end || BEHIND_CONTENT_TYPE.indexOf(type.charAt(end)) >= 0);
  }

  private static GrpcAnswer exhausted() {
    return GrpcAnswer.of(
        GrpcStatus.RESOURCE_EXHAUSTED, "a message of more than " + MAX_MESSAGE_BYTES + " bytes");
  }

  private GrpcAnswer judgeMessage() {
    if (tooLong) {
      return exhausted();
    }
    if (body.readableBytes() < HealthMessages.PREFIX_BYTES) {
      return GrpcAnswer.of(GrpcStatus.INTERNAL, "the answer has no message");
    }
    boolean compressed = body.readByte() != 0;
    long length = body.readUnsignedInt();
    if (length > MAX_MESSAGE_BYTES) {
      return exhausted();
    }
    if (compressed || length != body.readableBytes()) {
      return GrpcAnswer.of(
          GrpcStatus.INTERNAL,
          compressed ? "a compressed message" : "expected one message of the length that it tells");
    }
    try {
      return new GrpcAnswer(GrpcStatus.OK.code(), "", HealthMessages.servingStatus(body));
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      return GrpcAnswer.of(GrpcStatus.INTERNAL, "a malformed message: " + e.getMessage());
    }
  }
}
