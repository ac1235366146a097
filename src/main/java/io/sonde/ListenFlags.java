package io.sonde;

import io.sonde.cli.ServeOptions;
import io.sonde.probe.Transport;
import io.sonde.server.WebLocation;
import io.sonde.server.listen.ListenAddress;
import io.sonde.server.listen.SystemdSockets;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the flags say about where the daemon listens and is found. */
final class ListenFlags {
  private static final Logger logger = LoggerFactory.getLogger(ListenFlags.class);
  private static final String FAILED = "Error starting HTTP server";

  private ListenFlags() {}

  /**
   * Where to listen.
   *
   * @throws StartupException if an address is none, or systemd passed no sockets that will do
   */
  static List<ListenAddress> addresses(ServeOptions options) throws StartupException {
    if (options.systemdSocket()) {
      return inherited(options);
    }
    List<ListenAddress> addresses = new ArrayList<>();
    try {
      options.listenAddresses().forEach(text -> addresses.add(ListenAddress.parse(text)));
    } catch (IllegalArgumentException e) {
      throw new StartupException(FAILED, String.valueOf(e.getMessage()));
    }
    return addresses;
  }

  private static List<ListenAddress> inherited(ServeOptions options) throws StartupException {
    if (options.externalUrl().isEmpty()) {
      throw new StartupException(
          "Cannot automatically infer external URL with systemd socket listener. Please provide"
              + " --web.external-url",
          "a socket of systemd may have no port, or another one than clients see");
    }
    try {
      return SystemdSockets.find(System.getenv(), Transport.choose());
    } catch (IOException e) {
      throw new StartupException(
          FAILED,
          String.valueOf(e.getMessage()),
          "start the service by its socket unit, or leave --web.systemd-socket out");
    }
  }

  /**
   * Where the daemon is found.
   *
   * @param encrypted whether it speaks TLS
   * @throws StartupException if that cannot be known
   */
  static WebLocation location(
      ServeOptions options, List<ListenAddress> addresses, boolean encrypted)
      throws StartupException {
    if (options.externalUrl().isEmpty() && addresses.size() > 1) {
      logger.info("Inferring external URL from first provided listen address");
    }
    try {
      return WebLocation.of(
          options.externalUrl(), options.routePrefix(), addresses, encrypted ? "https" : "http");
    } catch (IllegalArgumentException e) {
      throw new StartupException(
          "failed to determine external URL", String.valueOf(e.getMessage()));
    }
  }
}
