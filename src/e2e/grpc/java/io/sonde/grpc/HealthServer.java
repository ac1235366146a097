package io.sonde.grpc;

import io.grpc.BindableService;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** The health service of grpc-java, in plain text and over TLS, until the process is ended. */
public final class HealthServer {
  private final HealthStatusManager health = new HealthStatusManager();

  private HealthServer() {
    health.setStatus("up", ServingStatus.SERVING);
    health.setStatus("down", ServingStatus.NOT_SERVING);
    health.setStatus("unknown", ServingStatus.UNKNOWN);
  }

  /**
   * Arguments: {@code plain=PORT}, on all of 127.0.0.1 to 127.0.0.16; {@code bare=PORT}, which has
   * no service; {@code CERTIFICATE=PORT}, where two files of that name end in {@code .pem} and
   * {@code .key}.
   */
  public static void main(String[] listeners) throws IOException, InterruptedException {
    HealthServer server = new HealthServer();
    for (String listener : listeners) {
      String[] pair = listener.split("=", 2);
      server.listen(pair[0], Integer.parseInt(pair[1]));
    }
    Thread.currentThread().join();
  }

  private void listen(String kind, int port) throws IOException {
    NettyServerBuilder builder = NettyServerBuilder.forAddress(address(1, port));
    if (kind.equals("plain")) {
      for (int last = 2; last <= 16; last++) {
        builder.addListenAddress(address(last, port));
      }
    } else if (!kind.equals("bare")) {
      builder.useTransportSecurity(new File(kind + ".pem"), new File(kind + ".key"));
    }
    if (!kind.equals("bare")) {
      BindableService service = health.getHealthService();
      builder.addService(service).intercept(new Behaviour());
    }
    builder.build().start();
  }

  private static InetSocketAddress address(int last, int port) throws IOException {
    return new InetSocketAddress(
        InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last}), port);
  }
}
