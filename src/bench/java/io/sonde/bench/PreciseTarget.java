package io.sonde.bench;

import io.sonde.rig.Child;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * An HTTP server that answers every request exactly 20 ms after it has read it and keeps a record
 * of what it really did. {@code GET /t?id=N} is such a request; {@code GET /records} answers at
 * once with lines of {@code id nanos}, the time from reading a request to writing its answer, and
 * forgets them.
 *
 * <p>One thread does all. It sleeps in {@code select} while nothing is due within a millisecond,
 * then looks at its sockets at least every 50 us, and spins for the last 150 us before an answer.
 */
final class PreciseTarget {
  private static final long DELAY_NANOS = 20_000_000;
  private static final long SPIN_NANOS = 150_000;
  private static final long NAP_NANOS = 50_000;
  private static final byte[] ANSWER =
      "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\nok\n"
          .getBytes(StandardCharsets.US_ASCII);

  private final Selector selector = Selector.open();
  private final ServerSocketChannel server = ServerSocketChannel.open();
  private final ArrayDeque<Pending> pending = new ArrayDeque<>();
  private final List<SocketChannel> held = new ArrayList<>();
  private final StringBuilder records = new StringBuilder();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(16_384);
  private final ByteBuffer answer = ByteBuffer.allocateDirect(ANSWER.length);

  private record Pending(SocketChannel channel, String id, long arrivedNanos) {
    long dueNanos() {
      return arrivedNanos + DELAY_NANOS;
    }
  }

  private PreciseTarget(int port) throws IOException {
    server.bind(new InetSocketAddress("127.0.0.1", port), 4_096);
    server.configureBlocking(false);
    server.register(selector, SelectionKey.OP_ACCEPT);
    answer.put(ANSWER).flip();
  }

  /**
   * Starts it in a process of its own that gets a core whenever it wants one, if that is allowed: a
   * target that waits for a core reads late, and its record cannot tell.
   */
  static Child start(Path folder, int port) throws IOException {
    List<String> command = new ArrayList<>(List.of("chrt", "-r", "1"));
    if (!succeeds("chrt", "-r", "1", "true")) {
      System.out.println("bench: the target has no real-time priority here, and will be late");
      command = new ArrayList<>(List.of("nice", "-n", "-10"));
    }
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            PreciseTarget.class.getName(),
            Integer.toString(port)));
    return Child.start("precise-target", folder, command);
  }

  private static boolean succeeds(String... command) {
    try {
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException ignored) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  public static void main(String[] arguments) throws IOException {
    new PreciseTarget(Integer.parseInt(arguments[0])).serve();
  }

  private void serve() throws IOException {
    while (true) {
      long left =
          pending.isEmpty() ? Long.MAX_VALUE : pending.peek().dueNanos() - System.nanoTime();
      if (left > 1_500_000) {
        selector.select(pending.isEmpty() ? 0 : left / 1_000_000 - 1 + (left < 2_000_000 ? 1 : 0));
      } else {
        if (left > SPIN_NANOS + NAP_NANOS) {
          LockSupport.parkNanos(NAP_NANOS);
        }
        selector.selectNow();
      }
      for (SelectionKey key : selector.selectedKeys()) {
        if (key.isAcceptable()) {
          acceptAll();
        } else {
          receive((SocketChannel) key.channel());
        }
        answerDue();
      }
      selector.selectedKeys().clear();
      answerDue();
    }
  }

  private void acceptAll() throws IOException {
    for (SocketChannel channel = server.accept(); channel != null; channel = server.accept()) {
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.register(selector, SelectionKey.OP_READ);
      answerDue();
    }
  }

  /** Reads a request, which loopback delivers whole. */
  private void receive(SocketChannel channel) throws IOException {
    buffer.clear();
    int size;
    try {
      size = channel.read(buffer);
    } catch (IOException reset) {
      size = -1;
    }
    long now = System.nanoTime();
    if (size <= 0) {
      channel.close();
      return;
    }
    String path = path();
    int id = path.indexOf("id=");
    if (id >= 0) {
      pending.add(new Pending(channel, path.substring(id + 3), now));
      return;
    }
    switch (path) {
      case "/hold" -> held.add(channel);
      case "/held" -> say(channel, Integer.toString(held.size()));
      case "/release" -> {
        say(channel, Integer.toString(held.size()));
        release();
      }
      default -> {
        say(channel, records.toString());
        records.setLength(0);
      }
    }
  }

  private void release() throws IOException {
    for (SocketChannel channel : held) {
      answer(channel);
    }
    held.clear();
  }

  private void answer(SocketChannel channel) throws IOException {
    try {
      channel.write(answer.duplicate());
    } catch (IOException ignored) {
      // The client has gone; the record of what was done stays true.
    }
    channel.close();
  }

  private String path() {
    StringBuilder line = new StringBuilder();
    for (int i = "GET ".length(); i < buffer.position() && buffer.get(i) != ' '; i++) {
      line.append((char) buffer.get(i));
    }
    return line.toString();
  }

  private void answerDue() throws IOException {
    while (!pending.isEmpty() && pending.peek().dueNanos() <= System.nanoTime()) {
      Pending next = pending.remove();
      long now = System.nanoTime();
      answer(next.channel());
      records.append(next.id()).append(' ').append(now - next.arrivedNanos()).append('\n');
    }
  }

  private static void say(SocketChannel channel, String body) throws IOException {
    String head = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: ";
    String text = head + body.length() + "\r\n\r\n" + body;
    ByteBuffer out = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    while (out.hasRemaining()) {
      channel.write(out);
    }
    channel.close();
  }
}
