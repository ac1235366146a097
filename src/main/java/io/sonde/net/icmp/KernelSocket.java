package io.sonde.net.icmp;

import com.sun.jna.Native;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import io.sonde.net.connect.ArrivalNote;
import io.sonde.net.connect.Errno;
import io.sonde.net.connect.LibC;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An ICMP socket of Linux, watched by the epoll of a loop (icmp(7), raw(7), ip(7)). */
final class KernelSocket implements IcmpSocket {
  private static final Logger logger = LoggerFactory.getLogger(KernelSocket.class);

  // Linux, linux/socket.h, linux/in.h, linux/in6.h, linux/errqueue.h.
  private static final int MSG_DONTWAIT = 0x40;
  private static final int MSG_NOSIGNAL = 0x4000;
  private static final int MSG_ERRQUEUE = 0x2000;
  static final int SOL_IP = 0;
  static final int IP_TTL = 2;
  static final int IP_RECVERR = 11;
  static final int SOL_IPV6 = 41;
  static final int IPV6_RECVERR = 25;
  static final int IPV6_HOPLIMIT = 52;
  private static final int ORIGIN_ICMP = 2;
  private static final int ORIGIN_ICMP6 = 3;
  private static final int ERROR_BYTES = 16;

  /** The header of IP with all its options, which raw sockets hand over, and our own. */
  private static final int HEADERS_BYTES = 60 + EchoPacket.HEADER_BYTES;

  /** Packets of others may be longer; they are cut. */
  private static final int SHORT_PACKET_BYTES = 1_500;

  private final int fd;
  private final boolean ip6;
  private final SocketKind kind;
  private final MessageMemory incoming = new MessageMemory(SHORT_PACKET_BYTES);
  private final MessageMemory outgoing = new MessageMemory(SHORT_PACKET_BYTES);
  private final Control control = new Control();
  private @Nullable IoRegistration registration;
  private boolean errorsWait;

  /** Takes over the socket {@code fd}. */
  KernelSocket(int fd, boolean ip6, SocketKind kind) {
    this.fd = fd;
    this.ip6 = ip6;
    this.kind = kind;
  }

  @Override
  public SocketKind kind() {
    return kind;
  }

  @Override
  public void register(EventLoop loop, Runnable onReady) {
    assert loop.inEventLoop();
    // On the loop itself this is done at once.
    IoRegistration registered =
        ((IoEventLoop) loop).register(new Handle(fd, onReady)).syncUninterruptibly().getNow();
    registered.submit(EpollIoOps.EPOLLIN);
    registration = registered;
  }

  @Override
  public void awaitRoom(boolean wanted) {
    if (registration != null) {
      registration.submit(
          wanted ? EpollIoOps.EPOLLIN.with(EpollIoOps.EPOLLOUT) : EpollIoOps.EPOLLIN);
    }
  }

  @Override
  public int send(InetAddress to, int ttl, ByteBuf packet) {
    outgoing.makeRoom(packet.readableBytes());
    // The reply will be as long.
    incoming.makeRoom(packet.readableBytes() + HEADERS_BYTES);
    outgoing.fill(to, packet);
    if (ttl > 0) {
      outgoing.control(ip6 ? SOL_IPV6 : SOL_IP, ip6 ? IPV6_HOPLIMIT : IP_TTL, ttl);
    }
    return LibC.sendmsg(fd, outgoing.address(), MSG_DONTWAIT | MSG_NOSIGNAL) < 0
        ? Native.getLastError()
        : 0;
  }

  @Override
  public int receive(IcmpReceiver receiver) {
    int error = receivePacket(receiver);
    if (kind == SocketKind.RAW || error == RECEIVED || (error == Errno.EAGAIN && !errorsWait)) {
      return error;
    }
    // An error in the queue is announced once by the call that finds it, whatever it was about.
    int queued = receiveError(receiver);
    errorsWait = queued == RECEIVED;
    return queued == Errno.EAGAIN ? error : queued;
  }

