package io.sonde.config;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Prints configuration as YAML without secrets; what has none loads again to an equal
 * configuration.
 *
 * <p>The order of keys is blackbox_exporter's. Values that mean nothing are left out, unless their
 * absence would mean something else.
 */
public final class ConfigPrinter {
  private static final int FILE_STEP = 4;
  private static final int MODULE_STEP = 2;

  private ConfigPrinter() {}

  /** The whole configuration, modules sorted by name. */
  public static String print(Config config) {
    Tree modules = Tree.sorted(config.modules(), entry -> module(entry.getValue()));
    Tree file = new Tree().put("modules", modules);
    List<Tree> policies = config.targetPolicies().stream().map(ConfigPrinter::policy).toList();
    if (!policies.isEmpty()) {
      file.put("target_policy", policies.size() == 1 ? policies.get(0) : policies);
    }
    return new YamlWriter(FILE_STEP, true).write(file);
  }

  private static Tree policy(TargetPolicySpec policy) {
    return new Tree()
        .put("preset", policy.preset().word())
        .put("default", policy.denyByDefault() ? PolicyKinds.DENY : PolicyKinds.ALLOW)
        .list("allow", policy.allow(), ConfigPrinter::policyRule)
        .list("deny", policy.deny(), ConfigPrinter::policyRule);
  }

  private static Tree policyRule(PolicyRule rule) {
    return new Tree()
        .text("cidr", Objects.toString(rule.cidr(), ""))
        .text("host", rule.host())
        .text("port", Objects.toString(rule.ports(), ""))
        .text("scheme", rule.scheme() == null ? "" : rule.scheme().word());
  }

  /** One module without its name, as the debug output shows it. */
  public static String print(ModuleConfig module) {
    return new YamlWriter(MODULE_STEP, false).write(module(module));
  }

  private static Tree module(ModuleConfig module) {
    Tree printed = blocks(module);
    return module.expanded().isEmpty() ? printed : printed.without(module.expanded().ofModule());
  }

  private static Tree blocks(ModuleConfig module) {
    Tree tree = new Tree();
    ProberKind prober = module.prober();
    if (prober == null) {
      return tree;
    }
    tree.put("prober", prober.word());
    if (!module.timeout().isZero()) {
      tree.put("timeout", Durations.format(module.timeout()));
    }
    return tree.flag("trace_context", module.traceContext())
        .sub("http", HttpPrinter.http(module.http()))
        .sub("tcp", tcp(module.tcp()))
        .sub("icmp", icmp(module.icmp()))
        .sub("dns", dns(module.dns()))
        .sub("grpc", module.grpc().equals(GrpcSpec.ZERO) ? new Tree() : grpc(module.grpc()))
        .sub("unix", unix(module.unix()))
        .sub("websocket", websocket(module.websocket()));
  }

  static Tree preference(Tree tree, IpPreference ip) {
    return tree.text("preferred_ip_protocol", ip.preferred())
        .put("ip_protocol_fallback", ip.fallback());
  }

  private static Tree tcp(TcpSpec tcp) {
    return preference(new Tree(), tcp.ip())
        .text("source_ip_address", tcp.sourceIpAddress())
        .list("query_response", tcp.queryResponse(), ConfigPrinter::queryResponse)
        .flag("tls", tcp.tls())
        .sub("tls_config", HttpPrinter.tls(tcp.tlsConfig()));
  }

  private static Tree unix(UnixSpec unix) {
    return new Tree()
        .list("query_response", unix.queryResponse(), ConfigPrinter::queryResponse)
        .flag("tls", unix.tls())
        .sub("tls_config", HttpPrinter.tls(unix.tlsConfig()));
  }

  private static Tree queryResponse(QueryResponse step) {
    Tree tree = new Tree();
    Regex expect = step.expect();
    if (expect != null) {
      tree.put("expect", expect.source());
    }
    tree.text("expect_bytes", step.expectBytes());
    List<LabelTemplate> labels = step.labels();
    if (labels != null) {
      tree.put("labels", labels.stream().map(ConfigPrinter::label).toList());
    }
    return tree.text("send", step.send()).flag("starttls", step.startTls());
  }

  private static Tree label(LabelTemplate label) {
    return new Tree().text("name", label.name()).text("value", label.value());
  }

  private static Tree icmp(IcmpSpec icmp) {
    Tree tree = preference(new Tree(), icmp.ip()).text("source_ip_address", icmp.sourceIpAddress());
    if (icmp.payloadSize() != 0) {
      tree.put("payload_size", icmp.payloadSize());
    }
    return tree.flag("dont_fragment", icmp.dontFragment()).put("ttl", icmp.ttl());
  }

  private static Tree dns(DnsSpec dns) {
    Tree tree =
        preference(new Tree(), dns.ip())
            .flag("dns_over_tls", dns.dnsOverTls())
            .sub("tls_config", HttpPrinter.tls(dns.tlsConfig()))
            .text("source_ip_address", dns.sourceIpAddress())
            .text("transport_protocol", dns.transportProtocol())
            .text("query_class", dns.queryClass())
            .text("query_name", dns.queryName())
            .text("query_type", dns.queryType())
            .put("recursion_desired", dns.recursionDesired());
    List<String> rcodes = dns.validRcodes();
    if (rcodes != null) {
      tree.put("valid_rcodes", rcodes);
    }
    return tree.sub("validate_answer_rrs", validator(dns.validateAnswer()))
        .sub("validate_authority_rrs", validator(dns.validateAuthority()))
        .sub("validate_additional_rrs", validator(dns.validateAdditional()));
  }

  private static Tree validator(RecordValidator validator) {
    return new Tree()
        .list("fail_if_matches_regexp", validator.failIfMatches())
        .list("fail_if_all_match_regexp", validator.failIfAllMatch())
        .list("fail_if_not_matches_regexp", validator.failIfNotMatches())
        .list("fail_if_none_matches_regexp", validator.failIfNoneMatches());
  }

  private static Tree grpc(GrpcSpec grpc) {
    return new Tree()
        .text("service", grpc.service())
        .flag("tls", grpc.tls())
        .sub("tls_config", HttpPrinter.tls(grpc.tlsConfig()))
        .put("ip_protocol_fallback", grpc.ip().fallback())
        .text("preferred_ip_protocol", grpc.ip().preferred())
        .map("metadata", grpc.metadata(), ConfigPrinter::metadata);
  }

  private static List<String> metadata(Map.Entry<String, List<String>> entry) {
    return entry.getValue().stream()
        .map(value -> Credentials.masked(entry.getKey(), value))
        .toList();
  }

  private static Tree websocket(WebsocketSpec websocket) {
    Tree tree = new Tree();
    if (!websocket.http().equals(HttpClientSpec.ZERO)) {
      tree.put("http_config", HttpPrinter.client(new Tree(), websocket.http()));
    }
    tree.map("headers", websocket.headers(), HttpPrinter::header)
        .list("query_response", websocket.queryResponse(), ConfigPrinter::queryResponse);
    return preference(tree, websocket.ip());
  }
}
