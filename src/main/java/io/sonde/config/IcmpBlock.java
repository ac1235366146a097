package io.sonde.config;

import java.util.List;

/** {@code icmp}. */
final class IcmpBlock extends Block<IcmpSpec> {
  static final Key<Integer> PAYLOAD_SIZE = Key.of("payload_size", Kinds.INT, 0);
  static final Key<Boolean> DONT_FRAGMENT = Key.of("dont_fragment", Kinds.BOOL, false);
  static final Key<Integer> TTL = Key.of("ttl", Kinds.INT, IcmpSpec.DEFAULT_TTL);

  static final IcmpBlock BLOCK = new IcmpBlock();

  private static final int MAX_TTL = 255;

  private IcmpBlock() {
    super(
        "icmp",
        List.of(
            IpKeys.PREFERRED, IpKeys.FALLBACK, IpKeys.SOURCE, PAYLOAD_SIZE, DONT_FRAGMENT, TTL));
  }

  @Override
  IcmpSpec build(Fields fields, Reading in) {
    int ttl = fields.get(TTL);
    if (ttl < 0) {
      fields.error(in, TTL, "\"ttl\" cannot be negative", "expected 0 to 255");
    } else if (ttl > MAX_TTL) {
      fields.error(in, TTL, "\"ttl\" cannot exceed 255", "expected 0 to 255");
    }
    if (fields.get(PAYLOAD_SIZE) < 0) {
      fields.unusable(in, PAYLOAD_SIZE, "payload_size is negative");
    }
    return new IcmpSpec(
        IpKeys.preference(fields, in),
        IpKeys.sourceAddress(fields, in),
        fields.get(PAYLOAD_SIZE),
        fields.get(DONT_FRAGMENT),
        ttl);
  }
}
