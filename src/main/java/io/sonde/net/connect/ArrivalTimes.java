package io.sonde.net.connect;

import com.sun.jna.Native;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.util.concurrent.FastThreadLocal;
import io.netty.util.concurrent.Ticker;
import io.sonde.probe.Transport;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the kernel when the bytes came that a socket is about to be read for: it notes the time of
 * each packet if a socket asks for it (SO_TIMESTAMPNS, socket(7)), and tells it to {@code
 * recvmsg(2)}, here with MSG_PEEK, so that the bytes stay for Netty. That is the truth however busy
 * the loop or the machine is. Available on 64-bit Linux where JNA loads; elsewhere nothing is known
 * and nothing is asked.
 */
final class ArrivalTimes {
  private static final Logger logger = LoggerFactory.getLogger(ArrivalTimes.class);

  // Linux, linux/socket.h.
  private static final int MSG_PEEK = 2;
  private static final int MSG_DONTWAIT = 0x40;
  private static final int AF_INET = 2;
  private static final int SOCK_STREAM = 1;
  private static final int SOCK_DGRAM = 2;
  private static final int SOCK_CLOEXEC = 0x80000;
  private static final int ATTEMPTS = 45;

  /** In place of a time: the peer's system says that nobody is listening. */
  static final long REFUSED = -Errno.ECONNREFUSED;

  private static final IntegerUnixChannelOption NOTE_ARRIVALS =
      new IntegerUnixChannelOption(
          "SO_TIMESTAMPNS", ArrivalNote.SOL_SOCKET, ArrivalNote.SO_TIMESTAMPNS);

  private final FastThreadLocal<PeekMessage> messages =
      new FastThreadLocal<>() {
        @Override
        protected PeekMessage initialValue() {
          return new PeekMessage();
        }
      };

  private final CountDownLatch loaded = new CountDownLatch(1);
  private volatile boolean available;

  private ArrivalTimes() {}

  /** One for the process, as is what the kernel notes for it. */
  private static final class OfKernel {
    static final ArrivalTimes TIMES = new ArrivalTimes();

    static {
      Thread thread = new Thread(TIMES::load, "sonde-arrival-times");
      thread.setDaemon(true);
      thread.start();
    }
  }

  /**
   * The arrival times of {@code transport}. Loading takes some tens of milliseconds and is done on
   * a thread of its own; until then nothing is known.
   */
  static ArrivalTimes of(Transport transport) {
    return transport == Transport.EPOLL ? OfKernel.TIMES : unknown();
  }

  /** Arrival times that are never known. */
  static ArrivalTimes unknown() {
    ArrivalTimes times = new ArrivalTimes();
    times.loaded.countDown();
    return times;
  }

  /** Waits until it is decided whether arrival times are known, and tells. */
  boolean awaitLoaded() throws InterruptedException {
    return loaded.await(30, TimeUnit.SECONDS) && available;
  }

  private void load() {
    try {
      available = Native.POINTER_SIZE == Long.BYTES && keepNoting() && isNoting();
    } catch (LinkageError | RuntimeException | IOException e) {
      logger
          .atInfo()
          .addKeyValue("err", e)
          .log("Arrival times are not known, times are told as the event loop sees them");
    } finally {
      loaded.countDown();
    }
  }

  /**
   * Makes the kernel note arrivals from now on, for as long as the process lives. It begins and
   * ends doing so with the first and the last socket that asks, and takes its time about it, so
   * that the first connections of a burst would go without.
   */
  private static boolean keepNoting() {
    int fd = LibC.socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    return fd >= 0 && ArrivalNote.ask(fd);
  }

  /** Waits, a second at most, until the bytes of a connection with itself are noted. */
  private boolean isNoting() throws IOException {
    try (ServerSocket listener = new ServerSocket(0, 1, LibC.loopback())) {
      int fd = LibC.socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
      try {
        if (!ArrivalNote.ask(fd) || !LibC.connect(fd, listener.getLocalPort())) {
          return false;
        }
        try (Socket peer = listener.accept()) {
          peer.setTcpNoDelay(true);
          for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            peer.getOutputStream().write(0);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1 + attempt));
            if (messages.get().receive(fd, MSG_DONTWAIT) != 0) {
              return true;
            }
          }
          return false;
        }
      } finally {
        LibC.close(fd);
      }
    }
  }

  /** Asks the kernel to note arrivals at {@code channel}; false if it does not. */
  boolean noteAt(Channel channel) {
    if (!available) {
      return false;
    }
    try {
      return channel.config().setOption(NOTE_ARRIVALS, 1);
    } catch (ChannelException e) {
      available = false;
      logger
          .atInfo()
          .addKeyValue("err", e.getMessage())
          .log("The system does not note arrival times");
      return false;
    }
  }

  /**
   * When the next unread byte of socket {@code fd} came, on {@code ticker}; 0 if not known; if
   * there was an error instead, which the system does not tell twice, its number, negative: {@link
   * #REFUSED} is the word that nobody is listening.
   */
  long peekNanos(int fd, Ticker ticker) {
    long wallNanos = messages.get().receive(fd, MSG_PEEK | MSG_DONTWAIT);
    return wallNanos > 0 ? ArrivalNote.onTicker(wallNanos, ticker) : wallNanos;
  }

  /** The memory of one {@code recvmsg} call, laid out as 64-bit Linux wants it; one per thread. */
  private static final class PeekMessage {
    private static final int HEADER = 0;
    private static final int HEADER_IOV = 16;
    private static final int HEADER_IOV_COUNT = 24;
    private static final int HEADER_CONTROL = 32;
    private static final int HEADER_CONTROL_LENGTH = 40;
    private static final int IOV = 56;
    private static final int BYTE = 72;
    private static final int CONTROL = 80;
    private static final int CONTROL_BYTES = 64;
    private static final int STAMP_BYTES = 32;

    private final ByteBuffer memory =
        ByteBuffer.allocateDirect(CONTROL + CONTROL_BYTES).order(ByteOrder.nativeOrder());
    private final long address = LibC.address(memory);

    PeekMessage() {
      memory.putLong(IOV, address + BYTE).putLong(IOV + Long.BYTES, 1);
      memory.putLong(HEADER_IOV, address + IOV).putLong(HEADER_IOV_COUNT, 1);
      memory.putLong(HEADER_CONTROL, address + CONTROL);
    }

    /** The wall clock time at which the next byte came, in nanoseconds; 0, or an error. */
    long receive(int fd, int flags) {
      memory.putLong(HEADER_CONTROL_LENGTH, CONTROL_BYTES);
      long received = LibC.recvmsg(fd, address + HEADER, flags);
      if (received < 0) {
        int error = Native.getLastError();
        return error == Errno.EAGAIN || error == Errno.EINTR ? 0 : -error;
      }
      boolean stamped =
          received > 0
              && memory.getLong(HEADER_CONTROL_LENGTH) >= STAMP_BYTES
              && memory.getInt(CONTROL + 8) == ArrivalNote.SOL_SOCKET
              && memory.getInt(CONTROL + 12) == ArrivalNote.SO_TIMESTAMPNS;
      return stamped ? ArrivalNote.read(memory, CONTROL + 16) : 0;
    }
  }
}
