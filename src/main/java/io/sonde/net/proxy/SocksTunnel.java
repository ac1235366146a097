package io.sonde.net.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.sonde.net.connect.UnexpectedBytes;
import io.sonde.net.dns.AddressLiteral;
import io.sonde.probe.Phase;
import io.sonde.probe.ProbeFailure;
import io.sonde.probe.ProbeRun;
import io.sonde.probe.Reason;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;

/** A tunnel by SOCKS 5 (RFC 1928), with user and password (RFC 1929) if the proxy wants them. */
final class SocksTunnel extends Tunnel {
  private static final int VERSION = 5;
  private static final int LOGIN_VERSION = 1;
  private static final int NO_LOGIN = 0;
  private static final int USER_AND_PASSWORD = 2;
  private static final int NO_METHOD = 0xff;
  private static final int CONNECT = 1;
  private static final int IP4 = 1;
  private static final int NAME = 3;
  private static final int IP6 = 4;
  private static final int SUCCESS = 0;
  private static final int PORT_BYTES = 2;

  /** One byte tells the length of a text. */
  private static final int MAX_TEXT_BYTES = 255;

  private static final String[] REFUSALS = {
    "",
    "general failure",
    "connection not allowed by its rules",
    "network unreachable",
    "host unreachable",
    "connection refused",
    "time to live expired",
    "command not supported",
    "address type not supported"
  };

  private enum Awaiting {
    METHOD,
    LOGIN,
    REPLY
  }

  private final String host;
  private final int port;
  private Awaiting awaiting = Awaiting.METHOD;

  SocksTunnel(ProbeRun run, int hop, ProxyServer proxy, String host, int port) {
    super(run, hop, proxy);
    this.host = host;
    this.port = port;
  }

  @Override
  ByteBuf greeting(ByteBufAllocator allocator) {
    if (utf8(host).length > MAX_TEXT_BYTES) {
      throw new ProbeFailure(
          Phase.PROXY, Reason.CONFIG, "the name of the target is too long for SOCKS");
    }
    ByteBuf out = allocator.buffer(4).writeByte(VERSION);
    return proxy().login() == null
        ? out.writeByte(1).writeByte(NO_LOGIN)
        : out.writeByte(2).writeByte(NO_LOGIN).writeByte(USER_AND_PASSWORD);
  }

  @Override
  void read(ChannelHandlerContext ctx, ByteBuf in) {
    boolean goesOn = true;
    while (goesOn && in.isReadable()) {
      goesOn =
          switch (awaiting) {
            case METHOD -> readMethod(ctx, in);
            case LOGIN -> readLogin(ctx, in);
            case REPLY -> readReply(ctx, in);
          };
    }
  }

  @Override
  boolean passesOnTheRest() {
    return true;
  }

  private boolean readMethod(ChannelHandlerContext ctx, ByteBuf in) {
    if (peek(in, 0) != VERSION) {
      return isNoSocks(ctx, UnexpectedBytes.describe("SOCKS 5", in));
    }
    if (in.readableBytes() < 2) {
      return false;
    }
    in.skipBytes(1);
    int method = in.readUnsignedByte();
    ProxyServer.Login login = proxy().login();
    if (method == NO_LOGIN) {
      return ask(ctx);
    }
    if (method == USER_AND_PASSWORD && login != null) {
      return sendLogin(ctx, login);
    }
    if (method == NO_METHOD) {
      refused(ctx, Reason.AUTH, login == null ? "wants credentials" : "wants other credentials");
      return false;
    }
    return isNoSocks(ctx, "it chose the method " + method + ", which was not offered");
  }

  private boolean sendLogin(ChannelHandlerContext ctx, ProxyServer.Login login) {
    byte[] user = utf8(login.user());
    byte[] password = utf8(login.password().reveal());
    if (user.length == 0 || user.length > MAX_TEXT_BYTES || password.length > MAX_TEXT_BYTES) {
      refused(ctx, Reason.CONFIG, "cannot be told a user or password that is empty or that long");
      return false;
    }
    ByteBuf out = ctx.alloc().buffer(user.length + password.length + 3).writeByte(LOGIN_VERSION);
    out.writeByte(user.length).writeBytes(user).writeByte(password.length).writeBytes(password);
    ctx.writeAndFlush(out);
    awaiting = Awaiting.LOGIN;
    return true;
  }

  private boolean readLogin(ChannelHandlerContext ctx, ByteBuf in) {
    if (peek(in, 0) != LOGIN_VERSION) {
      return isNoSocks(ctx, "it answered the login in version " + peek(in, 0));
    }
    if (in.readableBytes() < 2) {
      return false;
    }
    in.skipBytes(1);
    if (in.readUnsignedByte() != SUCCESS) {
      refused(ctx, Reason.AUTH, "does not accept the credentials");
      return false;
    }
    return ask(ctx);
  }

  private boolean ask(ChannelHandlerContext ctx) {
    ByteBuf out = ctx.alloc().buffer(host.length() + 8);
    out.writeByte(VERSION).writeByte(CONNECT).writeByte(0);
    InetAddress address = AddressLiteral.parse(host);
    if (address == null) {
      byte[] name = utf8(host);
      out.writeByte(NAME).writeByte(name.length).writeBytes(name);
    } else {
      out.writeByte(address instanceof Inet4Address ? IP4 : IP6).writeBytes(address.getAddress());
    }
    ctx.writeAndFlush(out.writeShort(port));
    awaiting = Awaiting.REPLY;
    return true;
  }

  private boolean readReply(ChannelHandlerContext ctx, ByteBuf in) {
    if (peek(in, 0) != VERSION) {
      return isNoSocks(ctx, "it replied in version " + peek(in, 0));
    }
    if (in.readableBytes() >= 2 && peek(in, 1) != SUCCESS) {
      refused(ctx, Reason.PROXY, "refused to connect to " + host + ": " + refusal(peek(in, 1)));
      return false;
    }
    int length = replyLength(in);
    if (length < 0) {
      return isNoSocks(ctx, "it replied with an address of type " + peek(in, 3));
    }
    if (in.readableBytes() < length) {
      return false;
    }
    in.skipBytes(length);
    established(ctx);
    return false;
  }

  /**
   * How long the reply is, as far as that can be told yet; -1 if its address is of no known type.
   */
  private static int replyLength(ByteBuf in) {
    int fixed = 4;
    if (in.readableBytes() <= fixed) {
      return fixed + 1;
    }
    return switch (peek(in, 3)) {
      case IP4 -> fixed + 4 + PORT_BYTES;
      case IP6 -> fixed + 16 + PORT_BYTES;
      case NAME -> fixed + 1 + peek(in, fixed) + PORT_BYTES;
      default -> -1;
    };
  }

  private boolean isNoSocks(ChannelHandlerContext ctx, String why) {
    refused(ctx, Reason.PROXY, "does not speak SOCKS 5: " + why);
    return false;
  }

  private static String refusal(int code) {
    return code < REFUSALS.length ? REFUSALS[code] : "reply " + code;
  }

  private static int peek(ByteBuf in, int offset) {
    return in.getUnsignedByte(in.readerIndex() + offset);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
