package io.sonde.net.dns;

import io.netty.util.NetUtil;
import io.sonde.config.ModuleConfig;
import io.sonde.net.file.BlockingWork;
import io.sonde.probe.ProbeRun;
import io.sonde.probe.Verdict;
import io.sonde.testkit.DnsPeer;
import io.sonde.testkit.Outcome;
import io.sonde.testkit.ProbeRig;
import io.sonde.testkit.Probing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Lookups of a test: files of its own, a scripted name server, and what came of them. */
final class LookupRig {
  private final ProbeRig rig;
  private final Path directory;
  private final Resolvers resolvers;
  private volatile List<String> found = List.of();

  LookupRig(ProbeRig rig, Path directory, DnsPeer peer) {
    this(rig, directory, peer, 0);
  }

  LookupRig(ProbeRig rig, Path directory, DnsPeer peer, long filesTrustedNanos) {
    this.rig = rig;
    this.directory = directory;
    BlockingWork work = rig.closing(new BlockingWork());
    this.resolvers =
        new Resolvers(
            rig.transport(),
            work,
            new ResolverFiles(
                directory.resolve("resolv.conf"),
                directory.resolve("hosts"),
                directory.resolve("hostname")),
            peer.port(),
            filesTrustedNanos);
    resolvConf("nameserver 127.0.0.1\n");
  }

  LookupRig resolvConf(String text) {
    return write("resolv.conf", text);
  }

  LookupRig hosts(String text) {
    return write("hosts", text);
  }

  private LookupRig write(String file, String text) {
    try {
      Files.writeString(directory.resolve(file), text);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  LookupRig hostname(String text) {
    return write("hostname", text);
  }

  Resolvers resolvers() {
    return resolvers;
  }

  /** A probe that looks up its target and nothing else. */
  Probing lookingUp(String host, Families families) {
    return rig.probing(run -> lookup(run, families), ModuleConfig.empty("lookup")).at(host);
  }

  /** The addresses of a lookup that must pass. */
  List<String> find(String host, Families families) {
    lookingUp(host, families).passes();
    return found;
  }

  Outcome fail(String host, Families families) {
    return lookingUp(host, families).ends();
  }

  private CompletionStage<Verdict> lookup(ProbeRun run, Families families) {
    return resolvers
        .forLoop(run.loop())
        .lookup(run, run.request().target(), families)
        .thenApply(
            addresses -> {
              found = addresses.stream().map(LookupRig::text).toList();
              return Verdict.PASSED;
            });
  }

  private static String text(InetAddress address) {
    return NetUtil.toAddressString(address);
  }
}
