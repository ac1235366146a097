package io.sonde.server;

import io.netty.channel.Channel;

/** Lets clients speak HTTP/1 as it is. */
final class NoEncryption implements Encryption {
  @Override
  public boolean isOn() {
    return false;
  }

  @Override
  public boolean http2() {
    return false;
  }

  @Override
  public void begin(Channel channel, Runnable http1, Runnable http2) {
    http1.run();
  }
}
