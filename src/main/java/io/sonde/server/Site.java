package io.sonde.server;

/** Endpoints beside the server's own. */
@FunctionalInterface
public interface Site {
  /** Adds them, each with its path. */
  void addTo(Router router);
}
