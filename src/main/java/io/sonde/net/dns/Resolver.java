package io.sonde.net.dns;

import io.netty.channel.EventLoop;
import io.sonde.count.NameServerCounts;
import io.sonde.net.dns.ResolverFiles.Snapshot;
import io.sonde.net.file.BlockingWork;
import io.sonde.probe.Phase;
import io.sonde.probe.ProbeFailure;
import io.sonde.probe.ProbeRun;
import io.sonde.probe.Reason;
import io.sonde.probe.Transport;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Looks up names for the runs of one loop, as Go's own resolver does: the hosts file first, then
 * the name servers of {@code resolv.conf}. It remembers no answer, so that every probe sees what is
 * true now. Confined to its loop.
 */
public final class Resolver {
  private final EventLoop loop;
  private final Transport transport;
  private final BlockingWork work;
  private final ResolverFiles files;
  private final int serverPort;
  private final long filesTrustedNanos;
  private final NameServerCounts counts;
  private @Nullable Snapshot snapshot;
  private long snapshotAtNanos;
  private @Nullable CompletableFuture<Snapshot> loading;
  private int rotation;

  Resolver(
      EventLoop loop,
      Transport transport,
      BlockingWork work,
      ResolverFiles files,
      int serverPort,
      long filesTrustedNanos,
      NameServerCounts counts) {
    this.loop = loop;
    this.transport = transport;
    this.work = work;
    this.files = files;
    this.serverPort = serverPort;
    this.filesTrustedNanos = filesTrustedNanos;
    this.counts = counts;
  }

  /**
   * All addresses of {@code host} that {@code families} allows, the preferred family first, each
   * family in the order in which the hosts file or the name server gave them; at least one. The
   * stage completes on the loop, exceptionally with a {@link ProbeFailure} of phase {@link
   * Phase#RESOLVE}: {@link Reason#NAME_NOT_FOUND} if there is no such name or no such address,
   * {@link Reason#RESOLVER} if that could not be found out. Nothing that a lookup opens outlives
   * the run.
   */
  public CompletionStage<List<InetAddress>> lookup(ProbeRun run, String host, Families families) {
    return resolve(run, host, families, false);
  }

  /**
   * Like {@link #lookup}, but satisfied as soon as the preferred family has an address: the first
   * address is then the same, the others may be missing.
   */
  CompletionStage<List<InetAddress>> lookupFirst(ProbeRun run, String host, Families families) {
    return resolve(run, host, families, true);
  }

  private CompletionStage<List<InetAddress>> resolve(
      ProbeRun run, String host, Families families, boolean firstWillDo) {
    assert loop.inEventLoop();
    InetAddress literal = AddressLiteral.parse(host);
    if (literal != null) {
      return families.allows(literal)
          ? CompletableFuture.completedFuture(List.of(literal))
          : CompletableFuture.failedFuture(notFound(host, families));
    }
    return snapshot()
        .thenCompose(
            now -> {
              List<InetAddress> listed = now.hosts().find(host);
              if (!listed.isEmpty()) {
                return fromHosts(host, listed, families);
              }
              if (!DomainName.isValid(host)) {
                return CompletableFuture.failedFuture(notFound(host, families));
              }
              return new Lookup(this, run, host, families, now.resolvConf(), firstWillDo).start();
            });
  }

  private static CompletionStage<List<InetAddress>> fromHosts(
      String host, List<InetAddress> listed, Families families) {
    List<InetAddress> ordered = ordered(listed, families);
    return ordered.isEmpty()
        ? CompletableFuture.failedFuture(notFound(host, families))
        : CompletableFuture.completedFuture(ordered);
  }

  /** Those of {@code addresses} that will do, the preferred ones first. */
  static List<InetAddress> ordered(List<InetAddress> addresses, Families families) {
    List<InetAddress> ordered = new ArrayList<>(addresses.size());
    int preferred = 0;
    for (InetAddress address : addresses) {
      if (families.prefers(address)) {
        ordered.add(preferred++, address);
      } else if (families.allows(address)) {
        ordered.add(address);
      }
    }
    return ordered;
  }

  static ProbeFailure notFound(String host, Families families) {
    return new ProbeFailure(
        Phase.RESOLVE,
        Reason.NAME_NOT_FOUND,
        host.isEmpty()
            ? "expected a host, got an empty text"
            : "no " + families.description() + " for \"" + host + "\"");
  }

  Transport transport() {
    return transport;
  }

  int serverPort() {
    return serverPort;
  }

  NameServerCounts counts() {
    return counts;
  }

  /** Where in the list of servers the next question begins. */
  int nextRotation() {
    return rotation++ & Integer.MAX_VALUE;
  }

  private CompletionStage<Snapshot> snapshot() {
    Snapshot known = snapshot;
    if (known != null && loop.ticker().nanoTime() - snapshotAtNanos < filesTrustedNanos) {
      return CompletableFuture.completedFuture(known);
    }
    CompletableFuture<Snapshot> shared = loading;
    if (shared == null) {
      shared = new CompletableFuture<>();
      loading = shared;
      work.call(loop, files::load).whenComplete(this::onLoaded);
    }
    return shared;
  }

  private void onLoaded(@Nullable Snapshot loaded, @Nullable Throwable error) {
    CompletableFuture<Snapshot> waiting = loading;
    loading = null;
    if (loaded != null) {
      snapshot = loaded;
      snapshotAtNanos = loop.ticker().nanoTime();
    }
    if (waiting == null) {
      return;
    }
    if (snapshot != null) {
      waiting.complete(snapshot);
    } else {
      waiting.completeExceptionally(error == null ? new IllegalStateException() : error);
    }
  }
}
