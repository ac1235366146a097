package io.sonde.probe.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sonde.net.http.BodySink;
import io.sonde.net.http.HttpConnection;
import io.sonde.net.http.KeptBody;
import io.sonde.probe.Phase;
import io.sonde.probe.ProbeFailure;
import io.sonde.probe.ProbeRun;
import io.sonde.probe.Reason;
import io.sonde.probe.http.ContentDecoder.BadContentException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Reads one body: decodes it, counts it, keeps it if somebody wants to look at it, and stops at the
 * limit. What unpacks to much is decoded in steps, between which the loop does other work and the
 * peer waits.
 */
final class BodyReader implements BodySink {
  /** How much goes into and comes out of a decoder before the loop does other work. */
  static final int STEP_BYTES = 64 << 10;

  /** What a look for a gzip header has used up when it finds none. */
  static final int USED_UP_BYTES = 4 << 10;

  private static final int PIECE_BYTES = 16 << 10;

  private final ProbeRun run;
  private final HttpConnection connection;
  private final long limit;
  private final @Nullable KeptBody kept;
  private final CompletableFuture<byte[]> done = new CompletableFuture<>();
  private final byte[] scratch;
  private @Nullable ContentDecoder decoder;
  private long length;
  private long decodedBytes;
  private long usedUp;
  private final Backlog backlog = new Backlog();
  private boolean paused;

  /** For its turn on the loop, or for room. */
  private boolean waits;

  private boolean complete;
  private @Nullable ProbeFailure notInFormat;
  private @Nullable Throwable broken;

  /**
   * A reader for one body.
   *
   * @param decoder undoes the encoding; null if there is none
   * @param limit most bytes, after decoding
   * @param kept takes the bytes; null if only their number is wanted
   */
  BodyReader(
      ProbeRun run,
      HttpConnection connection,
      @Nullable ContentDecoder decoder,
      long limit,
      @Nullable KeptBody kept) {
    this.run = run;
    this.connection = connection;
    this.decoder = decoder;
    this.limit = limit;
    this.kept = kept;
    this.scratch = new byte[decoder == null ? 0 : PIECE_BYTES];
    run.onSettle(this::release);
  }

  /** Completes with what was kept when the body has been read, or with why it could not be. */
  CompletionStage<byte[]> done() {
    return done;
  }

  /** How many bytes were read so far, after decoding. */
  long length() {
    return length;
  }

  /** That the body is not in the format it must be in, if so; it is then read as it is. */
  @Nullable ProbeFailure notInFormat() {
    return notInFormat;
  }

  @Override
  public void content(ByteBuf piece) {
    if (done.isDone()) {
      return;
    }
    if (decoder == null && !waits) {
      take(piece);
      return;
    }
    backlog.add(piece);
    if (!waits) {
      decodeSome();
    }
  }

  @Override
  public void end() {
    complete = true;
    finishIfDrained();
  }

  @Override
  public void failed(Throwable failure) {
    broken = failure;
    finishIfDrained();
  }

  private void decodeSome() {
    int budget = STEP_BYTES;
    while (budget > 0 && decoder != null) {
      ByteBuf input = backlog.first(PIECE_BYTES);
      int count;
      try {
        count = decoder.decode(input, scratch);
      } catch (BadContentException e) {
        use(input);
        onBadContent(e);
        return;
      }
      budget -= count + use(input);
      if (count == 0 && backlog.isEmpty()) {
        resume();
        finishIfDrained();
        return;
      }
      if (!accept(count)) {
        return;
      }
      if (kept != null && !kept.add(scratch, count)) {
        awaitRoom(kept, Unpooled.wrappedBuffer(scratch), count);
        return;
      }
    }
    if (decoder != null) {
      waits = true;
      pause();
      run.inTurn(this::takeTurn);
    }
  }

  private void takeTurn() {
    waits = false;
    decodeSome();
  }

  /** Drops what was read of the first bytes of the backlog. */
  private int use(ByteBuf input) {
    int count = input.readerIndex();
    decodedBytes += count;
    backlog.drop(count);
    return count;
  }

  /** Goes on when there is room for what was read so far. */
  private void awaitRoom(KeptBody keeper, ByteBuf piece, int length) {
    waits = true;
    pause();
    keeper.awaitRoom(piece, length).thenAccept(room -> goOn(keeper, room));
  }

  private void goOn(KeptBody keeper, boolean room) {
    waits = false;
    if (!room) {
      stop(keeper.noRoom());
    } else if (decoder != null) {
      decodeSome();
    } else {
      takeBacklog();
      if (!waits) {
        resume();
        finishIfDrained();
      }
    }
  }

  private void takeBacklog() {
    ByteBuf rest = backlog.first(Integer.MAX_VALUE).retain();
    backlog.release();
    take(rest);
    rest.release();
  }

  private void pause() {
    if (!paused && !complete && broken == null) {
      paused = true;
      connection.pause();
    }
  }

  private void resume() {
    if (paused) {
      paused = false;
      connection.resume();
    }
  }

  private void onBadContent(BadContentException e) {
    ProbeFailure failure = bad(e);
    if (!e.atStart()) {
      stop(failure);
      return;
    }
    notInFormat = failure;
    dropDecoder();
    // The bytes that were looked at are used up like those behind them.
    usedUp = Math.min(USED_UP_BYTES, decodedBytes);
    takeBacklog();
    finishIfDrained();
  }

  private void take(ByteBuf piece) {
    int skipped = notInFormat == null ? 0 : useUp(piece.readableBytes());
    int count = piece.readableBytes() - skipped;
    if (accept(count) && kept != null && notInFormat == null && !kept.add(piece, count)) {
      awaitRoom(kept, piece, count);
    }
  }

  private int useUp(int available) {
    int skipped = (int) Math.min(USED_UP_BYTES - usedUp, available);
    usedUp += skipped;
    return skipped;
  }

  /** Counts bytes; false if they are too many, and then the reading is over. */
  private boolean accept(int count) {
    if (count > limit - length) {
      length = limit;
      stop(
          new ProbeFailure(
              Phase.CHECK, Reason.BODY_LIMIT, "the body is larger than " + limit + " bytes"));
      return false;
    }
    length += count;
    return true;
  }

  private void finishIfDrained() {
    boolean drained = !done.isDone() && backlog.isEmpty() && !waits;
    if (drained && broken != null) {
      stop(broken);
    } else if (drained && complete) {
      finish();
    }
  }

  private void finish() {
    try {
      if (decoder != null) {
        decoder.end();
      }
    } catch (BadContentException e) {
      if (!e.atStart()) {
        stop(bad(e));
        return;
      }
      notInFormat = bad(e);
    }
    release();
    if (kept != null && !kept.trim()) {
      awaitRoom(kept, Unpooled.EMPTY_BUFFER, 0);
    } else {
      done.complete(kept == null ? new byte[0] : kept.hand());
    }
  }

  private void stop(Throwable failure) {
    release();
    connection.close();
    done.completeExceptionally(failure);
  }

  private void release() {
    backlog.release();
    dropDecoder();
  }

  private void dropDecoder() {
    if (decoder != null) {
      decoder.close();
      decoder = null;
    }
  }

  private static ProbeFailure bad(BadContentException e) {
    return new ProbeFailure(Phase.CHECK, Reason.BODY, String.valueOf(e.getMessage()));
  }
}
