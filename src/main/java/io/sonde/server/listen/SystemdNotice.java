package io.sonde.server.listen;

import io.netty.channel.unix.Socket;
import io.sonde.probe.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells systemd how the service is doing, where its unit says {@code Type=notify} (sd_notify(3)).
 * Nobody waits for it, and a systemd that does not hear holds nothing up.
 */
public final class SystemdNotice {
  private static final Logger logger = LoggerFactory.getLogger(SystemdNotice.class);
  private static final String VARIABLE = "NOTIFY_SOCKET";

  /** Of the address; empty if nobody wants to be told. */
  private final byte[] address;

  private SystemdNotice(byte[] address) {
    this.address = address;
  }

  /**
   * A notice to whom the environment names.
   *
   * @param transport what sockets are made with; only the native one has those that are needed
   */
  public static SystemdNotice of(Map<String, String> environment, Transport transport) {
    String path = environment.getOrDefault(VARIABLE, "");
    if (!path.isEmpty() && transport != Transport.EPOLL) {
      logger.warn(
          "Cannot tell systemd when Sonde is ready: that needs Netty's native epoll, which is not"
              + " loaded here; set Type=exec in the unit");
      path = "";
    }
    // That of an abstract name begins with a zero byte, which a variable cannot hold.
    String written = path.startsWith("@") ? '\0' + path.substring(1) : path;
    return new SystemdNotice(written.getBytes(StandardCharsets.UTF_8));
  }

  /** Sonde serves, and every path is warm. */
  public void ready() {
    send("READY=1");
  }

  /** Sonde begins to end. */
  public void stopping() {
    send("STOPPING=1");
  }

  private void send(String state) {
    if (address.length == 0) {
      return;
    }
    byte[] text = state.getBytes(StandardCharsets.US_ASCII);
    ByteBuffer buffer = ByteBuffer.allocateDirect(text.length).put(text);
    Socket socket = Socket.newSocketDomainDgram();
    try {
      socket.sendToDomainSocket(buffer, 0, text.length, address);
    } catch (IOException e) {
      logger.atWarn().addKeyValue("err", e.getMessage()).log("Cannot tell systemd about the state");
    } finally {
      close(socket);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException ignored) {
      // Nothing is lost with it.
    }
  }
}
