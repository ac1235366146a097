package io.sonde.net.connect;

import io.netty.channel.unix.Errors.NativeIoException;
import io.netty.util.NetUtil;
import io.sonde.probe.Phase;
import io.sonde.probe.ProbeFailure;
import io.sonde.probe.Reason;
import java.io.FileNotFoundException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;

/**
 * Turns what a failed connect throws into a reason. Netty's native sockets tell the error number,
 * in the exception or only in its message; the JDK's tell the C library's text.
 */
public final class ConnectErrors {
  // Linux error numbers, asm-generic/errno.h.
  static final int EPERM = 1;
  static final int ENOENT = 2;
  static final int EAGAIN = 11;
  static final int EACCES = 13;
  static final int ENOTDIR = 20;
  private static final int EINVAL = 22;
  static final int ENFILE = 23;
  static final int EMFILE = 24;
  static final int ELOOP = 40;
  static final int EPROTOTYPE = 91;
  private static final int EAFNOSUPPORT = 97;
  private static final int EADDRINUSE = 98;
  private static final int EADDRNOTAVAIL = 99;
  private static final int ENETUNREACH = 101;
  private static final int ECONNABORTED = 103;
  private static final int ECONNRESET = 104;
  private static final int ETIMEDOUT = 110;
  static final int ECONNREFUSED = 111;
  private static final int EHOSTUNREACH = 113;

  private static final String NATIVE_MARK = "failed with error(-";

  private ConnectErrors() {}

  /** Whether a socket could not be had because this process or machine has none left. */
  public static boolean isDescriptorShortage(Throwable cause) {
    int error = errorNumber(cause);
    return error == EMFILE || error == ENFILE;
  }

  /** {@code address:port}, IPv6 in brackets. */
  static String text(InetSocketAddress remote) {
    return NetUtil.toSocketAddressString(remote);
  }

  /**
   * The failure that {@code cause} means for a connect to {@code remote}.
   *
   * @param source the local address that was asked for, or null
   */
  public static ProbeFailure failure(
      Throwable cause, InetSocketAddress remote, @Nullable InetAddress source) {
    int error = errorNumber(cause);
    String peer = text(remote);
    return switch (error) {
      case ECONNREFUSED -> failure(Reason.REFUSED, peer + ": connection refused", cause);
      case ENETUNREACH -> failure(Reason.UNREACHABLE, peer + ": network is unreachable", cause);
      case EHOSTUNREACH -> failure(Reason.UNREACHABLE, peer + ": no route to host", cause);
      case EAFNOSUPPORT ->
          failure(
              Reason.UNREACHABLE, peer + ": this machine does not have the address family", cause);
      case EPERM, EACCES ->
          failure(Reason.UNREACHABLE, peer + ": forbidden by this machine", cause);
      case ECONNRESET, ECONNABORTED ->
          failure(Reason.CLOSED, peer + ": connection reset by peer", cause);
      case ETIMEDOUT -> failure(Reason.TIMEOUT, peer + ": the system gave up waiting", cause);
      case EMFILE ->
          failure(Reason.DESCRIPTORS, peer + ": this process has no file descriptor left", cause);
      case ENFILE ->
          failure(Reason.DESCRIPTORS, peer + ": this machine has no file descriptor left", cause);
      case EINVAL -> failure(Reason.CONFIG, peer + ": not an address to connect to", cause);
      case EADDRNOTAVAIL, EADDRINUSE -> noLocalAddress(peer, source, cause);
      default -> unknown(peer, cause);
    };
  }

  private static ProbeFailure noLocalAddress(
      String peer, @Nullable InetAddress source, Throwable cause) {
    if (source == null) {
      return failure(Reason.DESCRIPTORS, peer + ": this machine has no local port left", cause);
    }
    return failure(
        Reason.CONFIG,
        peer
            + ": cannot connect from "
            + source.getHostAddress()
            + ": not an address of this machine, or no local port left",
        cause);
  }

  private static ProbeFailure unknown(String peer, Throwable cause) {
    if (cause instanceof NoRouteToHostException) {
      return failure(Reason.UNREACHABLE, peer + ": no route to host", cause);
    }
    if (cause instanceof PortUnreachableException) {
      return failure(Reason.REFUSED, peer + ": connection refused", cause);
    }
    if (cause instanceof ClosedChannelException) {
      return failure(Reason.CLOSED, peer + ": closed while connecting", cause);
    }
    return failure(Reason.UNREACHABLE, peer + ": " + cause.getMessage(), cause);
  }

  private static ProbeFailure failure(Reason reason, String message, Throwable cause) {
    return new ProbeFailure(Phase.CONNECT, reason, message, cause);
  }

  /** The error number behind {@code thrown} or one of its causes, or 0. */
  static int errorNumber(Throwable thrown) {
    Throwable cause = thrown;
    for (int depth = 0; cause != null && depth < 4; depth++, cause = cause.getCause()) {
      int error =
          cause instanceof NativeIoException e
              ? -e.expectedErr()
              // So says Netty of a unix socket that is not there.
              : cause instanceof FileNotFoundException ? ENOENT : fromText(cause.getMessage());
      if (error != 0) {
        return error;
      }
    }
    return 0;
  }

  private static int fromText(@Nullable String message) {
    if (message == null) {
      return 0;
    }
    int mark = message.indexOf(NATIVE_MARK);
    if (mark >= 0) {
      int number = 0;
      for (int i = mark + NATIVE_MARK.length(); Character.isDigit(message.charAt(i)); i++) {
        number = number * 10 + Character.digit(message.charAt(i), 10);
      }
      return number;
    }
    for (SystemText text : SystemText.values()) {
      if (message.contains(text.text)) {
        return text.error;
      }
    }
    return 0;
  }

  /** What the C library says, as far as the JDK passes it on. */
  private enum SystemText {
    REFUSED("Connection refused", ECONNREFUSED),
    NETWORK("Network is unreachable", ENETUNREACH),
    HOST("No route to host", EHOSTUNREACH),
    FAMILY("Address family not supported", EAFNOSUPPORT),
    PROTOCOL("Protocol family unavailable", EAFNOSUPPORT),
    PERMITTED("Operation not permitted", EPERM),
    PERMISSION("Permission denied", EACCES),
    RESET("Connection reset", ECONNRESET),
    TIMED_OUT("Connection timed out", ETIMEDOUT),
    FILES("Too many open files in system", ENFILE),
    DESCRIPTORS("Too many open files", EMFILE),
    ARGUMENT("Invalid argument", EINVAL),
    NOT_AVAILABLE("Cannot assign requested address", EADDRNOTAVAIL),
    IN_USE("Address already in use", EADDRINUSE),
    NO_FILE("No such file or directory", ENOENT),
    NO_FOLDER("Not a directory", ENOTDIR),
    LINKS("Too many levels of symbolic links", ELOOP),
    SOCKET_TYPE("Protocol wrong type for socket", EPROTOTYPE),
    AGAIN("Resource temporarily unavailable", EAGAIN);

    private final String text;
    private final int error;

    SystemText(String text, int error) {
      this.text = text;
      this.error = error;
    }
  }
}
