package io.sonde.probe;

import io.sonde.config.Config;
import io.sonde.config.DnsSpec;
import io.sonde.config.FileFolders;
import io.sonde.config.GrpcSpec;
import io.sonde.config.HttpSpec;
import io.sonde.config.IcmpSpec;
import io.sonde.config.ModuleConfig;
import io.sonde.config.PolicyPreset;
import io.sonde.config.ProbeSpec;
import io.sonde.config.ProberKind;
import io.sonde.config.Problem;
import io.sonde.config.TcpSpec;
import io.sonde.config.UnixSpec;
import io.sonde.config.WebsocketSpec;
import io.sonde.count.NameServerCounts;
import io.sonde.net.connect.Dialer;
import io.sonde.net.connect.ServicePorts;
import io.sonde.net.connect.UnixDialer;
import io.sonde.net.dns.AddressSelection;
import io.sonde.net.dns.Resolvers;
import io.sonde.net.file.BlockingWork;
import io.sonde.net.file.ModuleFiles;
import io.sonde.net.file.SearchWork;
import io.sonde.net.http.BodyMemory;
import io.sonde.net.http.HeaderMemory;
import io.sonde.net.http.HttpTransport;
import io.sonde.net.icmp.IcmpRights;
import io.sonde.net.icmp.Pinger;
import io.sonde.net.policy.TargetPolicies;
import io.sonde.net.proxy.ProxyEnvironment;
import io.sonde.net.tls.QuicLibrary;
import io.sonde.net.tls.TlsFlaw;
import io.sonde.net.tls.TlsMaterials;
import io.sonde.probe.dns.DnsProber;
import io.sonde.probe.grpc.GrpcProber;
import io.sonde.probe.http.HttpProber;
import io.sonde.probe.http.HttpServices;
import io.sonde.probe.icmp.IcmpProber;
import io.sonde.probe.tcp.TcpProber;
import io.sonde.probe.tcp.UnixProber;
import io.sonde.probe.websocket.WebsocketProber;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

/**
 * Binds each module to the prober that runs it: the one class that knows every prober, and the
 * owner of what they share.
 */
public final class Probers implements AutoCloseable {
  private final BlockingWork work;
  private final SearchWork searches = new SearchWork();
  private final Transport transport;
  private final AddressSelection addresses;
  private final ServicePorts ports;
  private final Dialer dialer;
  private final UnixDialer unixDialer;
  private final TlsMaterials tls;
  private final Pinger pinger;
  private final HeaderMemory headers = HeaderMemory.ofHeap();
  private final HttpServices httpServices;
  private final PolicyPreset demandedPolicy;

  /**
   * Makes what the probers share.
   *
   * @param maxBodyBytes how much of a body is kept for a check at most, where the module sets no
   *     limit of its own
   */
  public Probers(Loops loops, int maxBodyBytes) {
    this(loops, maxBodyBytes, FileFolders.ANY, PolicyPreset.OFF);
  }

  /**
   * Makes what the probers share.
   *
   * @param maxBodyBytes how much of a body is kept for a check at most, where the module sets no
   *     limit of its own
   * @param folders where the files that modules name may lie
   * @param demandedPolicy what no module may contact, whatever its configuration allows
   */
  public Probers(Loops loops, int maxBodyBytes, FileFolders folders, PolicyPreset demandedPolicy) {
    this(
        loops.transport(),
        new BlockingWork(),
        Resolvers::new,
        maxBodyBytes,
        folders,
        demandedPolicy);
  }

  /**
   * Makes what the probers share, around {@code resolvers} of some kind.
   *
   * @param work is closed with this
   */
  Probers(
      Transport transport,
      BlockingWork work,
      BiFunction<Transport, BlockingWork, Resolvers> resolvers,
      int maxBodyBytes,
      FileFolders folders,
      PolicyPreset demandedPolicy) {
    ModuleFiles files = new ModuleFiles(work, folders);
    this.tls = new TlsMaterials(files);
    this.demandedPolicy = demandedPolicy;
    this.transport = transport;
    this.work = work;
    this.ports = new ServicePorts(work);
    this.pinger = new Pinger(work);
    this.addresses = new AddressSelection(resolvers.apply(transport, work));
    this.dialer = new Dialer(transport);
    this.unixDialer = new UnixDialer(transport, work);
    this.httpServices =
        new HttpServices(
            addresses,
            new HttpTransport.Services(
                addresses.resolvers(), dialer, tls, ProxyEnvironment.ofProcess(), headers, files),
            work,
            searches,
            BodyMemory.ofHeap(),
            maxBodyBytes);
  }

  /** Who does the cryptography of probes, in the words of the start-up line. */
  public String tlsProvider() {
    return tls.provider().label();
  }

  /** Whether modules can use HTTP/3, in the words of the start-up line. */
  public String quicLibrary() {
    return QuicLibrary.state();
  }

