package io.sonde.config;

import java.util.List;

/** {@code unix}. */
final class UnixBlock extends Block<UnixSpec> {
  static final UnixBlock BLOCK = new UnixBlock();

  private UnixBlock() {
    super("unix", List.of(QueryResponseBlock.QUERY_RESPONSE, TcpBlock.TLS, TlsBlock.TLS_CONFIG));
  }

  @Override
  UnixSpec build(Fields fields, Reading in) {
    List<QueryResponse> dialogue = fields.get(QueryResponseBlock.QUERY_RESPONSE);
    QueryResponseBlock.checkLabelNames(dialogue, fields, in);
    return new UnixSpec(dialogue, fields.get(TcpBlock.TLS), fields.get(TlsBlock.TLS_CONFIG));
  }
}
