package io.sonde.config;

import java.util.List;
import java.util.Map;

/**
 * Parameters of a gRPC health check.
 *
 * @param service empty means the whole server
 * @param metadata request metadata, names as written
 */
public record GrpcSpec(
    String service,
    boolean tls,
    TlsSpec tlsConfig,
    IpPreference ip,
    Map<String, List<String>> metadata)
    implements ProbeSpec {
  /** What an absent or empty block means to a gRPC module. */
  public static final GrpcSpec DEFAULT = of(IpPreference.DEFAULT);

  /** What an absent block means to every other module: nothing set, nothing shown. */
  public static final GrpcSpec ZERO = of(new IpPreference("", false));

  public GrpcSpec {
    metadata = Frozen.lists(metadata);
  }

  private static GrpcSpec of(IpPreference ip) {
    return new GrpcSpec("", false, TlsSpec.DEFAULT, ip, Map.of());
  }

  @Override
  public ProberKind kind() {
    return ProberKind.GRPC;
  }
}
