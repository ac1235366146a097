package io.sonde.testkit;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** One connection of a {@link Peer}: what is done on it, and what came in. */
public final class Conversation {
  /** Bytes that arrived together. */
  public record Arrival(long atNanos, int bytes) {}

  private final Socket socket;
  private final List<Peer.Step> script;
  private final ByteArrayOutputStream received = new ByteArrayOutputStream();
  private final List<Arrival> arrivals = new ArrayList<>();
  private InputStream in;
  private OutputStream out;
  private @Nullable SSLSocket tls;
  private @Nullable Thread thread;
  private @Nullable IOException failure;
  private boolean ended;

  Conversation(Socket socket, List<Peer.Step> script) throws IOException {
    this.socket = socket;
    this.script = script;
    this.in = socket.getInputStream();
    this.out = socket.getOutputStream();
  }

  /** All that has arrived so far, decrypted; bytes as Latin-1. */
  public synchronized String received() {
    return received.toString(StandardCharsets.ISO_8859_1);
  }

  /** When what arrived, by {@link System#nanoTime()} after the read returned. */
  public synchronized List<Arrival> arrivals() {
    return List.copyOf(arrivals);
  }

  /** Returns once {@code text} has arrived. */
  public synchronized void awaitReceived(String text) {
    long giveUpAt = Threads.giveUpAt();
    while (!received().contains(text)) {
      Threads.awaitChange(this, giveUpAt, "expected to receive " + text + ", got " + received());
    }
  }

  /** Returns once the connection has ended, whoever ended it. */
  public synchronized void awaitEnd() {
    long giveUpAt = Threads.giveUpAt();
    while (!ended) {
      Threads.awaitChange(this, giveUpAt, "expected the connection to end");
    }
  }

  /** What broke the script off, such as a failed handshake; null if nothing did. */
  public synchronized @Nullable IOException failure() {
    return failure;
  }

  /** The port that the connection comes from. */
  public int remotePort() {
    return socket.getPort();
  }

  /** The address that the connection comes from. */
  public String remoteAddress() {
    return socket.getInetAddress().getHostAddress();
  }

  /** The server's side of the TLS session; only after {@link Peer#startsTls}. */
  public synchronized SSLSocket tls() {
    if (tls == null) {
      throw new IllegalStateException("no TLS on this connection");
    }
    return tls;
  }

  void start(String name) {
    thread = Threads.start(name, this::play);
  }

  private void play() {
    try {
      for (Peer.Step step : script) {
        step.run(this);
      }
      drain();
    } catch (IOException e) {
      synchronized (this) {
        failure = e;
      }
    } catch (InterruptedException ignored) {
      // The peer was closed while waiting for a cue.
    } finally {
      Threads.closeQuietly(socket);
      synchronized (this) {
        ended = true;
        notifyAll();
      }
    }
  }

  public void write(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  /** Reads and records {@code count} bytes, and hands them over. */
  public byte[] take(int count) throws IOException {
    int from = size();
    read(count);
    synchronized (this) {
      return Arrays.copyOfRange(received.toByteArray(), from, from + count);
    }
  }

  void read(int count) throws IOException {
    int target = size() + count;
    while (size() < target) {
      if (!readSome(target - size())) {
        throw new EOFException("expected " + (target - size()) + " more bytes, got end of stream");
      }
    }
  }

  void readUntil(String text) throws IOException {
    int from = size();
    // Byte by byte, so that nothing behind the text is swallowed.
    while (received().indexOf(text, from) < 0) {
      if (!readSome(1)) {
        throw new EOFException("expected " + text + ", got end of stream after " + received());
      }
    }
  }

  void drain() throws IOException {
    while (readSome(65_536)) {
      // readSome records.
    }
  }

  void startTls(SSLContext context, String... protocols) throws IOException {
    SSLSocket layered =
        (SSLSocket)
            context
                .getSocketFactory()
                .createSocket(
                    tls == null ? socket : tls, socket.getInetAddress().getHostAddress(), 0, true);
    layered.setUseClientMode(false);
    SSLParameters parameters = layered.getSSLParameters();
    parameters.setApplicationProtocols(protocols);
    layered.setSSLParameters(parameters);
    synchronized (this) {
      tls = layered;
    }
    layered.startHandshake();
    in = layered.getInputStream();
    out = layered.getOutputStream();
  }

  void close() throws IOException {
    if (tls != null) {
      tls.shutdownOutput();
    }
    cutOff();
  }

  void cutOff() throws IOException {
    // Closing with bytes unread would send a reset: say FIN, then read to the end.
    socket.shutdownOutput();
    in = socket.getInputStream();
    byte[] rest = new byte[4_096];
    while (in.read(rest) >= 0) {
      // Ciphertext or plain text that came too late is of no interest.
    }
  }

  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  void kill() {
    Threads.closeQuietly(socket);
    if (thread != null) {
      thread.interrupt();
    }
  }

  private synchronized int size() {
    return received.size();
  }

  private boolean readSome(int atMost) throws IOException {
    byte[] buffer = new byte[atMost];
    int count = in.read(buffer);
    if (count < 0) {
      return false;
    }
    long now = System.nanoTime();
    synchronized (this) {
      received.write(buffer, 0, count);
      arrivals.add(new Arrival(now, count));
      notifyAll();
    }
    return true;
  }
}
