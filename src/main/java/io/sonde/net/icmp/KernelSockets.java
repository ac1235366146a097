package io.sonde.net.icmp;

import com.sun.jna.Native;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoop;
import io.netty.channel.epoll.EpollIoHandle;
import io.sonde.net.connect.ArrivalNote;
import io.sonde.net.connect.ConnectErrors;
import io.sonde.net.connect.Errno;
import io.sonde.net.connect.LibC;
import io.sonde.probe.Phase;
import io.sonde.probe.ProbeFailure;
import io.sonde.probe.Reason;
import java.lang.ref.Reference;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens ICMP sockets of Linux: an unprivileged one if the system allows it, else a raw one. Needs
 * loops on epoll, as the JDK's selectors cannot watch such a socket, and JNA.
 */
final class KernelSockets implements SocketOpener {
  private static final Logger logger = LoggerFactory.getLogger(KernelSockets.class);

  // Linux, linux/net.h, asm-generic/socket.h, linux/in.h, linux/in6.h.
  private static final int SOCK_DGRAM = 2;
  private static final int SOCK_RAW = 3;
  private static final int SOCK_NONBLOCK = 0x800;
  private static final int SOCK_CLOEXEC = 0x80000;
  private static final int PROTOCOL_ICMP = 1;
  private static final int PROTOCOL_ICMP6 = 58;
  private static final int SO_SNDBUF = 7;
  private static final int SO_RCVBUF = 8;
  private static final int SO_RCVBUFFORCE = 33;
  private static final int IP_MTU_DISCOVER = 10;
  private static final int IP_RECVTTL = 12;
  private static final int IPV6_RECVHOPLIMIT = 51;

  /** Sets DF and lets the path answer, instead of what this machine remembers of it. */
  private static final int PMTUDISC_PROBE = 3;

  /** Replies wait here for a loop that is busy; memory is taken as they come. */
  private static final int BUFFER_BYTES = 4 << 20;

  private static final int ADDRESS_BYTES = 32;

  private final List<SocketKind> kinds;

  /** Opens sockets of the first of {@code kinds} that the system allows. */
  KernelSockets(SocketKind... kinds) {
    this.kinds = List.of(kinds);
  }

  @Override
  public IcmpSocket open(EventLoop loop, SocketKey key, int tag) {
    if (!(loop instanceof IoEventLoop io && io.isCompatible(EpollIoHandle.class))) {
      throw refused(
          "ICMP sockets need Netty's native epoll transport, which does not load here: Sonde runs"
              + " on the JDK's selectors, which cannot watch them");
    }
    try {
      if (Native.POINTER_SIZE != Long.BYTES) {
        throw refused("ICMP sockets need a 64-bit Linux");
      }
      return open(key, tag, kinds);
    } catch (LinkageError e) {
      logger.debug("JNA does not load", e);
      throw refused("ICMP sockets need JNA, whose native library does not load here: " + e);
    }
  }

  private static IcmpSocket open(SocketKey key, int tag, List<SocketKind> kinds) {
    int error = Errno.EACCES;
    for (SocketKind kind : kinds) {
      // DF is known to raw sockets of IPv4 only.
      if (kind == SocketKind.RAW || !key.dontFragment()) {
        int fd = socket(kind, key);
        if (fd >= 0) {
          return opened(fd, kind, key, tag);
        }
        error = -fd;
        logger.debug("No ICMP socket: kind={} error={}", kind, error);
      }
    }
    throw notAllowed(key, error);
  }

  /** A descriptor, or the number of the error, negative. */
  private static int socket(SocketKind kind, SocketKey key) {
    int type = kind == SocketKind.RAW ? SOCK_RAW : SOCK_DGRAM;
    int fd =
        LibC.socket(
            key.ip6() ? MessageMemory.AF_INET6 : MessageMemory.AF_INET,
            type | SOCK_NONBLOCK | SOCK_CLOEXEC,
            key.ip6() ? PROTOCOL_ICMP6 : PROTOCOL_ICMP);
    return fd < 0 ? -Native.getLastError() : fd;
  }

  private static IcmpSocket opened(int fd, SocketKind kind, SocketKey key, int tag) {
    if (kind == SocketKind.RAW) {
      ReplyFilter.attach(fd, key.ip6(), tag);
    } else {
      option(
          fd,
          key.ip6() ? KernelSocket.SOL_IPV6 : KernelSocket.SOL_IP,
          key.ip6() ? KernelSocket.IPV6_RECVERR : KernelSocket.IP_RECVERR,
          1);
    }
    // Without it only the metric of the reply's hop limit is lost.
    option(
        fd,
        key.ip6() ? KernelSocket.SOL_IPV6 : KernelSocket.SOL_IP,
        key.ip6() ? IPV6_RECVHOPLIMIT : IP_RECVTTL,
        1);
    ArrivalNote.ask(fd);
    if (!option(fd, ArrivalNote.SOL_SOCKET, SO_RCVBUFFORCE, BUFFER_BYTES)) {
      option(fd, ArrivalNote.SOL_SOCKET, SO_RCVBUF, BUFFER_BYTES);
    }
    option(fd, ArrivalNote.SOL_SOCKET, SO_SNDBUF, BUFFER_BYTES);
    int error = 0;
    if (key.dontFragment() && !option(fd, KernelSocket.SOL_IP, IP_MTU_DISCOVER, PMTUDISC_PROBE)) {
      error = Native.getLastError();
    }
    InetAddress source = key.source();
    if (error == 0 && source != null) {
      error = bind(fd, source);
    }
    if (error != 0) {
      LibC.close(fd);
      throw ConnectErrors.failure(Phase.SETUP, error, "ICMP socket", source);
    }
    return new KernelSocket(fd, key.ip6(), kind);
  }

  private static int bind(int fd, InetAddress source) {
    ByteBuffer name = ByteBuffer.allocateDirect(ADDRESS_BYTES).order(ByteOrder.nativeOrder());
    int length = MessageMemory.writeAddress(name, 0, source);
    try {
      return LibC.bind(fd, LibC.address(name), length) == 0 ? 0 : Native.getLastError();
    } finally {
      Reference.reachabilityFence(name);
    }
  }

  private static boolean option(int fd, int level, int name, int value) {
    ByteBuffer memory = ByteBuffer.allocateDirect(Integer.BYTES).order(ByteOrder.nativeOrder());
    memory.putInt(0, value);
    try {
      return LibC.setsockopt(fd, level, name, LibC.address(memory), Integer.BYTES) == 0;
    } finally {
      Reference.reachabilityFence(memory);
    }
  }

  private static ProbeFailure notAllowed(SocketKey key, int error) {
    if (error != Errno.EPERM && error != Errno.EACCES) {
      return ConnectErrors.failure(Phase.SETUP, error, key.family() + " ICMP socket", null);
    }
    return refused(
        key.dontFragment()
            ? "dont_fragment needs a raw ICMP socket, and this process may not open one: give it"
                + " the capability CAP_NET_RAW"
            : "this process may not open ICMP sockets: set the sysctl net.ipv4.ping_group_range so"
                + " that its group is within, or give it the capability CAP_NET_RAW");
  }

  private static ProbeFailure refused(String why) {
    return new ProbeFailure(Phase.SETUP, Reason.CONFIG, why);
  }
}
