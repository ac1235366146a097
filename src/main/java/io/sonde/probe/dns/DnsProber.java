package io.sonde.probe.dns;

import io.netty.channel.Channel;
import io.sonde.config.DnsSpec;
import io.sonde.config.DnsWords;
import io.sonde.config.TargetScheme;
import io.sonde.net.connect.Dialer;
import io.sonde.net.connect.HostPort;
import io.sonde.net.connect.ServicePorts;
import io.sonde.net.dns.AddressLiteral;
import io.sonde.net.dns.AddressSelection;
import io.sonde.net.tls.TlsClient;
import io.sonde.net.tls.TlsMaterial;
import io.sonde.net.tls.TlsMaterials;
import io.sonde.net.tls.TlsPeer;
import io.sonde.probe.Phase;
import io.sonde.probe.ProbeFailure;
import io.sonde.probe.ProbeRun;
import io.sonde.probe.Prober;
import io.sonde.probe.Reason;
import io.sonde.probe.Remote;
import io.sonde.probe.Verdict;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Probes a name server with one question, over UDP, TCP or TLS: chooses the server's address,
 * connects, asks, and judges response code and records. A truncated answer is taken as it is.
 */
public final class DnsProber implements Prober {
  private final DnsSpec spec;
  private final AddressSelection addresses;
  private final ServicePorts ports;
  private final Dialer dialer;
  private final @Nullable TlsMaterial tls;
  private final boolean stream;
  private final @Nullable InetAddress source;
  private final @Nullable DnsQuery query;
  private final String queryProblem;
  private final @Nullable Set<Integer> validRcodes;
  private final RecordChecks answerChecks;
  private final RecordChecks authorityChecks;
  private final RecordChecks additionalChecks;

  /** Compiles {@code spec}. */
  public DnsProber(
      DnsSpec spec,
      AddressSelection addresses,
      ServicePorts ports,
      Dialer dialer,
      TlsMaterials materials) {
    this.spec = spec;
    this.addresses = addresses;
    this.ports = ports;
    this.dialer = dialer;
    this.tls = spec.dnsOverTls() ? materials.of(spec.tlsConfig(), List.of()) : null;
    this.stream = spec.transportProtocol().equals("tcp");
    this.source = AddressLiteral.parse(spec.sourceIpAddress());
    DnsQuery compiled = null;
    String problem = "";
    try {
      compiled = DnsQuery.of(spec);
    } catch (IllegalArgumentException e) {
      problem = String.valueOf(e.getMessage());
    }
    this.query = compiled;
    this.queryProblem = problem;
    this.validRcodes = rcodes(spec.validRcodes());
    this.answerChecks = new RecordChecks(spec.validateAnswer());
    this.authorityChecks = new RecordChecks(spec.validateAuthority());
    this.additionalChecks = new RecordChecks(spec.validateAdditional());
  }

  @Override
  public CompletionStage<Verdict> probe(ProbeRun run) {
    DnsMetrics metrics = DnsMetrics.of(run, "SOA".equals(spec.queryType()));
    if (!stream && !List.of("", "udp").contains(spec.transportProtocol())) {
      run.trail().error("Configuration error: Expected transport protocol udp or tcp");
      return failed("transport_protocol: expected udp or tcp, got " + spec.transportProtocol());
    }
    HostPort server = server(run.request().target());
    return addresses
        .select(run, server.host(), spec.ip())
        .thenCompose(ip -> connect(run, server, ip))
        .thenCompose(conversation -> ask(run, conversation))
        .thenApply(message -> judge(run, metrics, message));
  }

  /** The server of a target, which may leave the port out; an address may be in brackets. */
  private HostPort server(String target) {
    HostPort split = HostPort.split(target);
    if (split != null) {
      return split;
    }
    boolean bracketed = target.startsWith("[") && target.endsWith("]");
    return new HostPort(
        bracketed ? target.substring(1, target.length() - 1) : target,
        spec.dnsOverTls() ? "853" : "53");
  }

  private CompletionStage<DnsConversation> connect(ProbeRun run, HostPort server, InetAddress ip) {
    if (tls != null && !stream) {
      run.trail().error("Configuration error: Expected transport protocol tcp for DoT");
      return failed("dns_over_tls: expected transport_protocol tcp, got udp");
    }
    if (source == null && !spec.sourceIpAddress().isEmpty()) {
      run.trail().error("Error parsing source ip address", "srcIP", spec.sourceIpAddress());
      return failed("source_ip_address: expected an IP address, got " + spec.sourceIpAddress());
    }
    if (query == null) {
      run.trail().error("Error while sending a DNS query", "err", queryProblem);
      return failed(queryProblem);
    }
    run.trail()
        .info(
            "Making DNS query",
            "target",
            run.request().target(),
            "query",
            spec.queryName(),
            "type",
            spec.queryType(),
            "class",
            spec.queryClass());
    return ports
        .port(run, server.port())
        .thenApply(port -> new Remote(TargetScheme.DNS, server.host(), ip, port))
        .thenCompose(
            remote ->
                tls == null ? dial(run, remote) : dialWithTls(run, remote, server.host(), tls));
  }

