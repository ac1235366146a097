package io.sonde.config;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A module. Its name is not in the block, so that {@link ModulesKind} gives it. */
final class ModuleBlock extends Block<ModuleConfig> {
  private static final WordKind<ProberKind> PROBERS =
      WordKind.of("string", "prober '%s' is not valid", List.of(ProberKind.values()));

  static final Key<ProberKind> PROBER =
      Key.optional("prober", PROBERS).required("prober '' is not valid", PROBERS.list());
  static final Key<Duration> TIMEOUT = Key.of("timeout", Kinds.DURATION, Duration.ZERO);
  static final Key<Boolean> TRACE_CONTEXT = Key.of("trace_context", Kinds.BOOL, false);
  static final Key<HttpSpec> HTTP = Key.of("http", HttpBlock.BLOCK, HttpSpec.DEFAULT);
  static final Key<TcpSpec> TCP = Key.of("tcp", TcpBlock.BLOCK, TcpSpec.DEFAULT);
  static final Key<IcmpSpec> ICMP = Key.of("icmp", IcmpBlock.BLOCK, IcmpSpec.DEFAULT);
  static final Key<DnsSpec> DNS = Key.of("dns", DnsBlock.BLOCK, DnsSpec.DEFAULT);
  static final Key<GrpcSpec> GRPC = Key.optional("grpc", GrpcBlock.BLOCK);
  static final Key<UnixSpec> UNIX = Key.of("unix", UnixBlock.BLOCK, UnixSpec.DEFAULT);
  static final Key<WebsocketSpec> WEBSOCKET =
      Key.of("websocket", WebsocketBlock.BLOCK, WebsocketSpec.DEFAULT);

  static final ModuleBlock BLOCK = new ModuleBlock();

  private ModuleBlock() {
    super(
        "module",
        List.of(PROBER, TIMEOUT, TRACE_CONTEXT, HTTP, TCP, ICMP, DNS, GRPC, UNIX, WEBSOCKET));
  }

  @Override
  ModuleConfig build(Fields fields, Reading in) {
    ProberKind prober = fields.find(PROBER);
    if (prober == ProberKind.DNS) {
      checkQueryName(fields, in);
    }
    Duration timeout = fields.get(TIMEOUT);
    ModuleConfig module = module(fields, prober, timeout);
    return fields.get(TRACE_CONTEXT) ? TraceKeys.checked(module, fields, in) : module;
  }

  private static ModuleConfig module(Fields fields, @Nullable ProberKind prober, Duration timeout) {
    return new ModuleConfig(
        "",
        prober,
        timeout.isNegative() ? Duration.ZERO : timeout,
        fields.get(HTTP),
        fields.get(TCP),
        fields.get(ICMP),
        fields.get(DNS),
        grpc(fields.find(GRPC), prober),
        fields.get(UNIX),
        fields.get(WEBSOCKET));
  }

  /**
   * An absent block loads, as it always did; one without a name does not. What other modules have
   * in theirs does not matter, so that what is printed with all its defaults loads again.
   */
  private static void checkQueryName(Fields fields, Reading in) {
    if (fields.has(DNS) && fields.get(DNS).queryName().isEmpty()) {
      fields.error(in, DNS, "query name must be set for DNS module", "");
    } else if (!fields.has(DNS) && !fields.failed(DNS)) {
      fields.unusable(in, PROBER, "prober dns needs a dns block with a query_name");
    }
  }

  private static GrpcSpec grpc(@Nullable GrpcSpec configured, @Nullable ProberKind prober) {
    if (configured != null) {
      return configured;
    }
    return prober == ProberKind.GRPC ? GrpcSpec.DEFAULT : GrpcSpec.ZERO;
  }
}
