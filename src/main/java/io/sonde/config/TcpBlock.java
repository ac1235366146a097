package io.sonde.config;

import java.util.List;

/** {@code tcp}. */
final class TcpBlock extends Block<TcpSpec> {
  static final Key<Boolean> TLS = Key.of("tls", Kinds.BOOL, false);

  static final TcpBlock BLOCK = new TcpBlock();

  private TcpBlock() {
    super(
        "tcp",
        List.of(
            IpKeys.PREFERRED,
            IpKeys.FALLBACK,
            IpKeys.SOURCE,
            QueryResponseBlock.QUERY_RESPONSE,
            TLS,
            TlsBlock.TLS_CONFIG));
  }

  @Override
  TcpSpec build(Fields fields, Reading in) {
    List<QueryResponse> dialogue = fields.get(QueryResponseBlock.QUERY_RESPONSE);
    QueryResponseBlock.checkLabelNames(dialogue, fields, in);
    return new TcpSpec(
        IpKeys.preference(fields, in),
        IpKeys.sourceAddress(fields, in),
        dialogue,
        fields.get(TLS),
        fields.get(TlsBlock.TLS_CONFIG));
  }
}