  private CompletionStage<DnsConversation> dial(ProbeRun run, Remote remote) {
    DnsConversation conversation = new DnsConversation(run, stream);
    CompletionStage<Channel> connected =
        stream
            ? dialer.connect(run, remote, source, 0, conversation)
            : dialer.datagrams().connect(run, remote, source, 0, conversation);
    return connected.thenApply(channel -> conversation);
  }

  private CompletionStage<DnsConversation> dialWithTls(
      ProbeRun run, Remote remote, String host, TlsMaterial material) {
    TlsPeer peer = TlsPeer.target(material.nameFor(host), ignored -> {});
    return material
        .current(run)
        .thenCompose(
            context ->
                TlsClient.insisting(
                    () -> {
                      DnsConversation conversation = new DnsConversation(run, true);
                      return dialer
                          .connect(run, remote, source, 0, conversation)
                          .thenCompose(channel -> TlsClient.handshake(run, channel, context, peer))
                          .thenApply(session -> conversation);
                    }));
  }

  private CompletionStage<DnsMessage> ask(ProbeRun run, DnsConversation conversation) {
    if (query == null) {
      throw new IllegalStateException("expected a query that can be asked");
    }
    return conversation.ask(query).whenComplete((message, error) -> noteFailure(run, error));
  }

  private static void noteFailure(ProbeRun run, @Nullable Throwable error) {
    Throwable cause = error instanceof CompletionException ? error.getCause() : error;
    if (cause instanceof ProbeFailure failure && !run.settled()) {
      run.trail().error("Error while sending a DNS query", "err", failure.failure().message());
    }
  }

  private Verdict judge(ProbeRun run, DnsMetrics metrics, DnsMessage message) {
    metrics.answered(message);
    String rcode = DnsMessage.rcodeText(message.rcode());
    run.trail()
        .info(
            "Got response",
            "rcode",
            rcode,
            "answer",
            message.answer().size(),
            "authority",
            message.authority().size(),
            "additional",
            message.additional().size());
    run.timeline().enter(Phase.CHECK, 0, run.nanoTime());
    if (validRcodes == null) {
      return failedCheck(
          run, Reason.CONFIG, "valid_rcodes: unknown rcode in " + spec.validRcodes());
    }
    if (!validRcodes.contains(message.rcode())) {
      List<String> valid = spec.validRcodes();
      return failedCheck(
          run,
          Reason.RCODE,
          "expected rcode " + (valid == null ? "NOERROR" : valid) + ", got " + rcode);
    }
    return judgeSections(run, message);
  }

  private Verdict judgeSections(ProbeRun run, DnsMessage message) {
    String problem = section(run, "answer", answerChecks, message.answer());
    if (problem == null) {
      problem = section(run, "authority", authorityChecks, message.authority());
    }
    if (problem == null) {
      problem = section(run, "additional", additionalChecks, message.additional());
    }
    return problem == null ? Verdict.PASSED : failedCheck(run, Reason.RECORDS, problem);
  }

  private static @Nullable String section(
      ProbeRun run, String name, RecordChecks checks, List<DnsRecord> records) {
    for (DnsRecord item : records) {
      run.trail().info("Validating RR", "section", name, "rr", item.text());
    }
    String problem = checks.judge(records);
    return problem == null ? null : name + " section: " + problem;
  }

  private static Verdict failedCheck(ProbeRun run, Reason reason, String message) {
    run.trail().error("The answer is not as it should be", "err", message);
    return Verdict.failed(Phase.CHECK, reason, message);
  }

  /** The numbers of some response codes; null if one of them is not known. */
  private static @Nullable Set<Integer> rcodes(@Nullable List<String> words) {
    Set<Integer> numbers = new HashSet<>();
    for (String word : words == null ? List.of("NOERROR") : words) {
      Integer number = DnsWords.RCODES.get(word);
      if (number == null) {
        return null;
      }
      numbers.add(number);
    }
    return Set.copyOf(numbers);
  }

  private static <T> CompletionStage<T> failed(String problem) {
    return CompletableFuture.failedFuture(new ProbeFailure(Phase.SETUP, Reason.CONFIG, problem));
  }
}
