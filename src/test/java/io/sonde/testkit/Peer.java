package io.sonde.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/**
 * A server on a loopback port that follows a script, read like a sentence: {@code
 * peer.readsUntil("\r\n\r\n").sends("220 ready\r\n").closes()}. Every connection gets the script
 * from its beginning; {@link #thenOnNextConnection()} begins another for the connections after the
 * first. A script that has run out stays silent and goes on recording what arrives. Plain blocking
 * sockets and a thread for each connection: nothing of what is under test judges itself.
 */
public final class Peer implements AutoCloseable {
  private static final int BACKLOG = 512;

  private final ServerSocket listener;
  private final List<List<Step>> scripts = new ArrayList<>();
  private final List<Conversation> conversations = new ArrayList<>();
  private final Semaphore cues = new Semaphore(0);
  private final Semaphore waitingForCue = new Semaphore(0);
  private boolean closed;

  /** One thing that a peer does. */
  @FunctionalInterface
  public interface Step {
    /** Does it; blocks until done. */
    void run(Conversation conversation) throws IOException, InterruptedException;
  }

  private Peer(ServerSocket listener) {
    this.listener = listener;
    this.scripts.add(new ArrayList<>());
    Threads.start("peer-" + listener.getLocalPort(), this::acceptAll);
  }

  /** A peer at 127.0.0.1. */
  public static Peer listening() {
    return listeningAt("127.0.0.1");
  }

  /** A peer at a loopback address of either family. */
  public static Peer listeningAt(String loopbackAddress) {
    try {
      InetAddress address = InetAddress.getByName(loopbackAddress);
      ServerSocket listener = new ServerSocket();
      listener.bind(new InetSocketAddress(address, 0), BACKLOG);
      return new Peer(listener);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where it listens, as {@code host:port}; an IPv6 address in brackets. */
  public String address() {
    String host = listener.getInetAddress().getHostAddress();
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port();
  }

  /** The port it listens on. */
  public int port() {
    return listener.getLocalPort();
  }

  // ---- the script ----

  /** Sends text, as UTF-8. */
  public Peer sends(String text) {
    return sends(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends bytes at once. */
  public Peer sends(byte[] bytes) {
    return does(conversation -> conversation.write(bytes));
  }

  /** Sends text byte by byte, each in a segment of its own, each on a cue of the test. */
  public Peer dripsOnCue(String text) {
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      waitsForCue().sends(new byte[] {b});
    }
    return this;
  }

  /** Reads exactly {@code count} bytes. */
  public Peer reads(int count) {
    return does(conversation -> conversation.read(count));
  }

  /** Reads until {@code text} has arrived. */
  public Peer readsUntil(String text) {
    return does(conversation -> conversation.readUntil(text));
  }

  /**
   * Performs the server's side of a TLS handshake; what follows is said over TLS.
   *
   * @param protocols what it speaks, by ALPN; nothing leaves the extension unanswered
   */
  public Peer startsTls(SSLContext context, String... protocols) {
    return does(conversation -> conversation.startTls(context, protocols));
  }

  /** Says nothing until {@link #cue()}. */
  public Peer waitsForCue() {
    return does(
        conversation -> {
          waitingForCue.release();
          cues.acquire();
        });
  }

  /** Ends the connection in good order (over TLS with close_notify), reading what still comes. */
  public Peer closes() {
    return does(Conversation::close);
  }

  /** Ends the connection below TLS: no close_notify, as if the peer had died. */
  public Peer cutsOff() {
    return does(Conversation::cutOff);
  }

  /** Aborts the connection: the other side sees a reset. */
  public Peer resets() {
    return does(Conversation::reset);
  }

  /** Reads and records, says nothing, until the other side ends the connection. */
  public Peer staysSilent() {
    return does(Conversation::drain);
  }

  /** Does something that has no word of its own yet. */
  public synchronized Peer does(Step step) {
    scripts.get(scripts.size() - 1).add(step);
    return this;
  }

  /** Begins the script of the next connection; the last one holds for all further ones. */
  public synchronized Peer thenOnNextConnection() {
    scripts.add(new ArrayList<>());
    return this;
  }

  // ---- the test's side ----

  /** Lets the script go on from one {@link #waitsForCue()}. */
  public void cue() {
    cues.release();
  }

  /** Returns once a script has reached a cue that no earlier call of this method has seen. */
  public void awaitCuePoint() {
    try {
      if (!waitingForCue.tryAcquire(Threads.PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("expected the peer to reach its cue");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** How many connections were accepted so far. */
  public synchronized int connections() {
    return conversations.size();
  }

  /** The connection of that number, from 0; waits for it to be accepted. */
  public synchronized Conversation connection(int number) {
    long giveUpAt = Threads.giveUpAt();
    while (conversations.size() <= number) {
      Threads.awaitChange(this, giveUpAt, "expected connection " + number);
    }
    return conversations.get(number);
  }

  /** All that has arrived on the first connection so far, decrypted; bytes as Latin-1. */
  public String received() {
    return connection(0).received();
  }

  /** Stops listening and ends every connection. */
  @Override
  public void close() {
    List<Conversation> open;
    synchronized (this) {
      closed = true;
      open = List.copyOf(conversations);
    }
    Threads.closeQuietly(listener);
    open.forEach(Conversation::kill);
  }

  private void acceptAll() {
    try {
      while (true) {
        converse(listener.accept());
      }
    } catch (IOException ignored) {
      // The listener was closed: the test is over.
    }
  }

  private synchronized void converse(Socket socket) throws IOException {
    if (closed) {
      socket.close();
      return;
    }
    socket.setTcpNoDelay(true);
    List<Step> script = scripts.get(Math.min(conversations.size(), scripts.size() - 1));
    Conversation conversation = new Conversation(socket, List.copyOf(script));
    conversations.add(conversation);
    notifyAll();
    conversation.start("peer-" + port() + "-" + conversations.size());
  }
}
