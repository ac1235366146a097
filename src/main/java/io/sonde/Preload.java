package io.sonde;

import io.sonde.net.tls.TlsProvider;

/** Shortens the start: leaves out what nobody needs, and begins on a second core what is slow. */
final class Preload {
  private static final String NETTY_JFR = "io.netty.jfr.enabled";

  private Preload() {}

  /**
   * Keeps Netty from describing its buffers to the flight recorder when the first one is made,
   * which takes a quarter of the start. Who wants the events can set the property. To be called
   * before anything of Netty is touched.
   */
  static void withoutRecorder() {
    if (System.getProperty(NETTY_JFR) == null) {
      System.setProperty(NETTY_JFR, "false");
    }
  }

  /** Begins with the TLS of the JDK, which Netty asks for what it can do. Writes no log. */
  static void ofPlatform() {
    inBackground(TlsProvider::preload);
  }

  /**
   * Goes on with BoringSSL. To be called after the log was set up: slf4j hands out makeshift
   * loggers to one thread while another makes it begin.
   */
  static void ofNatives() {
    inBackground(TlsProvider::choose);
  }

  private static void inBackground(Runnable work) {
    Thread thread = new Thread(work, "sonde-preload");
    thread.setDaemon(true);
    thread.start();
  }
}
