package io.sonde.rig;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Somebody who tries passwords at a steady pace over a few connections that are kept, each password
 * another one. Answers are counted by status; a guess that finds the one before it unanswered
 * waits.
 */
public final class Guessing implements AutoCloseable {
  private static final int CONNECTIONS = 32;

  private final int port;
  private final String user;
  private final long paceNanos;
  private final Map<Integer, AtomicLong> statuses = new ConcurrentHashMap<>();
  private final AtomicLong guesses = new AtomicLong();
  private final long begin = System.nanoTime();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean stopped;

  private Guessing(int port, String user, int perSecond) {
    this.port = port;
    this.user = user;
    paceNanos = 1_000_000_000L * CONNECTIONS / perSecond;
  }

  /** Begins to guess the password of a user. */
  public static Guessing start(int port, String user, int perSecond) {
    Guessing guessing = new Guessing(port, user, perSecond);
    for (int i = 0; i < CONNECTIONS; i++) {
      Thread thread = new Thread(guessing::guessOn, "guessing");
      thread.setDaemon(true);
      guessing.threads.add(thread);
      thread.start();
    }
    return guessing;
  }

  private void guessOn() {
    while (!stopped) {
      try (Socket socket = new Socket("127.0.0.1", port)) {
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(10_000);
        InputStream in = new BufferedInputStream(socket.getInputStream());
        long next = System.nanoTime();
        while (!stopped) {
          socket.getOutputStream().write(guess());
          int status = Http.read(in, false).status();
          statuses.computeIfAbsent(status, ignored -> new AtomicLong()).incrementAndGet();
          next = Math.max(next + paceNanos, System.nanoTime() - paceNanos);
          LockSupport.parkNanos(next - System.nanoTime());
        }
      } catch (IOException e) {
        statuses.computeIfAbsent(0, ignored -> new AtomicLong()).incrementAndGet();
        LockSupport.parkNanos(paceNanos);
      }
    }
  }

  private byte[] guess() {
    String pair = user + ":wrong-" + guesses.incrementAndGet();
    String coded = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    String request =
        "GET /probe?module=http&target=x HTTP/1.1\r\nHost: a\r\nAuthorization: Basic " + coded;
    return (request + "\r\n\r\n").getBytes(StandardCharsets.UTF_8);
  }

  /** How many were answered per second so far. */
  public double perSecond() {
    long answered = statuses.values().stream().mapToLong(AtomicLong::get).sum();
    return answered / ((System.nanoTime() - begin) / 1e9);
  }

  /** Answers by status; 0 stands for none. */
  public Map<Integer, AtomicLong> statuses() {
    return statuses;
  }

  @Override
  public void close() {
    stopped = true;
    for (Thread thread : threads) {
      LockSupport.unpark(thread);
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
