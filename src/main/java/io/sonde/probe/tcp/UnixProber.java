package io.sonde.probe.tcp;

import io.sonde.config.UnixSpec;
import io.sonde.net.connect.UnixDialer;
import io.sonde.net.file.SearchWork;
import io.sonde.net.tls.TlsMaterials;
import io.sonde.probe.Phase;
import io.sonde.probe.ProbeFailure;
import io.sonde.probe.ProbeRun;
import io.sonde.probe.Prober;
import io.sonde.probe.Reason;
import io.sonde.probe.Verdict;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Probes a service behind a unix domain socket as a {@link TcpProber} probes one behind a port. The
 * target is the path of a stream socket, or {@code @name} for one in Linux's abstract namespace.
 */
public final class UnixProber implements Prober {
  private final UnixDialer dialer;
  private final Service service;

  /**
   * Compiles {@code spec}.
   *
   * @param searches where long lines are searched
   */
  public UnixProber(UnixSpec spec, UnixDialer dialer, TlsMaterials materials, SearchWork searches) {
    this.dialer = dialer;
    this.service =
        new Service(
            "unix socket", spec.queryResponse(), spec.tls(), spec.tlsConfig(), materials, searches);
  }

  @Override
  public CompletionStage<Verdict> probe(ProbeRun run) {
    String problem = service.problem();
    if (problem != null) {
      return CompletableFuture.failedFuture(new ProbeFailure(Phase.SETUP, Reason.CONFIG, problem));
    }
    String path = run.request().target();
    int colon = path.lastIndexOf(':');
    // A path is no name that a certificate could bear, but it is what blackbox_exporter verifies.
    String name = colon < 0 ? path : path.substring(0, colon);
    return service.probe(run, new Service.Names(name, ""), last -> dialer.connect(run, path, last));
  }
}
