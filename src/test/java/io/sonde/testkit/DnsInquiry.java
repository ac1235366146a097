package io.sonde.testkit;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.dns.DatagramDnsQuery;
import io.netty.handler.codec.dns.DatagramDnsResponse;
import io.netty.handler.codec.dns.DefaultDnsQuestion;
import io.netty.handler.codec.dns.DefaultDnsRawRecord;
import io.netty.handler.codec.dns.DefaultDnsResponse;
import io.netty.handler.codec.dns.DnsQuery;
import io.netty.handler.codec.dns.DnsQuestion;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponse;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.handler.codec.dns.DnsSection;
import io.netty.util.NetUtil;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A question that has come in to a {@link DnsPeer}, and the means to answer it. */
public final class DnsInquiry {
  private static final int TTL_SECONDS = 60;

  private final ChannelHandlerContext context;
  private final String transport;
  private final DnsQuery query;

  DnsInquiry(ChannelHandlerContext context, String transport, DnsQuery query) {
    this.context = context;
    this.transport = transport;
    this.query = query;
  }

  /** The name asked for, with its final dot. */
  public String name() {
    return question().name();
  }

  /** The type asked for. */
  public DnsRecordType type() {
    return question().type();
  }

  /** Over {@code udp} or {@code tcp}. */
  String transport() {
    return transport;
  }

  /** Ends a TCP connection. */
  void hangUp() {
    context.close();
  }

  private DnsQuestion question() {
    return query.recordAt(DnsSection.QUESTION);
  }

  DnsResponse response(DnsResponseCode code) {
    DnsResponse response =
        query instanceof DatagramDnsQuery datagram
            ? new DatagramDnsResponse(
                datagram.recipient(), datagram.sender(), query.id(), query.opCode(), code)
            : new DefaultDnsResponse(query.id(), query.opCode(), code);
    response.setRecursionDesired(true).setRecursionAvailable(true);
    response.addRecord(DnsSection.QUESTION, new DefaultDnsQuestion(name(), type()));
    return response;
  }

  void answer(DnsResponseCode code, List<String> addresses) {
    DnsResponse response = response(code);
    addAddresses(response, name(), addresses);
    send(response);
  }

  void addAddresses(DnsResponse response, String owner, List<String> addresses) {
    for (String address : addresses) {
      byte @Nullable [] bytes = NetUtil.createByteArrayFromIpAddressString(address);
      if (bytes == null) {
        throw new AssertionError("expected an address, got " + address);
      }
      DnsRecordType addressType = bytes.length == 4 ? DnsRecordType.A : DnsRecordType.AAAA;
      if (addressType.equals(type())) {
        response.addRecord(
            DnsSection.ANSWER,
            new DefaultDnsRawRecord(
                owner, addressType, TTL_SECONDS, Unpooled.wrappedBuffer(bytes)));
      }
    }
  }

  void send(DnsResponse response) {
    context.writeAndFlush(response);
  }
}
