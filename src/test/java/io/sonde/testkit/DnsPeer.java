package io.sonde.testkit;

import io.netty.bootstrap.AbstractBootstrap;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.dns.DatagramDnsQueryDecoder;
import io.netty.handler.codec.dns.DatagramDnsResponseEncoder;
import io.netty.handler.codec.dns.DefaultDnsRawRecord;
import io.netty.handler.codec.dns.DnsQuery;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponse;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.handler.codec.dns.DnsSection;
import io.netty.handler.codec.dns.TcpDnsQueryDecoder;
import io.netty.handler.codec.dns.TcpDnsResponseEncoder;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * Name servers on loopback addresses that follow a script: {@code peer.on("web.example.",
 * DnsPeer.addresses("192.0.2.1"))}. All listen on the same port, over UDP and TCP; a name without a
 * script does not exist. Messages are read and written by Netty's codec, so that ours does not
 * judge itself.
 */
public final class DnsPeer implements AutoCloseable {
  private static final int TTL_SECONDS = 60;
  private static final int PORT_ATTEMPTS = 20;

  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("dns-peer", true), NioIoHandler.newFactory());
  private final Map<String, Script> names = new ConcurrentHashMap<>();
  private final Map<String, Script> servers = new ConcurrentHashMap<>();
  private final List<String> queries = new CopyOnWriteArrayList<>();
  private final List<Channel> channels = new ArrayList<>();
  private int port;

  /** What a server does with a question. */
  @FunctionalInterface
  public interface Script {
    /** Does it: answers, or not. */
    void on(DnsInquiry question);
  }

  private DnsPeer() {}

  /** One server at 127.0.0.1. */
  public static DnsPeer listening() {
    return listeningAt("127.0.0.1");
  }

  /** Servers at these loopback addresses. */
  public static DnsPeer listeningAt(String... addresses) {
    DnsPeer peer = new DnsPeer();
    for (int attempt = 0; attempt < PORT_ATTEMPTS; attempt++) {
      if (peer.bindAll(addresses)) {
        return peer;
      }
    }
    peer.close();
    throw new AssertionError("expected a port that is free at all of " + List.of(addresses));
  }

  /** The port of all servers. */
  public int port() {
    return port;
  }

  /** What all servers do with questions for {@code name}, given with its final dot. */
  public DnsPeer on(String name, Script script) {
    names.put(name, script);
    return this;
  }

  /** What the server at {@code address} does with all questions. */
  public DnsPeer at(String address, Script script) {
    servers.put(address, script);
    return this;
  }

  /** The questions so far, each as {@code udp 127.0.0.1 A web.example.}. */
  public List<String> queries() {
    return queries;
  }

  /** Answers with those of the addresses that are of the type asked for. */
  public static Script addresses(String... addresses) {
    return question -> question.answer(DnsResponseCode.NOERROR, List.of(addresses));
  }

  /** Answers that the name is another one's alias, whose addresses follow. */
  public static Script alias(String canonical, String... addresses) {
    return question -> {
      DnsResponse response = question.response(DnsResponseCode.NOERROR);
      ByteBuf target = Unpooled.buffer();
      for (String label : canonical.split("\\.")) {
        target.writeByte(label.length()).writeCharSequence(label, StandardCharsets.US_ASCII);
      }
      response.addRecord(
          DnsSection.ANSWER,
          new DefaultDnsRawRecord(
              question.name(), DnsRecordType.CNAME, TTL_SECONDS, target.writeByte(0)));
      question.addAddresses(response, canonical, List.of(addresses));
      question.send(response);
    };
  }

  /** Answers with a response code and nothing else. */
  public static Script code(DnsResponseCode code) {
    return question -> question.answer(code, List.of());
  }

  /** Answers as a server that neither knows nor asks others. */
  public static Script emptyReferral() {
    return question ->
        question.send(question.response(DnsResponseCode.NOERROR).setRecursionAvailable(false));
  }

  /** Says nothing. */
  public static Script silence() {
    return question -> {};
  }

  /** Over UDP, answers that the answer is too long; over TCP, does as {@code full}. */
  public static Script cutOverUdp(Script full) {
    return question -> {
      if (question.transport().equals("udp")) {
        question.send(question.response(DnsResponseCode.NOERROR).setTruncated(true));
      } else {
        full.on(question);
      }
    };
  }

  /** Closes TCP connections, ignores datagrams. */
  public static Script hangUp() {
    return question -> question.hangUp();
  }

  /** Sends an answer to another question first, as a forger would, then does as {@code real}. */
  public static Script forgedBefore(String forgedAddress, Script real) {
    return question -> {
      DnsResponse forged = question.response(DnsResponseCode.NOERROR);
      forged.setId(forged.id() ^ 1);
      question.addAddresses(forged, question.name(), List.of(forgedAddress));
      question.send(forged);
      real.on(question);
    };
  }

  /** Answers the right question, but with a record that ends too early. */
  public static Script malformed() {
    return question -> {
      DnsResponse response = question.response(DnsResponseCode.NOERROR);
      response.addRecord(
          DnsSection.ANSWER,
          new DefaultDnsRawRecord(
              question.name(), question.type(), TTL_SECONDS, Unpooled.wrappedBuffer(new byte[3])));
      question.send(response);
    };
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
  }

  private boolean bindAll(String... addresses) {
    port = 0;
    for (String address : addresses) {
      if (!bind(udp(address), address) || !bind(tcp(address), address)) {
        channels.forEach(channel -> channel.close().syncUninterruptibly());
        channels.clear();
        return false;
      }
    }
    return true;
  }

  private boolean bind(AbstractBootstrap<?, ?> bootstrap, String address) {
    ChannelFuture bound =
        bootstrap.bind(new InetSocketAddress(address, port)).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      return false;
    }
    channels.add(bound.channel());
    port = ((InetSocketAddress) bound.channel().localAddress()).getPort();
    return true;
  }

  private Bootstrap udp(String address) {
    return new Bootstrap()
        .group(group)
        .channel(NioDatagramChannel.class)
        .handler(
            new ChannelInitializer<>() {
              @Override
              protected void initChannel(Channel channel) {
                channel
                    .pipeline()
                    .addLast(
                        new DatagramDnsQueryDecoder(),
                        new DatagramDnsResponseEncoder(),
                        new Server("udp", address));
              }
            });
  }

  private ServerBootstrap tcp(String address) {
    return new ServerBootstrap()
        .group(group)
        .channel(NioServerSocketChannel.class)
        .childHandler(
            new ChannelInitializer<>() {
              @Override
              protected void initChannel(Channel channel) {
                channel
                    .pipeline()
                    .addLast(
                        new TcpDnsQueryDecoder(),
                        new TcpDnsResponseEncoder(),
                        new Server("tcp", address));
              }
            });
  }

  private final class Server extends SimpleChannelInboundHandler<DnsQuery> {
    private final String transport;
    private final String address;

    Server(String transport, String address) {
      this.transport = transport;
      this.address = address;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, DnsQuery query) {
      DnsInquiry question = new DnsInquiry(ctx, transport, query);
      queries.add(transport + " " + address + " " + question.type().name() + " " + question.name());
      Script script = servers.get(address);
      if (script == null) {
        script =
            names.getOrDefault(
                question.name().toLowerCase(Locale.ROOT), code(DnsResponseCode.NXDOMAIN));
      }
      script.on(question);
    }
  }
}
