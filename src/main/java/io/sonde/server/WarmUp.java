package io.sonde.server;

import io.sonde.config.ConfigException;
import io.sonde.config.HttpSpec;
import io.sonde.config.ModuleConfig;
import io.sonde.config.ProberKind;
import io.sonde.net.tls.DryQuicPeer;
import io.sonde.net.tls.DryTlsPeer;
import io.sonde.net.tls.QuicLibrary;
import io.sonde.probe.BoundModule;
import io.sonde.probe.Loops;
import io.sonde.probe.ModuleTable;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the paths that the loaded modules will take once before anybody measures with them: the
 * first probe of a cold JVM would report the loading of classes as the target's time. Each kind of
 * prober in use probes listeners of the daemon's own on the loopback interface, with modules made
 * for the purpose; the user's modules might reach out to proxies or send credentials.
 */
public final class WarmUp {
  private static final Logger logger = LoggerFactory.getLogger(WarmUp.class);

  private static final Set<ProberKind> WARMED = EnumSet.complementOf(EnumSet.of(ProberKind.ICMP));

  private final Function<ModuleConfig, BoundModule> binder;
  private final Set<ProberKind> kinds = EnumSet.noneOf(ProberKind.class);
  private final boolean quic;

  /**
   * Dry probes of the kinds that modules in use are of.
   *
   * @param binder compiles a module
   * @param table the modules that were loaded
   */
  public WarmUp(Function<ModuleConfig, BoundModule> binder, ModuleTable table) {
    List<ModuleConfig> modules =
        table.modules().values().stream().map(BoundModule::config).toList();
    this.binder = binder;
    modules.stream()
        .filter(module -> module.spec() != null)
        .map(ModuleConfig::prober)
        .forEach(kinds::add);
    kinds.retainAll(WARMED);
    quic = modules.stream().anyMatch(WarmUp::usesQuic);
  }

  /** Probes of plain connections; blocks until that is done, which no failure prevents. */
  public void plain(Loops loops) {
    if (kinds.isEmpty()) {
      return;
    }
    try (DryServer server = DryServer.listen(loops, binder)) {
      server.run(DryProbe.plain(kinds, server.port()));
    } catch (IOException | ConfigException e) {
      logger.debug("Warming up ended early", e);
    }
  }

  /**
   * Probes with encryption, and of name servers; blocks until that is done, which no failure
   * prevents. It takes an event loop of its own, as the daemon's may have probes to time by now.
   */
  public void others() {
    if (kinds.isEmpty()) {
      return;
    }
    try (Loops loops = Loops.start(1);
        DryServer server = DryServer.listen(loops, binder)) {
      try (DryTlsPeer peer = DryTlsPeer.listen(loops)) {
        server.run(DryProbe.encrypted(kinds, peer.port(), peer.authorityPem()));
      }
      if (kinds.contains(ProberKind.DNS)) {
        try (DryNameServer peer = DryNameServer.listen(loops)) {
          server.run(DryProbe.overUdp(peer.port()));
        }
      }
      if (quic) {
        try (DryQuicPeer peer = DryQuicPeer.listen(loops)) {
          server.run(DryProbe.overQuic(peer.port(), peer.authorityPem()));
        }
      }
    } catch (IOException | ConfigException e) {
      logger.debug("Warming up ended early", e);
    }
  }

  private static boolean usesQuic(ModuleConfig module) {
    return module.spec() instanceof HttpSpec http
        && http.enableHttp3()
        && QuicLibrary.problem() == null;
  }
}
