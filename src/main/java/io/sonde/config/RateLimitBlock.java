package io.sonde.config;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code rate_limit}. */
final class RateLimitBlock extends Block<RateLimit> {
  /** A duration, or a bare number of nanoseconds. */
  private static final Kind<Duration> NANOS_OR_DURATION =
      new Kinds.ScalarKind<>("duration", "time.Duration") {
        @Override
        @Nullable Duration read(Scalar scalar, YamlNode node, Reading in) {
          long nanos;
          if (scalar.value() instanceof BigInteger whole && whole.bitLength() < Long.SIZE) {
            nanos = whole.longValue();
          } else if (scalar.value() instanceof Double number && Math.abs(number) < Long.MAX_VALUE) {
            nanos = number.longValue();
          } else {
            return Kinds.DURATION.read(node, in);
          }
          if (nanos != 0) {
            in.warn(
                node,
                "a bare number means nanoseconds: " + Durations.format(Duration.ofNanos(nanos)),
                "did you mean " + node.text() + "s?");
          }
          return Duration.ofNanos(nanos);
        }

        @Override
        Map<String, Object> schema(Schema in) {
          String form = Durations.FORM + "|" + IntKind.OLD_FORM;
          Map<String, Object> schema = in.formed(form, "a duration such as 10ms", "number");
          schema.put("minimum", -Long.MAX_VALUE);
          schema.put("maximum", Long.MAX_VALUE);
          return schema;
        }
      };

  static final Key<Duration> INTERVAL = Key.of("interval", NANOS_OR_DURATION, Duration.ZERO);
  static final Key<Integer> BURST = Key.of("burst", Kinds.INT, 0);

  static final RateLimitBlock BLOCK = new RateLimitBlock();

  private RateLimitBlock() {
    super("rate_limit", "web.RateLimiterConfig", List.of(INTERVAL, BURST));
  }

  @Override
  RateLimit build(Fields fields, Reading in) {
    RateLimit limit = new RateLimit(fields.get(INTERVAL), fields.get(BURST));
    if (limit.isOn() && limit.burst() <= 0 && !fields.failed(BURST)) {
      fields.warn(
          in, BURST, "every request will be refused", "burst says how many may come at once");
    }
    return limit;
  }
}
