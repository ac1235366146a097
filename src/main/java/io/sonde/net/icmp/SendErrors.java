package io.sonde.net.icmp;

import io.netty.util.NetUtil;
import io.sonde.net.connect.ConnectErrors;
import io.sonde.net.connect.Errno;
import io.sonde.probe.Phase;
import io.sonde.probe.ProbeFailure;
import io.sonde.probe.Reason;
import java.util.Set;

/** Says why an echo request did not get to its target. */
final class SendErrors {
  private static final Set<Integer> OF_DESTINATION =
      Set.of(
          Errno.EPERM,
          Errno.EACCES,
          Errno.EMSGSIZE,
          Errno.ENETDOWN,
          Errno.ENETUNREACH,
          Errno.ENOBUFS,
          Errno.ECONNREFUSED,
          Errno.EHOSTDOWN,
          Errno.EHOSTUNREACH);

  private SendErrors() {}

  /** Whether an error is about where a packet is sent to, or about the network, not the socket. */
  static boolean isOfDestination(int error) {
    return OF_DESTINATION.contains(error);
  }

  /**
   * What it means that the system did not send a request.
   *
   * @param error its number
   */
  static ProbeFailure failure(int error, EchoOrder order) {
    String target = NetUtil.toAddressString(order.target());
    int longest = EchoOrder.longestPayload(order.ip6());
    if (order.payload().length > longest) {
      return new ProbeFailure(
          Phase.PROCESSING,
          Reason.CONFIG,
          target + ": expected a payload of at most " + longest + " bytes, as no packet is longer");
    }
    String problem =
        switch (error) {
          case Errno.EMSGSIZE ->
              "an ICMP packet of "
                  + (EchoPacket.HEADER_BYTES + order.payload().length)
                  + " bytes is too long to leave this machine whole";
          case Errno.ENETDOWN, Errno.EHOSTDOWN -> "the network is down";
          case Errno.ENOBUFS -> "the queue of the network interface is full";
          default -> "";
        };
    return problem.isEmpty()
        ? ConnectErrors.failure(Phase.PROCESSING, error, target, order.source())
        : new ProbeFailure(Phase.PROCESSING, Reason.UNREACHABLE, target + ": " + problem);
  }

  /** The beginning of what an address of 4 or 16 bytes reports; of none if it is unknown. */
  static String says(byte[] address) {
    return address.length == 0 ? "" : NetUtil.bytesToIpAddress(address) + " says: ";
  }
}
