package io.sonde.net.proxy;

import io.netty.channel.embedded.EmbeddedChannel;
import io.sonde.config.ModuleConfig;
import io.sonde.config.Secret;
import io.sonde.net.connect.Unconnected;
import io.sonde.net.proxy.ProxyServer.Protocol;
import io.sonde.probe.Failure;
import io.sonde.probe.Phase;
import io.sonde.probe.ProbeRequest;
import io.sonde.probe.ProbeResult;
import io.sonde.probe.ProbeRun;
import io.sonde.probe.Reason;
import io.sonde.probe.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What proxies answer to CONNECT and to SOCKS 5: a tunnel ends once, in the phase of proxies, never
 * as a bug of ours, and tells no password.
 */
public final class TunnelFuzz {
  private static final int SOCKS = 0x80;
  private static final int LOGIN = 0x40;
  private static final int PIECE_MASK = 0x3f;
  private static final String PASSWORD = "password-of-the-proxy";

  private TunnelFuzz() {}

  /** The first byte says which proxy it is, and how large the pieces of its answer are. */
  public static void fuzzerTestOneInput(byte[] data) {
    if (data.length == 0) {
      return;
    }
    EmbeddedChannel channel = Unconnected.channel();
    List<ProbeResult> results = new ArrayList<>();
    ProbeRequest request =
        new ProbeRequest(ModuleConfig.empty("fuzz"), "target", null, Duration.ofSeconds(60));
    ProbeRun.start(
        1,
        request,
        run -> {
          Tunnel tunnel = tunnel(run, data[0]);
          channel.pipeline().addLast(tunnel);
          return tunnel.open(channel).thenApply(open -> Verdict.PASSED);
        },
        channel.eventLoop(),
        results::add);
    tell(channel, data);
    channel.finishAndReleaseAll();
    channel.runPendingTasks();
    if (results.size() != 1) {
      throw new AssertionError("expected one result, got " + results);
    }
    // What a proxy says is quoted: the password must not come from us.
    if (!new String(data, StandardCharsets.ISO_8859_1).contains(PASSWORD)) {
      judge(results.get(0).verdict().failure());
    }
  }

  private static void tell(EmbeddedChannel channel, byte[] data) {
    int piece = 1 + (data[0] & PIECE_MASK);
    for (int at = 1; at < data.length && channel.isOpen(); at += piece) {
      int length = Math.min(piece, data.length - at);
      channel.writeInbound(channel.alloc().buffer(length).writeBytes(data, at, length));
      channel.releaseOutbound();
      channel.releaseInbound();
    }
  }

  private static void judge(Failure failure) {
    if (failure == null) {
      return;
    }
    if (failure.reason() == Reason.INTERNAL || failure.phase() != Phase.PROXY) {
      throw new AssertionError("a bug of ours: " + failure);
    }
    if (failure.message().contains(PASSWORD)
        || failure.message().chars().anyMatch(c -> c < ' ' || (c >= 0x7f && c < 0xa0))) {
      throw new AssertionError("this must not be said: " + failure);
    }
  }

  private static Tunnel tunnel(ProbeRun run, byte first) {
    boolean socks = (first & SOCKS) != 0;
    ProxyServer.Login login =
        (first & LOGIN) == 0 ? null : new ProxyServer.Login("user", Secret.of(PASSWORD));
    ProxyServer proxy =
        new ProxyServer(socks ? Protocol.SOCKS5 : Protocol.HTTP, "proxy.example", 1080, login);
    return socks
        ? Tunnel.bySocks(run, 0, proxy, "target.example", 443)
        : Tunnel.byHttp(run, 0, proxy, "target.example:443", new byte[0]);
  }
}