  /** Which ICMP sockets modules can use, in the words of the start-up line. */
  public String icmpSockets() {
    return transport == Transport.EPOLL ? IcmpRights.ofProcess() : "no";
  }

  /** What the questions to name servers came to. */
  public NameServerCounts nameServers() {
    return addresses.resolvers().counts();
  }

  /** How many pieces of work wait for a thread on which they may block. */
  public int waitingWork() {
    return work.waiting();
  }

  /** How many searches of large texts wait for a thread. */
  public int waitingSearches() {
    return searches.waiting();
  }

  /** How many bytes of bodies are kept for checks. */
  public long bodyBytes() {
    return httpServices.memory().taken();
  }

  /**
   * Compiles the modules of a configuration, under its target policy. Those that are equal to the
   * ones of {@code previous} by their names keep what was compiled.
   */
  public ModuleTable table(Config config, ModuleTable previous) {
    return ModuleTable.bind(config, this::bind, previous)
        .under(TargetPolicies.of(demandedPolicy, config.targetPolicies()));
  }

  /**
   * Compiles a module, under no target policy. Never fails: what cannot work is bound to a prober
   * that says why.
   */
  public BoundModule bind(ModuleConfig module) {
    ProbeSpec spec = module.spec();
    if (spec == null) {
      return new BoundModule(
          module, unusable("the module is empty: it names no prober"), List.of());
    }
    List<Problem> warnings = new ArrayList<>();
    for (String key : unsupported(spec)) {
      warnings.add(warning(module, spec.kind(), key));
    }
    String noQuic = needsQuic(spec) ? QuicLibrary.problem() : null;
    if (noQuic != null) {
      String message = "HTTP/3 cannot be spoken here: " + noQuic;
      warnings.add(warning(module, spec.kind(), "enable_http3", message));
    }
    if (!warnings.isEmpty()) {
      return new BoundModule(module, unusable(warnings.get(0).message()), warnings);
    }
    Prober prober = prober(spec);
    TlsSettings.of(spec)
        .forEach(
            (block, settings) -> {
              TlsFlaw flaw = tls.flaw(settings);
              if (flaw != null) {
                String key = block + "." + flaw.setting();
                warnings.add(warning(module, spec.kind(), key, flaw.message()));
              }
            });
    return new BoundModule(module, prober, warnings);
  }

  /** Begins to read the certificates and keys of what was bound so far, in the background. */
  public void prepare() {
    tls.prepare();
  }

  /** Waits until they have been read, but no longer than {@code limit}. */
  public void awaitReady(Duration limit) {
    tls.awaitReady(limit);
  }

  @Override
  public void close() {
    work.close();
    searches.close();
  }

  private Prober prober(ProbeSpec spec) {
    if (spec instanceof HttpSpec http) {
      return new HttpProber(http, httpServices);
    }
    if (spec instanceof TcpSpec tcp) {
      return new TcpProber(tcp, addresses, ports, dialer, tls, searches);
    }
    if (spec instanceof UnixSpec unix) {
      return new UnixProber(unix, unixDialer, tls, searches);
    }
    if (spec instanceof GrpcSpec grpc) {
      return new GrpcProber(grpc, addresses, dialer, tls, httpServices.memory(), headers);
    }
    if (spec instanceof IcmpSpec icmp) {
      return new IcmpProber(icmp, addresses, pinger);
    }
    if (spec instanceof DnsSpec dns) {
      return new DnsProber(dns, addresses, ports, dialer, tls);
    }
    if (spec instanceof WebsocketSpec websocket) {
      return new WebsocketProber(
          websocket,
          addresses,
          httpServices.transport(),
          work,
          searches,
          httpServices.memory(),
          httpServices.maxBodyBytes());
    }
    throw new IllegalStateException("no prober for " + spec.kind().word());
  }

  private static List<String> unsupported(ProbeSpec spec) {
    if (spec instanceof HttpSpec http) {
      return HttpProber.unsupported(http);
    }
    return List.of();
  }

  private static boolean needsQuic(ProbeSpec spec) {
    return spec instanceof HttpSpec http && http.enableHttp3();
  }

  private static Problem warning(ModuleConfig module, ProberKind kind, String key) {
    String message =
        "this version of Sonde does not know " + key + " of the " + kind.word() + " prober";
    return warning(module, kind, key, message);
  }

  private static Problem warning(ModuleConfig module, ProberKind kind, String key, String message) {
    String path = "modules." + module.name() + "." + kind.word() + "." + key;
    return new Problem(
        "",
        0,
        0,
        module.name(),
        path,
        Problem.Severity.UNUSABLE,
        message,
        "its probes fail with reason config");
  }

  private static Prober unusable(String why) {
    return run -> CompletableFuture.failedFuture(new ProbeFailure(Phase.SETUP, Reason.CONFIG, why));
  }
}
