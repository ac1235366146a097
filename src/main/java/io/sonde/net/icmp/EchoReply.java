package io.sonde.net.icmp;

/**
 * The reply to an echo request.
 *
 * @param hopLimit TTL or hop limit with which it came; negative if the system did not tell
 */
public record EchoReply(int hopLimit) {}
