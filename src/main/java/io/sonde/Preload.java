package io.sonde;

import io.sonde.net.tls.TlsProvider;

/** Shortens the start: begins on a second core what is slow and needed for certain. */
final class Preload {
  private static final String NETTY_JFR = "io.netty.jfr.enabled";

  private Preload() {}

  /** Begins with what writes no log. */
  static void ofPlatform() {
    inBackground(TlsProvider::preload);
  }

  /**
   * Goes on. To be called before anything of Netty is touched, and after the log was set up: slf4j
   * hands out makeshift loggers to one thread while another makes it begin.
   */
  static void ofNatives() {
    // Netty describes its buffers to the flight recorder when the first one is made, which takes a
    // quarter of the start. Who wants the events can set the property.
    if (System.getProperty(NETTY_JFR) == null) {
      System.setProperty(NETTY_JFR, "false");
    }
    inBackground(TlsProvider::choose);
  }

  private static void inBackground(Runnable work) {
    Thread thread = new Thread(work, "sonde-preload");
    thread.setDaemon(true);
    thread.start();
  }
}
