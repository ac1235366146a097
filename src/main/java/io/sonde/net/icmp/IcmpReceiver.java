package io.sonde.net.icmp;

import io.netty.buffer.ByteBuf;

/** Is given what a socket receives. */
interface IcmpReceiver {
  /**
   * A packet came.
   *
   * @param packet good until this returns; see {@link IcmpReader#read} for what it begins with
   * @param from whose, 4 or 16 bytes
   * @param hopLimit TTL or hop limit with which it came; negative if not known
   * @param wallNanos when it came, on the wall clock; 0 if not known
   */
  void onPacket(ByteBuf packet, byte[] from, int hopLimit, long wallNanos);

  /**
   * An error came about what was sent.
   *
   * @param quoted the packet as far as it was quoted, without the header of IP
   * @param destination where it was sent to, 4 or 16 bytes
   * @param from who says so; empty if not known
   */
  void onError(ByteBuf quoted, byte[] destination, Grief grief, byte[] from);
}
