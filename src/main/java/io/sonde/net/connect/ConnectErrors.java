package io.sonde.net.connect;

import io.netty.channel.unix.Errors.NativeIoException;
import io.netty.util.NetUtil;
import io.sonde.probe.Failure;
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
  private static final String NATIVE_MARK = "failed with error(-";
  private static final String TEXT_MARK = "): ";

  private ConnectErrors() {}

  /** Whether a socket could not be had because this process or machine has none left. */
  public static boolean isDescriptorShortage(Throwable cause) {
    int error = errorNumber(cause);
    return error == Errno.EMFILE || error == Errno.ENFILE;
  }

  /** What the system says, without the call that Netty's native sockets put before it. */
  public static String words(Throwable thrown) {
    String message = String.valueOf(thrown.getMessage());
    int mark = message.indexOf(NATIVE_MARK);
    int end = mark < 0 ? -1 : message.indexOf(TEXT_MARK, mark);
    return end < 0 ? message : message.substring(end + TEXT_MARK.length());
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
    return failure(errorNumber(cause), text(remote), source, cause);
  }

  /**
   * The failure that an error of the system means.
   *
   * @param error its number
   * @param peer who was to be reached
   * @param source the local address that was asked for, or null
   */
  public static ProbeFailure failure(
      Phase phase, int error, String peer, @Nullable InetAddress source) {
    Failure failure = failure(error, peer, source, null).failure();
    return new ProbeFailure(phase, failure.reason(), failure.message());
  }

  private static ProbeFailure failure(
      int error, String peer, @Nullable InetAddress source, @Nullable Throwable cause) {
    return switch (error) {
      case Errno.ECONNREFUSED -> failure(Reason.REFUSED, peer + ": connection refused", cause);
      case Errno.ENETUNREACH ->
          failure(Reason.UNREACHABLE, peer + ": network is unreachable", cause);
      case Errno.EHOSTUNREACH -> failure(Reason.UNREACHABLE, peer + ": no route to host", cause);
      case Errno.EAFNOSUPPORT ->
          failure(
              Reason.UNREACHABLE, peer + ": this machine does not have the address family", cause);
      case Errno.EPERM, Errno.EACCES ->
          failure(Reason.UNREACHABLE, peer + ": forbidden by this machine", cause);
      case Errno.ECONNRESET, Errno.ECONNABORTED ->
          failure(Reason.CLOSED, peer + ": connection reset by peer", cause);
      case Errno.ETIMEDOUT -> failure(Reason.TIMEOUT, peer + ": the system gave up waiting", cause);
      case Errno.EMFILE ->
          failure(Reason.DESCRIPTORS, peer + ": this process has no file descriptor left", cause);
      case Errno.ENFILE ->
          failure(Reason.DESCRIPTORS, peer + ": this machine has no file descriptor left", cause);
      case Errno.EINVAL -> failure(Reason.CONFIG, peer + ": not an address to connect to", cause);
      case Errno.EADDRNOTAVAIL, Errno.EADDRINUSE -> noLocalAddress(peer, source, cause);
      default -> unknown(error, peer, cause);
    };
  }

  private static ProbeFailure noLocalAddress(
      String peer, @Nullable InetAddress source, @Nullable Throwable cause) {
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

  private static ProbeFailure unknown(int error, String peer, @Nullable Throwable cause) {
    if (cause instanceof NoRouteToHostException) {
      return failure(Reason.UNREACHABLE, peer + ": no route to host", cause);
    }
    if (cause instanceof PortUnreachableException) {
      return failure(Reason.REFUSED, peer + ": connection refused", cause);
    }
    if (cause instanceof ClosedChannelException) {
      return failure(Reason.CLOSED, peer + ": closed while connecting", cause);
    }
    return failure(
        Reason.UNREACHABLE, peer + ": " + (cause == null ? "error " + error : words(cause)), cause);
  }

  private static ProbeFailure failure(Reason reason, String message, @Nullable Throwable cause) {
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
              : cause instanceof FileNotFoundException
                  ? Errno.ENOENT
                  : fromText(cause.getMessage());
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
    REFUSED("Connection refused", Errno.ECONNREFUSED),
    NETWORK("Network is unreachable", Errno.ENETUNREACH),
    HOST("No route to host", Errno.EHOSTUNREACH),
    FAMILY("Address family not supported", Errno.EAFNOSUPPORT),
    PROTOCOL("Protocol family unavailable", Errno.EAFNOSUPPORT),
    PERMITTED("Operation not permitted", Errno.EPERM),
    PERMISSION("Permission denied", Errno.EACCES),
    RESET("Connection reset", Errno.ECONNRESET),
    TIMED_OUT("Connection timed out", Errno.ETIMEDOUT),
    FILES("Too many open files in system", Errno.ENFILE),
    DESCRIPTORS("Too many open files", Errno.EMFILE),
    ARGUMENT("Invalid argument", Errno.EINVAL),
    NOT_AVAILABLE("Cannot assign requested address", Errno.EADDRNOTAVAIL),
    IN_USE("Address already in use", Errno.EADDRINUSE),
    NO_FILE("No such file or directory", Errno.ENOENT),
    NO_FOLDER("Not a directory", Errno.ENOTDIR),
    LINKS("Too many levels of symbolic links", Errno.ELOOP),
    SOCKET_TYPE("Protocol wrong type for socket", Errno.EPROTOTYPE),
    AGAIN("Resource temporarily unavailable", Errno.EAGAIN);

    private final String text;
    private final int error;

    SystemText(String text, int error) {
      this.text = text;
      this.error = error;
    }
  }
}
