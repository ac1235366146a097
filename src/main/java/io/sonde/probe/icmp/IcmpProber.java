package io.sonde.probe.icmp;

import io.netty.util.NetUtil;
import io.sonde.config.IcmpSpec;
import io.sonde.net.dns.AddressLiteral;
import io.sonde.net.dns.AddressSelection;
import io.sonde.net.icmp.EchoOrder;
import io.sonde.net.icmp.EchoReply;
import io.sonde.net.icmp.Pinger;
import io.sonde.probe.Fact;
import io.sonde.probe.Phase;
import io.sonde.probe.ProbeFailure;
import io.sonde.probe.ProbeRun;
import io.sonde.probe.Prober;
import io.sonde.probe.Reason;
import io.sonde.probe.Verdict;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Probes a host with one echo request: chooses its address, sends the request, and passes when the
 * same comes back from there. Nothing is sent twice.
 */
public final class IcmpProber implements Prober {
  /** What a request brings along where the module does not say how much; tells what it is for. */
  private static final String TEXT = "Prometheus Blackbox Exporter";

  private final IcmpSpec spec;
  private final AddressSelection addresses;
  private final Pinger pinger;
  private final @Nullable InetAddress source;
  private final byte[] payload;

  /** Compiles {@code spec}. */
  public IcmpProber(IcmpSpec spec, AddressSelection addresses, Pinger pinger) {
    this.spec = spec;
    this.addresses = addresses;
    this.pinger = pinger;
    this.source = AddressLiteral.parse(spec.sourceIpAddress());
    byte[] text = TEXT.getBytes(StandardCharsets.US_ASCII);
    int size = spec.payloadSize();
    // One byte too many is as bad as a million.
    int bytes = Math.max(0, Math.min(size, EchoOrder.longestPayload(true) + 1));
    this.payload = size == 0 ? text : Arrays.copyOf(text, bytes);
  }

  @Override
  public CompletionStage<Verdict> probe(ProbeRun run) {
    IcmpMetrics metrics = IcmpMetrics.of(run);
    return addresses
        .select(run, run.request().target(), spec.ip())
        .thenCompose(ip -> ping(run, ip))
        .thenApply(reply -> passed(run, metrics, reply));
  }

  private CompletionStage<EchoReply> ping(ProbeRun run, InetAddress ip) {
    run.learn(new Fact.Address(0, new InetSocketAddress(ip, 0)));
    String problem = problem(ip);
    if (problem != null) {
      run.trail().error("Error preparing the ICMP packet", "err", problem);
      return CompletableFuture.failedFuture(new ProbeFailure(Phase.SETUP, Reason.CONFIG, problem));
    }
    run.trail()
        .debug(
            "Sending ICMP echo request",
            "ip",
            NetUtil.toAddressString(ip),
            "bytes",
            payload.length,
            "ttl",
            spec.ttl());
    return pinger.ping(run, new EchoOrder(ip, source, spec.ttl(), spec.dontFragment(), payload));
  }

  /** Why {@code ip} cannot be pinged as the module wants it, or null. */
  private @Nullable String problem(InetAddress ip) {
    String written = spec.sourceIpAddress();
    if (source == null && !written.isEmpty()) {
      return "source_ip_address: expected an IP address, got " + written;
    }
    boolean ip6 = ip instanceof Inet6Address;
    if (source != null && source instanceof Inet6Address != ip6) {
      return "source_ip_address: expected an address of the family of the target "
          + NetUtil.toAddressString(ip)
          + ", got "
          + written;
    }
    int size = spec.payloadSize();
    return size >= 0 ? null : "payload_size: expected 0 or more, got " + size;
  }

  private Verdict passed(ProbeRun run, IcmpMetrics metrics, EchoReply reply) {
    metrics.answered(reply);
    run.learn(new Fact.Echo(0, payload.length, reply.hopLimit()));
    run.trail().debug("Got ICMP echo reply", "hop_limit", reply.hopLimit());
    return Verdict.PASSED;
  }
}
