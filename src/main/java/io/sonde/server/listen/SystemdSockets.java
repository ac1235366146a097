package io.sonde.server.listen;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import io.sonde.net.connect.LibC;
import io.sonde.probe.Transport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The sockets that systemd opened for this process (sd_listen_fds(3)). */
public final class SystemdSockets {
  private static final int FIRST_DESCRIPTOR = 3;
  private static final int MOST = 64;

  /** Of Linux, on every architecture that we have natives for. */
  private static final int SOL_SOCKET = 1;

  private static final int SO_TYPE = 3;
  private static final int SO_ACCEPTCONN = 30;
  private static final int SO_DOMAIN = 39;
  private static final int SOCK_STREAM = 1;
  private static final int AF_UNIX = 1;
  private static final int AF_INET = 2;
  private static final int AF_INET6 = 10;
  private static final int F_GETFL = 3;
  private static final int F_SETFL = 4;
  private static final int O_NONBLOCK = 0x800;

  private SystemdSockets() {}

  /**
   * Finds the sockets of this process, and makes them fit for event loops.
   *
   * @param environment where they are told
   * @param transport how they would be listened on
   * @throws IOException if there are none, or not what is needed; the message says why
   */
  public static List<ListenAddress> find(Map<String, String> environment, Transport transport)
      throws IOException {
    int count = count(environment);
    if (transport != Transport.EPOLL) {
      throw new IOException(
          "sockets of systemd need Netty's native epoll, which is not loaded here");
    }
    String[] names = environment.getOrDefault("LISTEN_FDNAMES", "").split(":", -1);
    List<ListenAddress> sockets = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String name = i < names.length ? names[i] : "";
      sockets.add(adopt(FIRST_DESCRIPTOR + i, name.equals("unknown") ? "" : name));
    }
    return sockets;
  }

  private static int count(Map<String, String> environment) throws IOException {
    String pid = environment.getOrDefault("LISTEN_PID", "");
    String count = environment.getOrDefault("LISTEN_FDS", "");
    if (!pid.equals(Long.toString(ProcessHandle.current().pid()))) {
      throw none(
          pid.isEmpty()
              ? "LISTEN_PID is not set; is this service started by a socket unit?"
              : "LISTEN_PID is " + pid + ", which is another process; start Java by exec");
    }
    try {
      int number = Integer.parseInt(count);
      if (number > 0 && number <= MOST) {
        return number;
      }
    } catch (NumberFormatException ignored) {
      // Reported below.
    }
    throw none("expected LISTEN_FDS between 1 and " + MOST + ", got \"" + count + "\"");
  }

  /** Takes one of them, of any number. */
  static InheritedSocket adopt(int descriptor, String name) throws IOException {
    int family = option(descriptor, SO_DOMAIN);
    InheritedSocket socket = new InheritedSocket(descriptor, name, family == AF_UNIX);
    boolean known = family == AF_UNIX || family == AF_INET || family == AF_INET6;
    if (!known
        || option(descriptor, SO_TYPE) != SOCK_STREAM
        || option(descriptor, SO_ACCEPTCONN) == 0) {
      throw new IOException(
          socket.text()
              + " is no listening stream socket; a socket unit needs ListenStream= and"
              + " Accept=no");
    }
    int flags = LibC.fcntl(descriptor, F_GETFL, 0);
    LibC.fcntl(descriptor, F_SETFL, flags | O_NONBLOCK);
    return socket;
  }

  private static int option(int descriptor, int name) throws IOException {
    try (Memory memory = new Memory(2L * Integer.BYTES)) {
      memory.setInt(0, 0);
      memory.setInt(Integer.BYTES, Integer.BYTES);
      long value = Pointer.nativeValue(memory);
      if (LibC.getsockopt(descriptor, SOL_SOCKET, name, value, value + Integer.BYTES) != 0) {
        throw new IOException(
            "descriptor " + descriptor + " is no socket (error " + Native.getLastError() + ")");
      }
      return memory.getInt(0);
    }
  }

  private static IOException none(String why) {
    return new IOException("no socket activation file descriptors found: " + why);
  }
}
