package io.sonde.probe.tcp;

import io.netty.channel.Channel;
import io.sonde.config.TcpSpec;
import io.sonde.net.connect.Dialer;
import io.sonde.net.connect.HostPort;
import io.sonde.net.connect.ServicePorts;
import io.sonde.net.dns.AddressLiteral;
import io.sonde.net.dns.AddressSelection;
import io.sonde.net.tls.TlsClient;
import io.sonde.net.tls.TlsContext;
import io.sonde.net.tls.TlsMaterial;
import io.sonde.net.tls.TlsMaterials;
import io.sonde.net.tls.TlsMetrics;
import io.sonde.net.tls.TlsPeer;
import io.sonde.net.tls.TlsSession;
import io.sonde.probe.Metric;
import io.sonde.probe.Phase;
import io.sonde.probe.ProbeFailure;
import io.sonde.probe.ProbeRun;
import io.sonde.probe.Prober;
import io.sonde.probe.Reason;
import io.sonde.probe.Verdict;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Probes a TCP service: the target must accept a connection and, where the module says so, complete
 * a TLS handshake.
 */
public final class TcpProber implements Prober {
  private final TcpSpec spec;
  private final AddressSelection addresses;
  private final ServicePorts ports;
  private final Dialer dialer;
  private final @Nullable TlsMaterial tls;
  private final @Nullable InetAddress source;
  private final List<String> unsupported;

  /** Compiles {@code spec}. */
  public TcpProber(
      TcpSpec spec,
      AddressSelection addresses,
      ServicePorts ports,
      Dialer dialer,
      TlsMaterials materials) {
    this.spec = spec;
    this.addresses = addresses;
    this.ports = ports;
    this.dialer = dialer;
    this.tls = spec.tls() ? materials.of(spec.tlsConfig(), List.of()) : null;
    this.source = AddressLiteral.parse(spec.sourceIpAddress());
    this.unsupported = unsupported(spec);
  }

  /**
   * The keys of {@code spec} that ask for what this build does not do; the probes of such a module
   * fail with reason {@code config}.
   */
  public static List<String> unsupported(TcpSpec spec) {
    return spec.queryResponse().isEmpty() ? List.of() : List.of("query_response");
  }

  @Override
  public CompletionStage<Verdict> probe(ProbeRun run) {
    if (!unsupported.isEmpty()) {
      return failed("this build does not know " + String.join(", ", unsupported));
    }
    String target = run.request().target();
    HostPort address = HostPort.split(target);
    if (address == null) {
      String problem = HostPort.splitProblem(target);
      run.trail().error("Error splitting target address and port", "err", problem);
      return failed(problem);
    }
    return addresses
        .select(run, address.host(), spec.ip())
        .thenCompose(ip -> dial(run, address, ip))
        .thenApply(channel -> connected(run));
  }

  private CompletionStage<Channel> dial(ProbeRun run, HostPort address, InetAddress ip) {
    if (source == null && !spec.sourceIpAddress().isEmpty()) {
      run.trail().error("Error parsing source ip address", "srcIP", spec.sourceIpAddress());
      return failed("source_ip_address: expected an IP address, got " + spec.sourceIpAddress());
    }
    if (tls == null) {
      run.trail().debug("Dialing TCP without TLS");
      return dialed(run, connect(run, address, ip));
    }
    return tls.current(run)
        .whenComplete((context, error) -> noteTlsProblem(run, error))
        .thenCompose(context -> dialWithTls(run, address, ip, tls, context));
  }

  private CompletionStage<Channel> dialWithTls(
      ProbeRun run, HostPort address, InetAddress ip, TlsMaterial material, TlsContext context) {
    run.trail().debug("Dialing TCP with TLS");
    String hostname = run.request().hostname();
    String name =
        material.nameFor(hostname == null || hostname.isEmpty() ? address.host() : hostname);
    TlsPeer peer = TlsPeer.target(name, chain -> TlsMetrics.TCP.presented(run.samples(), chain));
    return dialed(
        run,
        TlsClient.insisting(
            () ->
                connect(run, address, ip)
                    .thenCompose(
                        channel ->
                            TlsClient.handshake(run, channel, context, peer)
                                .thenApply(session -> secured(run, channel, session)))));
  }

  private CompletionStage<Channel> connect(ProbeRun run, HostPort address, InetAddress ip) {
    return ports
        .port(run, address.port())
        .thenCompose(
            port ->
                dialer.connect(
                    run, new InetSocketAddress(ip, port), source, 0, NobodyListens.INSTANCE));
  }

  private static Channel secured(ProbeRun run, Channel channel, TlsSession session) {
    TlsMetrics.TCP.established(run.samples(), session);
    return channel;
  }

  /** What is there as soon as the connection stands, whatever comes after. */
  private static Verdict connected(ProbeRun run) {
    run.samples().set(Metric.PROBE_FAILED_DUE_TO_REGEX, 0);
    run.samples().set(Metric.PROBE_FAILED_DUE_TO_BYTES, 0);
    return Verdict.PASSED;
  }

  private static CompletionStage<Channel> dialed(ProbeRun run, CompletionStage<Channel> dial) {
    return dial.whenComplete(
        (channel, error) -> {
          if (error == null) {
            run.trail().debug("Successfully dialed");
          } else {
            run.trail().error("Error dialing TCP", "err", message(error));
          }
        });
  }

  private static void noteTlsProblem(ProbeRun run, @Nullable Throwable error) {
    if (error != null) {
      run.trail().error("Error creating TLS configuration", "err", message(error));
    }
  }

  private static String message(Throwable error) {
    Throwable cause = error.getCause();
    Throwable plain = error instanceof CompletionException && cause != null ? cause : error;
    return String.valueOf(plain.getMessage());
  }

  private static <T> CompletionStage<T> failed(String problem) {
    return CompletableFuture.failedFuture(new ProbeFailure(Phase.SETUP, Reason.CONFIG, problem));
  }
}
