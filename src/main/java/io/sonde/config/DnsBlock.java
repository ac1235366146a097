package io.sonde.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** {@code dns}. Whether it must have a name depends on its module. */
final class DnsBlock extends Block<DnsSpec> {
  private static final List<String> TRANSPORTS = List.of("udp", "tcp");

  static final Key<Boolean> DNS_OVER_TLS = Key.of("dns_over_tls", Kinds.BOOL, false);
  static final Key<String> TRANSPORT = Key.of("transport_protocol", Kinds.mostly(TRANSPORTS), "");
  static final Key<String> QUERY_CLASS =
      Key.of("query_class", words("query class", DnsWords.CLASSES.keySet()), "");
  static final Key<String> QUERY_NAME = Key.of("query_name", Kinds.STRING, "");
  static final Key<String> QUERY_TYPE =
      Key.of("query_type", words("query type", DnsWords.TYPES.keySet()), "");
  static final Key<Boolean> RECURSION_DESIRED = Key.of("recursion_desired", Kinds.BOOL, true);
  static final Key<List<String>> VALID_RCODES =
      Key.optional("valid_rcodes", Kinds.list(Kinds.mostly(List.copyOf(DnsWords.RCODES.keySet()))));
  static final Key<RecordValidator> ANSWER = validator("validate_answer_rrs");
  static final Key<RecordValidator> AUTHORITY = validator("validate_authority_rrs");
  static final Key<RecordValidator> ADDITIONAL = validator("validate_additional_rrs");

  static final DnsBlock BLOCK = new DnsBlock();

  private DnsBlock() {
    super(
        "dns",
        List.of(
            IpKeys.PREFERRED,
            IpKeys.FALLBACK,
            IpKeys.SOURCE,
            DNS_OVER_TLS,
            TlsBlock.TLS_CONFIG,
            TRANSPORT,
            QUERY_CLASS,
            QUERY_NAME,
            QUERY_TYPE,
            RECURSION_DESIRED,
            VALID_RCODES,
            ANSWER,
            AUTHORITY,
            ADDITIONAL));
  }

  private static Key<RecordValidator> validator(String name) {
    return Key.of(name, RecordValidatorBlock.BLOCK, RecordValidator.NONE);
  }

  @Override
  DnsSpec build(Fields fields, Reading in) {
    checkTransport(fields, in);
    List<String> rcodes = fields.find(VALID_RCODES);
    for (String rcode : rcodes == null ? List.<String>of() : rcodes) {
      if (!DnsWords.RCODES.containsKey(rcode)) {
        fields.unusable(in, VALID_RCODES, "unknown rcode \"" + rcode + "\"");
      }
    }
    return new DnsSpec(
        IpKeys.preference(fields, in),
        fields.get(DNS_OVER_TLS),
        fields.get(TlsBlock.TLS_CONFIG),
        IpKeys.sourceAddress(fields, in),
        fields.get(TRANSPORT),
        fields.get(QUERY_CLASS),
        fields.failed(QUERY_NAME) ? "." : fields.get(QUERY_NAME),
        fields.get(QUERY_TYPE),
        fields.get(RECURSION_DESIRED),
        rcodes,
        fields.get(ANSWER),
        fields.get(AUTHORITY),
        fields.get(ADDITIONAL));
  }

  private static Kind<String> words(String what, Set<String> words) {
    List<String> all = new ArrayList<>(List.of(""));
    all.addAll(words);
    return WordKind.of("string", what + " '%s' is not valid", all);
  }

  private static void checkTransport(Fields fields, Reading in) {
    String transport = fields.get(TRANSPORT);
    if (!transport.isEmpty() && !TRANSPORTS.contains(transport)) {
      fields.unusable(in, TRANSPORT, "transport_protocol must be udp or tcp");
    } else if (fields.get(DNS_OVER_TLS) && !transport.equals("tcp")) {
      fields.unusable(in, DNS_OVER_TLS, "dns_over_tls needs transport_protocol: tcp");
    }
  }
}
