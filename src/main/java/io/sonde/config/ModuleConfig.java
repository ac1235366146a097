package io.sonde.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A named way to probe. It has all seven blocks, as they are all shown; {@link #spec} is the one
 * that counts.
 *
 * @param prober null for a module whose value is empty; its probe fails with reason {@code config}
 * @param timeout upper bound of a probe; zero means none, never negative
 * @param traceContext whether requests tell which trace they belong to
 * @param expanded what came into it from the environment and must not be shown
 */
public record ModuleConfig(
    String name,
    @Nullable ProberKind prober,
    Duration timeout,
    HttpSpec http,
    TcpSpec tcp,
    IcmpSpec icmp,
    DnsSpec dns,
    GrpcSpec grpc,
    UnixSpec unix,
    WebsocketSpec websocket,
    boolean traceContext,
    ExpandedSecrets expanded) {

  /** A module that is what its file says. */
  ModuleConfig(
      String name,
      @Nullable ProberKind prober,
      Duration timeout,
      HttpSpec http,
      TcpSpec tcp,
      IcmpSpec icmp,
      DnsSpec dns,
      GrpcSpec grpc,
      UnixSpec unix,
      WebsocketSpec websocket) {
    this(
        name,
        prober,
        timeout,
        http,
        tcp,
        icmp,
        dns,
        grpc,
        unix,
        websocket,
        false,
        ExpandedSecrets.NONE);
  }

  /** A module whose value is empty: it has a name and nothing else. */
  public static ModuleConfig empty(String name) {
    return new ModuleConfig(
        name,
        null,
        Duration.ZERO,
        HttpSpec.DEFAULT,
        TcpSpec.DEFAULT,
        IcmpSpec.DEFAULT,
        DnsSpec.DEFAULT,
        GrpcSpec.ZERO,
        UnixSpec.DEFAULT,
        WebsocketSpec.DEFAULT);
  }

  /** A module of one block, all others at their defaults. */
  public static ModuleConfig of(String name, Duration timeout, ProbeSpec spec) {
    return new ModuleConfig(
        name,
        spec.kind(),
        timeout,
        spec instanceof HttpSpec http ? http : HttpSpec.DEFAULT,
        spec instanceof TcpSpec tcp ? tcp : TcpSpec.DEFAULT,
        spec instanceof IcmpSpec icmp ? icmp : IcmpSpec.DEFAULT,
        spec instanceof DnsSpec dns ? dns : DnsSpec.DEFAULT,
        spec instanceof GrpcSpec grpc ? grpc : GrpcSpec.ZERO,
        spec instanceof UnixSpec unix ? unix : UnixSpec.DEFAULT,
        spec instanceof WebsocketSpec websocket ? websocket : WebsocketSpec.DEFAULT);
  }

  /** The block of the prober; null for a module whose value is empty. */
  public @Nullable ProbeSpec spec() {
    if (prober == null) {
      return null;
    }
    return switch (prober) {
      case HTTP -> http;
      case TCP -> tcp;
      case ICMP -> icmp;
      case DNS -> dns;
      case GRPC -> grpc;
      case UNIX -> unix;
      case WEBSOCKET -> websocket;
    };
  }

  /** The same module with another http block. */
  public ModuleConfig withHttp(HttpSpec changed) {
    return with(name, changed, tcp, traceContext, expanded);
  }

  /** The same module with another tcp block. */
  public ModuleConfig withTcp(TcpSpec changed) {
    return with(name, http, changed, traceContext, expanded);
  }

  /** The same module, whose requests tell which trace they belong to if {@code tells}. */
  public ModuleConfig withTraceContext(boolean tells) {
    return with(name, http, tcp, tells, expanded);
  }

  ModuleConfig named(String changed, ExpandedSecrets secrets) {
    return with(changed, http, tcp, traceContext, secrets);
  }

  private ModuleConfig with(
      String newName,
      HttpSpec newHttp,
      TcpSpec newTcp,
      boolean newTraceContext,
      ExpandedSecrets newExpanded) {
    return new ModuleConfig(
        newName,
        prober,
        timeout,
        newHttp,
        newTcp,
        icmp,
        dns,
        grpc,
        unix,
        websocket,
        newTraceContext,
        newExpanded);
  }
}
