package io.sonde.net.dns;

import io.netty.util.NetUtil;
import io.sonde.config.IpPreference;
import io.sonde.probe.Metric;
import io.sonde.probe.Phase;
import io.sonde.probe.ProbeFailure;
import io.sonde.probe.ProbeRun;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Picks the one address that a probe goes to, and reports it: {@code probe_ip_protocol}, {@code
 * probe_dns_lookup_time_seconds} and {@code probe_ip_addr_hash} are there as soon as the selection
 * begins, the first and the last at 0 until an address is chosen.
 */
public final class AddressSelection {
  private static final int FNV_OFFSET = 0x811c9dc5;
  private static final int FNV_PRIME = 0x01000193;
  private static final double NANOS_PER_SECOND = 1e9;

  private final Resolvers resolvers;

  /** Selection among what {@code resolvers} find. */
  public AddressSelection(Resolvers resolvers) {
    this.resolvers = resolvers;
  }

  /** What finds the addresses. */
  public Resolvers resolvers() {
    return resolvers;
  }

  /**
   * Chooses the first address of the preferred family or, where the preference allows it and there
   * is none, the first of the other. A literal is taken as it is, without asking anybody. Must be
   * called on {@code run.loop()}, where the stage completes, exceptionally with a {@link
   * ProbeFailure} of phase {@link Phase#RESOLVE}. The time goes to {@link Phase#RESOLVE} of hop 0.
   *
   * @param host a name or an address without brackets; empty text is not found
   */
  public CompletionStage<InetAddress> select(ProbeRun run, String host, IpPreference preference) {
    long startNanos = run.nanoTime();
    Families families = Families.of(preference);
    run.timeline().enter(Phase.RESOLVE, 0, startNanos);
    run.trail().debug("Resolving target address", "target", host, "ip_protocol", families.word());
    InetAddress literal = AddressLiteral.parse(host);
    if (literal != null && families.allows(literal)) {
      InetAddress address = families.both() ? literal : AddressLiteral.withoutZone(literal);
      chosen(run, host, address, startNanos, run.nanoTime());
      return CompletableFuture.completedFuture(address);
    }
    publish(run, null, 0);
    Selection selection = new Selection(run, host, families, startNanos);
    run.onSettle(selection::onSettled);
    resolvers
        .forLoop(run.loop())
        .lookupFirst(run, host, families)
        .whenComplete(selection::onAddresses);
    selection.asked = true;
    return selection.result;
  }

  /** The 32-bit FNV-1a hash of the address's 4 or 16 bytes. */
  static long hash(InetAddress address) {
    int hash = FNV_OFFSET;
    for (byte b : address.getAddress()) {
      hash = (hash ^ (b & 0xff)) * FNV_PRIME;
    }
    return Integer.toUnsignedLong(hash);
  }

  private static void chosen(
      ProbeRun run, String host, InetAddress address, long startNanos, long endNanos) {
    run.timeline().complete(endNanos);
    publish(run, address, Math.max(0, endNanos - startNanos));
    run.trail()
        .debug("Resolved target address", "target", host, "ip", NetUtil.toAddressString(address));
  }

  private static void publish(ProbeRun run, @Nullable InetAddress address, long lookupNanos) {
    int protocol = address == null ? 0 : address instanceof Inet4Address ? 4 : 6;
    run.samples().set(Metric.PROBE_IP_PROTOCOL, protocol);
    run.samples().set(Metric.PROBE_DNS_LOOKUP_TIME_SECONDS, lookupNanos / NANOS_PER_SECOND);
    run.samples().set(Metric.PROBE_IP_ADDR_HASH, address == null ? 0.0 : (double) hash(address));
  }

  private static final class Selection {
    private final ProbeRun run;
    private final String host;
    private final Families families;
    private final long startNanos;
    private final CompletableFuture<InetAddress> result = new CompletableFuture<>();
    private boolean asked;
    private boolean ended;

    Selection(ProbeRun run, String host, Families families, long startNanos) {
      this.run = run;
      this.host = host;
      this.families = families;
      this.startNanos = startNanos;
    }

    void onAddresses(@Nullable List<InetAddress> addresses, @Nullable Throwable error) {
      if (run.settled()) {
        return;
      }
      ended = true;
      // Known at once from the files, or told by a name server some time ago.
      long endNanos = asked ? run.eventNanos() : run.nanoTime();
      if (addresses != null) {
        InetAddress address = addresses.get(0);
        chosen(run, host, address, startNanos, endNanos);
        result.complete(address);
        return;
      }
      Throwable cause = error instanceof CompletionException ? error.getCause() : error;
      run.timeline().abandon(endNanos);
      publish(run, null, Math.max(0, endNanos - startNanos));
      run.trail()
          .error(
              "Resolution with IP protocol failed",
              "target",
              host,
              "ip_protocol",
              families.word(),
              "err",
              String.valueOf(cause == null ? null : cause.getMessage()));
      result.completeExceptionally(cause == null ? new IllegalStateException() : cause);
    }

    /** The run ended in the middle of the lookup: tell how long it had taken. */
    void onSettled() {
      if (!ended) {
        publish(run, null, run.nanoTime() - startNanos);
      }
    }
  }
}
