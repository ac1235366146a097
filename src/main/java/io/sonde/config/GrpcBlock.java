package io.sonde.config;

import java.util.List;
import java.util.Map;

/** {@code grpc}. */
final class GrpcBlock extends Block<GrpcSpec> {
  static final Key<String> SERVICE = Key.of("service", Kinds.STRING, "");
  static final Key<Map<String, List<String>>> METADATA =
      Key.of(
              "metadata",
              Kinds.map(Kinds.list(Kinds.STRING), List.<String>of()),
              Map.<String, List<String>>of())
          .sensitive();

  static final GrpcBlock BLOCK = new GrpcBlock();

  private GrpcBlock() {
    super(
        "grpc",
        List.of(
            SERVICE,
            TcpBlock.TLS,
            TlsBlock.TLS_CONFIG,
            IpKeys.FALLBACK,
            IpKeys.PREFERRED,
            METADATA));
  }

  @Override
  GrpcSpec build(Fields fields, Reading in) {
    return new GrpcSpec(
        fields.get(SERVICE),
        fields.get(TcpBlock.TLS),
        fields.get(TlsBlock.TLS_CONFIG),
        IpKeys.preference(fields, in),
        fields.get(METADATA));
  }
}
