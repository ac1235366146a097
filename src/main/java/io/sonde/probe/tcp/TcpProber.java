package io.sonde.probe.tcp;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.sonde.config.TargetScheme;
import io.sonde.config.TcpSpec;
import io.sonde.net.connect.Dialer;
import io.sonde.net.connect.HostPort;
import io.sonde.net.connect.ServicePorts;
import io.sonde.net.dns.AddressLiteral;
import io.sonde.net.dns.AddressSelection;
import io.sonde.net.file.SearchWork;
import io.sonde.net.tls.TlsMaterials;
import io.sonde.probe.Phase;
import io.sonde.probe.ProbeFailure;
import io.sonde.probe.ProbeRun;
import io.sonde.probe.Prober;
import io.sonde.probe.Reason;
import io.sonde.probe.Remote;
import io.sonde.probe.Verdict;
import java.net.InetAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Probes a TCP service: the target must accept a connection and, where the module says so, complete
 * a TLS handshake and keep its part of a dialogue.
 */
public final class TcpProber implements Prober {
  private final TcpSpec spec;
  private final AddressSelection addresses;
  private final ServicePorts ports;
  private final Dialer dialer;
  private final @Nullable InetAddress source;
  private final Service service;

  /**
   * Compiles {@code spec}.
   *
   * @param searches where long lines are searched
   */
  public TcpProber(
      TcpSpec spec,
      AddressSelection addresses,
      ServicePorts ports,
      Dialer dialer,
      TlsMaterials materials,
      SearchWork searches) {
    this.spec = spec;
    this.addresses = addresses;
    this.ports = ports;
    this.dialer = dialer;
    this.source = AddressLiteral.parse(spec.sourceIpAddress());
    this.service =
        new Service("TCP", spec.queryResponse(), spec.tls(), spec.tlsConfig(), materials, searches);
  }

  @Override
  public CompletionStage<Verdict> probe(ProbeRun run) {
    String problem = service.problem();
    if (problem != null) {
      return failed(problem);
    }
    String target = run.request().target();
    HostPort address = HostPort.split(target);
    if (address == null) {
      String splitProblem = HostPort.splitProblem(target);
      run.trail().error("Error splitting target address and port", "err", splitProblem);
      return failed(splitProblem);
    }
    return addresses
        .select(run, address.host(), spec.ip())
        .thenCompose(ip -> probe(run, address, ip));
  }

  private CompletionStage<Verdict> probe(ProbeRun run, HostPort address, InetAddress ip) {
    if (source == null && !spec.sourceIpAddress().isEmpty()) {
      run.trail().error("Error parsing source ip address", "srcIP", spec.sourceIpAddress());
      return failed("source_ip_address: expected an IP address, got " + spec.sourceIpAddress());
    }
    String asked = run.request().hostname();
    String name = asked == null || asked.isEmpty() ? address.host() : asked;
    return service.probe(
        run, new Service.Names(name, name), last -> connect(run, address, ip, last));
  }

  private CompletionStage<Channel> connect(
      ProbeRun run, HostPort address, InetAddress ip, ChannelHandler last) {
    TargetScheme scheme = spec.tls() ? TargetScheme.TLS : TargetScheme.TCP;
    return ports
        .port(run, address.port())
        .thenApply(port -> new Remote(scheme, address.host(), ip, port))
        .thenCompose(remote -> dialer.connect(run, remote, source, 0, last));
  }

  private static <T> CompletionStage<T> failed(String problem) {
    return CompletableFuture.failedFuture(new ProbeFailure(Phase.SETUP, Reason.CONFIG, problem));
  }
}
