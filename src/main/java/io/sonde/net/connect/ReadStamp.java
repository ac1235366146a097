package io.sonde.net.connect;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.unix.Errors.NativeIoException;
import io.netty.channel.unix.UnixChannel;
import io.netty.util.UncheckedBooleanSupplier;
import io.netty.util.concurrent.Ticker;
import io.netty.util.internal.PlatformDependent;
import io.sonde.probe.LoopClock;
import java.net.PortUnreachableException;

/**
 * Knows when the bytes came that were last read from a connection, however long they waited to be
 * read: as the kernel noted it where that is known, see {@link ArrivalTimes}, else as the loop
 * learnt of it, see {@link LoopClock}. It sits where Netty asks for a buffer, which is right before
 * a socket is read, and also decides how large that buffer is. Confined to the channel's loop.
 */
public final class ReadStamp implements RecvByteBufAllocator {
  private static final int SMALLEST_READ_BYTES = 256;
  private static final int FIRST_READ_BYTES = 2 << 10;
  private static final int LARGEST_READ_BYTES = 64 << 10;

  /** How often a connection is read before the others have their turn. */
  private static final int READS_IN_A_ROW = 4;

  /**
   * Reads begin small, because most answers are, and grow with what comes; between reads a
   * connection holds no buffer at all.
   */
  private static final RecvByteBufAllocator STREAM_READ_SIZES =
      new AdaptiveRecvByteBufAllocator(SMALLEST_READ_BYTES, FIRST_READ_BYTES, LARGEST_READ_BYTES)
          .maxMessagesPerRead(READS_IN_A_ROW);

  private final Channel channel;
  private final RecvByteBufAllocator readSizes;
  private final ArrivalTimes arrivals;
  private final long openedNanos;
  private final int fd;
  private long lastReadNanos;

  private ReadStamp(
      Channel channel,
      RecvByteBufAllocator readSizes,
      ArrivalTimes arrivals,
      long openedNanos,
      int fd) {
    this.channel = channel;
    this.readSizes = readSizes;
    this.arrivals = arrivals;
    this.openedNanos = openedNanos;
    this.fd = fd;
  }

  /** Stamps the reads of a stream, which is about to be connected on a loop. */
  static void install(Channel channel, ArrivalTimes arrivals, long nowNanos) {
    install(channel, STREAM_READ_SIZES, arrivals, nowNanos);
  }

  /**
   * Stamps the reads of {@code channel}, which is about to be connected on a loop.
   *
   * @param readSizes how much is read at a time
   */
  static void install(
      Channel channel, RecvByteBufAllocator readSizes, ArrivalTimes arrivals, long nowNanos) {
    boolean noted = channel instanceof UnixChannel && arrivals.noteAt(channel);
    int fd = noted && channel instanceof UnixChannel unix ? unix.fd().intValue() : -1;
    channel
        .config()
        .setRecvByteBufAllocator(new ReadStamp(channel, readSizes, arrivals, nowNanos, fd));
  }

  /** The stamp of {@code channel}, which the dialer must have opened. */
  public static ReadStamp of(Channel channel) {
    if (channel.config().getRecvByteBufAllocator() instanceof ReadStamp stamp) {
      return stamp;
    }
    throw new IllegalArgumentException("not opened by a Dialer: " + channel);
  }

  /**
   * When the bytes of the last read came, the first of them if they came one after the other, on
   * the loop's clock; 0 before the first read.
   */
  public long lastReadNanos() {
    return lastReadNanos;
  }

  @Override
  public ExtendedHandle newHandle() {
    return new StampingHandle((ExtendedHandle) readSizes.newHandle());
  }

  /** When what is about to be read came. */
  private long stamp() {
    long eventNanos = LoopClock.eventNanos(channel.eventLoop());
    if (fd < 0) {
      return eventNanos;
    }
    Ticker ticker = channel.eventLoop().ticker();
    long arrivedNanos = arrivals.peekNanos(fd, ticker);
    if (arrivedNanos < 0 && channel instanceof DuplexChannel) {
      // Read now, the connection would seem to have ended in good order.
      PlatformDependent.throwException(new NativeIoException("recvmsg", (int) arrivedNanos));
    } else if (arrivedNanos == ArrivalTimes.REFUSED) {
      channel.pipeline().fireExceptionCaught(new PortUnreachableException("connection refused"));
    }
    // The wall clock may have been set between arrival and now.
    boolean possible = arrivedNanos >= openedNanos && arrivedNanos <= ticker.nanoTime();
    return possible ? arrivedNanos : eventNanos;
  }

  /** Netty's handle, with a look at the clock before each read. */
  private final class StampingHandle implements ExtendedHandle {
    private final ExtendedHandle sizes;
    private long nextReadNanos;

    StampingHandle(ExtendedHandle sizes) {
      this.sizes = sizes;
    }

    @Override
    public ByteBuf allocate(ByteBufAllocator allocator) {
      nextReadNanos = stamp();
      return sizes.allocate(allocator);
    }

    @Override
    public void lastBytesRead(int bytes) {
      if (bytes > 0) {
        lastReadNanos = nextReadNanos;
      }
      sizes.lastBytesRead(bytes);
    }

    @Override
    public int guess() {
      return sizes.guess();
    }

    @Override
    public void reset(ChannelConfig config) {
      sizes.reset(config);
    }

    @Override
    public void incMessagesRead(int messages) {
      sizes.incMessagesRead(messages);
    }

    @Override
    public int lastBytesRead() {
      return sizes.lastBytesRead();
    }

    @Override
    public void attemptedBytesRead(int bytes) {
      sizes.attemptedBytesRead(bytes);
    }

    @Override
    public int attemptedBytesRead() {
      return sizes.attemptedBytesRead();
    }

    @Override
    public boolean continueReading() {
      return sizes.continueReading();
    }

    @Override
    public boolean continueReading(UncheckedBooleanSupplier maybeMoreData) {
      return sizes.continueReading(maybeMoreData);
    }

    @Override
    public void readComplete() {
      sizes.readComplete();
    }
  }
}