  private int receivePacket(IcmpReceiver receiver) {
    int length = receive(0);
    if (length < 0) {
      return -length;
    }
    control.read(incoming);
    receiver.onPacket(
        incoming.received(length), incoming.receivedAddress(), control.hopLimit, control.wallNanos);
    return RECEIVED;
  }

  private int receiveError(IcmpReceiver receiver) {
    int length = receive(MSG_ERRQUEUE);
    if (length < 0) {
      return -length;
    }
    control.read(incoming);
    Grief grief = control.grief;
    if (grief != null) {
      receiver.onError(
          incoming.received(length), incoming.receivedAddress(), grief, control.offender);
    }
    return RECEIVED;
  }

  /** How much was received, or an error, negative. */
  private int receive(int flags) {
    incoming.clear();
    long length = LibC.recvmsg(fd, incoming.address(), flags | MSG_DONTWAIT);
    return length < 0 ? -Native.getLastError() : (int) length;
  }

  @Override
  public void close() {
    IoRegistration registered = registration;
    if (registered == null) {
      LibC.close(fd);
    } else {
      registered.cancel();
    }
  }

  /** What came beside a packet. */
  private static final class Control implements MessageMemory.ControlReader {
    private int hopLimit;
    private long wallNanos;
    private @Nullable Grief grief;
    private byte[] offender = {};

    void read(MessageMemory memory) {
      hopLimit = -1;
      wallNanos = 0;
      grief = null;
      memory.readControl(this);
    }

    @Override
    public void read(int level, int type, ByteBuffer memory, int at, int length) {
      boolean ip4 = level == SOL_IP;
      boolean error = ip4 ? type == IP_RECVERR : level == SOL_IPV6 && type == IPV6_RECVERR;
      boolean hops = ip4 ? type == IP_TTL : level == SOL_IPV6 && type == IPV6_HOPLIMIT;
      if (hops && length >= Integer.BYTES) {
        hopLimit = memory.getInt(at);
      } else if (error && length >= ERROR_BYTES) {
        readError(memory, at, length);
      } else if (level == ArrivalNote.SOL_SOCKET
          && type == ArrivalNote.SO_TIMESTAMPNS
          && length >= 2 * Long.BYTES) {
        wallNanos = ArrivalNote.read(memory, at);
      }
    }

    /** A sock_extended_err, behind which the address of the offender stands. */
    private void readError(ByteBuffer memory, int at, int length) {
      int origin = memory.get(at + 4);
      if (origin == ORIGIN_ICMP || origin == ORIGIN_ICMP6) {
        int errorType = memory.get(at + 5) & 0xff;
        int code = memory.get(at + 6) & 0xff;
        long info = Integer.toUnsignedLong(memory.getInt(at + 8));
        boolean of6 = origin == ORIGIN_ICMP6;
        grief = Grief.isOne(of6, errorType) ? Grief.of(of6, errorType, code, info) : null;
        offender = MessageMemory.readAddress(memory, at + ERROR_BYTES, length - ERROR_BYTES);
      }
    }
  }

  /** The socket as epoll knows it, and the owner of its descriptor. */
  private final class Handle implements EpollIoHandle {
    private final FileDescriptor descriptor;
    private final Runnable onReady;

    Handle(int fd, Runnable onReady) {
      this.descriptor = new FileDescriptor(fd);
      this.onReady = onReady;
    }

    @Override
    public FileDescriptor fd() {
      return descriptor;
    }

    @Override
    public void handle(IoRegistration registered, IoEvent event) {
      if (((EpollIoEvent) event).ops().contains(EpollIoOps.EPOLLERR)) {
        errorsWait = true;
      }
      onReady.run();
    }

    @Override
    public void unregistered() {
      close();
    }

    @Override
    public void close() {
      try {
        descriptor.close();
      } catch (IOException e) {
        logger.debug("Closing an ICMP socket failed", e);
      }
    }
  }
}
