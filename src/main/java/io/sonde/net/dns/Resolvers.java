package io.sonde.net.dns;

import io.netty.channel.EventLoop;
import io.sonde.net.file.BlockingWork;
import io.sonde.probe.Transport;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The resolvers of all loops: one each, made when its first name is looked up. */
public final class Resolvers {
  private static final int DNS_PORT = 53;

  private final Transport transport;
  private final BlockingWork work;
  private final ResolverFiles files;
  private final int serverPort;
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
    this.transport = transport;
    this.work = work;
    this.files = files;
    this.serverPort = serverPort;
  }

  /** The resolver of {@code loop}. */
  public Resolver forLoop(EventLoop loop) {
    return resolvers.computeIfAbsent(
        loop, owner -> new Resolver(owner, transport, work, files, serverPort));
  }
}
