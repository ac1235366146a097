package io.sonde.probe.grpc;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.sonde.net.http.BodyMemory;
import io.sonde.net.http.BodySink;
import io.sonde.net.http.HttpConnection;
import io.sonde.probe.Phase;
import io.sonde.probe.ProbeFailure;
import io.sonde.probe.Reason;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Makes an answer of the response to one call, which has one message (gRPC over HTTP/2, the
 * protocol's description in its repository).
 */
final class GrpcCall implements BodySink {
  /** What a message may hold; a health message holds two bytes. */
  static final int MAX_MESSAGE_BYTES = 64 << 10;

  /** What a call may keep before it takes memory that all probes share. */
  private static final int FREE_BYTES = 512;

  /** Where a message says how long it is: behind the mark of compression. */
  private static final int LENGTH_AT = 1;

  private static final int MAX_BYTES = HealthMessages.PREFIX_BYTES + MAX_MESSAGE_BYTES;

  /** Alone, or with a format or a parameter behind it. */
  private static final String CONTENT_TYPE = "application/grpc";

  private static final String BEHIND_CONTENT_TYPE = "+;";

  private final HttpResponse head;
  private final HttpConnection connection;
  private final BodyMemory.Share memory;
  private final CompletableFuture<GrpcAnswer> answer = new CompletableFuture<>();
  private final ByteBuf body = Unpooled.buffer(16, MAX_BYTES);
  private @Nullable HttpHeaders trailers;
  private boolean large;

  /**
   * A call whose response has begun.
   *
   * @param memory a share of what bodies are kept in
   */
  GrpcCall(HttpResponse head, HttpConnection connection, BodyMemory.Share memory) {
    this.head = head;
    this.connection = connection;
    this.memory = memory;
  }

  /** Completes with the answer when the response is complete, or must not go on. */
  CompletionStage<GrpcAnswer> answer() {
    return answer;
  }

  @Override
  public void content(ByteBuf piece) {
    if (answer.isDone()) {
      return;
    }
    int size = body.readableBytes() + piece.readableBytes();
    if (size > MAX_BYTES) {
      stop(tooLong());
    } else if (!isGrpc(contentType())) {
      answer.complete(judge());
      connection.close();
    } else if (size > FREE_BYTES && !large && !memory.take(MAX_MESSAGE_BYTES)) {
      stop(memory.whole().noRoom());
    } else {
      large = size > FREE_BYTES;
      body.writeBytes(piece);
      boolean hasLength = size >= HealthMessages.PREFIX_BYTES;
      if (hasLength && body.getUnsignedInt(LENGTH_AT) > MAX_MESSAGE_BYTES) {
        stop(tooLong());
      }
    }
  }

  private void stop(ProbeFailure failure) {
    answer.completeExceptionally(failure);
    connection.close();
  }

  private static ProbeFailure tooLong() {
    return new ProbeFailure(
        Phase.TRANSFER,
        Reason.BODY_LIMIT,
        "a health answer of more than " + MAX_MESSAGE_BYTES + " bytes");
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
    String type = contentType();
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

  private String contentType() {
    return head.headers().get("content-type", "");
  }

  private static boolean isGrpc(String type) {
    int end = CONTENT_TYPE.length();
    return type.startsWith(CONTENT_TYPE)
        && (type.length() == end || BEHIND_CONTENT_TYPE.indexOf(type.charAt(end)) >= 0);
  }

  private GrpcAnswer judgeMessage() {
    if (body.readableBytes() < HealthMessages.PREFIX_BYTES) {
      return GrpcAnswer.of(GrpcStatus.INTERNAL, "the answer has no message");
    }
    boolean compressed = body.readByte() != 0;
    long length = body.readUnsignedInt();
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
