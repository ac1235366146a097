package io.sonde.server;

/** A client that is connected, in whichever protocol. Confined to its event loop. */
interface ClientConnection {
  /** Closes the connection if the client waits for nothing; tells whether that was so. */
  boolean closeIfIdle();

  /** Closes the connection once what was asked is answered, and the answer is on its way. */
  void drain();

  /** Answers whoever still waits that Sonde ends, and closes the connection. */
  void abandon();
}
