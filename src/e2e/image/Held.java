import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps probes in flight: asks the exporter at port {@code args[0]} for {@code args[1]} probes of a
 * target that accepts and stays silent, and says {@code held} once it has them all. After a line on
 * standard input the target answers, and the number of probes that passed is printed.
 */
final class Held {
  private static final int MILLIS_TO_ACCEPT = 60_000;
  private static final int MILLIS_TO_ANSWER = 60_000;
  private static final String ANSWER =
      "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

  private Held() {}

  public static void main(String[] args) throws IOException {
    int port = Integer.parseInt(args[0]);
    int count = Integer.parseInt(args[1]);
    InetAddress loopback = InetAddress.getByName("127.0.0.1");
    try (ServerSocket target = new ServerSocket(0, count, loopback)) {
      target.setSoTimeout(MILLIS_TO_ACCEPT);
      List<Socket> scrapes = new ArrayList<>();
      List<Socket> held = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        scrapes.add(scrape(new InetSocketAddress(loopback, port), target.getLocalPort()));
        held.add(target.accept());
      }
      System.out.println("held");
      System.in.read();
      for (Socket probe : held) {
        probe.getOutputStream().write(ANSWER.getBytes(StandardCharsets.US_ASCII));
        probe.close();
      }
      int passed = 0;
      for (Socket scrape : scrapes) {
        scrape.setSoTimeout(MILLIS_TO_ANSWER);
        String answer = new String(scrape.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        passed += answer.contains("\nprobe_success 1") ? 1 : 0;
        scrape.close();
      }
      System.out.println(passed);
    }
  }

  private static Socket scrape(InetSocketAddress exporter, int target) throws IOException {
    Socket socket = new Socket();
    socket.connect(exporter, MILLIS_TO_ACCEPT);
    String request =
        "GET /probe?module=http_2xx&target=http://127.0.0.1:%d/ HTTP/1.1\r\n".formatted(target)
            + "Host: sonde\r\nConnection: close\r\n"
            + "X-Prometheus-Scrape-Timeout-Seconds: 300\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }
}
