package io.sonde.net.icmp;

import io.netty.buffer.ByteBuf;

/**
 * What a packet says about an echo request, told apart by identifier and sequence number. On
 * datagram sockets the identifier is the kernel's own.
 */
sealed interface IcmpNews {
  /** The request's identifier. */
  int id();

  /** The request's sequence number. */
  int sequence();

  /**
   * It arrived.
   *
   * @param payload a view of the packet's
   */
  record Answered(int id, int sequence, ByteBuf payload) implements IcmpNews {}

  /**
   * It came to grief on the way.
   *
   * @param destination where it was sent to, 4 or 16 bytes
   */
  record Lost(
      int id,
      int sequence,
      @SuppressWarnings("ArrayRecordComponent") byte[] destination,
      Grief grief)
      implements IcmpNews {}
}
