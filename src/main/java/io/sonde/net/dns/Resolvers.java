package io.sonde.net.dns;

import io.netty.channel.EventLoop;
import io.sonde.count.NameServerCounts;
import io.sonde.net.file.BlockingWork;
import io.sonde.probe.Transport;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;

/** The resolvers of all loops: one each, made when its first name is looked up. */
public final class Resolvers {
  private static final int DNS_PORT = 53;

  /** The files are looked at again after this long. */
  private static final long FILES_TRUSTED_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Transport transport;
  private final BlockingWork work;
  private final ResolverFiles files;
  private final int serverPort;
  private final long filesTrustedNanos;
  private final NameServerCounts counts = new NameServerCounts();
  private final ConcurrentMap<EventLoop, Resolver> resolvers = new ConcurrentHashMap<>();

  /** Resolvers that follow this machine's configuration. */
  public Resolvers(Transport transport, BlockingWork work) {
    this(transport, work, ResolverFiles.ofSystem(), DNS_PORT);
  }

  /**
   * Resolvers that follow other files.
   *
   * @param serverPort where name servers listen; {@code resolv.conf} has no word for it
   */
  public Resolvers(Transport transport, BlockingWork work, ResolverFiles files, int serverPort) {
    this(transport, work, files, serverPort, FILES_TRUSTED_NANOS);
  }

  Resolvers(
      Transport transport,
      BlockingWork work,
      ResolverFiles files,
      int serverPort,
      long filesTrustedNanos) {
    this.transport = transport;
    this.work = work;
    this.files = files;
    this.serverPort = serverPort;
    this.filesTrustedNanos = filesTrustedNanos;
  }

  /** The resolver of {@code loop}. */
  public Resolver forLoop(EventLoop loop) {
    return resolvers.computeIfAbsent(
        loop,
        owner ->
            new Resolver(owner, transport, work, files, serverPort, filesTrustedNanos, counts));
  }

  /** What the questions of all these resolvers came to. */
  public NameServerCounts counts() {
    return counts;
  }
}
