package io.sonde.stack;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.sonde.rig.Ports;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A web page that can go away, come back, answer with another status, and take its time. */
final class DemoTarget implements Closeable {
  private static final char[] PASSWORD = "loopback".toCharArray();
  private static final int BACKLOG = 64;

  private final int port;
  private SSLContext tls;
  private final ExecutorService workers =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work);
            thread.setDaemon(true);
            return thread;
          });
  private volatile int status = 200;
  private volatile int pauseMillis;
  private HttpServer server;

  private DemoTarget(SSLContext tls) throws IOException {
    this.tls = tls;
    port = Ports.free();
    up();
  }

  /** One without TLS. */
  static DemoTarget plain() throws IOException {
    return new DemoTarget(null);
  }

  /** One that presents the certificate of a PKCS#12 file. */
  static DemoTarget presenting(Path file) throws IOException {
    return new DemoTarget(context(file));
  }

  private static SSLContext context(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, PASSWORD);
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, PASSWORD);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  /** Has another certificate from now on. */
  void replacesItsCertificate(Path file) throws IOException {
    tls = context(file);
    down();
    up();
  }

  /** Answers with this status from now on; 401 asks for a password. */
  DemoTarget answering(int newStatus) {
    status = newStatus;
    return this;
  }

  /** Waits that long before each answer from now on. */
  DemoTarget taking(int millis) {
    pauseMillis = millis;
    return this;
  }

  /** Goes away: connections are refused. */
  void down() {
    server.stop(0);
  }

  /** Comes back. */
  void up() throws IOException {
    InetSocketAddress address = new InetSocketAddress("127.0.0.1", port);
    if (tls == null) {
      server = HttpServer.create(address, BACKLOG);
    } else {
      HttpsServer secure = HttpsServer.create(address, BACKLOG);
      secure.setHttpsConfigurator(new HttpsConfigurator(tls));
      server = secure;
    }
    server.setExecutor(workers);
    server.createContext("/", this::answer);
    server.start();
  }

  int port() {
    return port;
  }

  /** What it is called as a target. */
  String url() {
    return (tls == null ? "http" : "https") + "://127.0.0.1:" + port + "/";
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Thread.sleep(pauseMillis);
      int code = status;
      if (code == 401) {
        exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"those we know\"");
      }
      exchange.sendResponseHeaders(code, -1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    down();
    workers.shutdownNow();
  }
}
