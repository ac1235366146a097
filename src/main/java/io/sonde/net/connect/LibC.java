package io.sonde.net.connect;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.lang.ref.Reference;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The system calls that neither the JDK nor Netty makes, on 64-bit Linux. Loading this class loads
 * JNA; all memory is given by its address, which is how JNA is cheapest. After a call that failed,
 * {@link Native#getLastError} knows the number of the error.
 */
public final class LibC {
  private static final int AF_INET = 2;
  private static final byte[] LOOPBACK = {127, 0, 0, 1};
  private static final int SOCKADDR_IN_BYTES = 16;

  static {
    Native.register(LibC.class, "c");
  }

  private LibC() {}

  /** socket(2). */
  public static native int socket(int domain, int type, int protocol);

  /** setsockopt(2). */
  public static native int setsockopt(int fd, int level, int name, long value, int length);

  /** getsockopt(2). */
  public static native int getsockopt(int fd, int level, int name, long value, long length);

  /** fcntl(2), of the commands that take a number. */
  public static native int fcntl(int fd, int command, int argument);

  /** bind(2). */
  public static native int bind(int fd, long address, int length);

  static native int connect(int fd, long address, int length);

  /** sendmsg(2). */
  public static native long sendmsg(int fd, long message, int flags);

  /** recvmsg(2). */
  public static native long recvmsg(int fd, long message, int flags);

  /** close(2). */
  public static native int close(int fd);

  /** Where a direct buffer lies; good for as long as the buffer is. */
  public static long address(ByteBuffer direct) {
    return Pointer.nativeValue(Native.getDirectBufferPointer(direct));
  }

  static InetAddress loopback() {
    try {
      return InetAddress.getByAddress(LOOPBACK);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Connects to a port of 127.0.0.1, waiting until it stands. */
  static boolean connect(int fd, int port) {
    ByteBuffer peer = ByteBuffer.allocateDirect(SOCKADDR_IN_BYTES).order(ByteOrder.nativeOrder());
    peer.putShort(0, (short) AF_INET);
    peer.order(ByteOrder.BIG_ENDIAN).putShort(2, (short) port).position(4);
    peer.put(LOOPBACK);
    try {
      return connect(fd, address(peer), SOCKADDR_IN_BYTES) == 0;
    } finally {
      Reference.reachabilityFence(peer);
    }
  }
}
