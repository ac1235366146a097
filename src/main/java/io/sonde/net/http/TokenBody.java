package io.sonde.net.http;

import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Keeps the body of one answer up to a limit; what is beyond it is not even read. */
final class TokenBody implements BodySink {
  /** More of an answer is not looked at. */
  static final int MAX_BYTES = 1 << 20;

  private final HttpConnection connection;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final CompletableFuture<byte[]> done = new CompletableFuture<>();

  TokenBody(HttpConnection connection) {
    this.connection = connection;
  }

  /** Reads the body of the answer that has just begun, and ends the connection. */
  static CompletionStage<byte[]> read(HttpConnection connection) {
    TokenBody body = new TokenBody(connection);
    connection.readBody(body);
    return body.done;
  }

  @Override
  public void content(ByteBuf piece) {
    if (done.isDone()) {
      return;
    }
    byte[] some = new byte[Math.min(piece.readableBytes(), MAX_BYTES - bytes.size())];
    piece.getBytes(piece.readerIndex(), some);
    bytes.writeBytes(some);
    if (bytes.size() == MAX_BYTES) {
      end();
    }
  }

  @Override
  public void end() {
    connection.close();
    done.complete(bytes.toByteArray());
  }

  @Override
  public void failed(Throwable failure) {
    done.completeExceptionally(failure);
  }
}
