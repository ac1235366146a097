package io.sonde.net.http;

import io.sonde.config.TargetScheme;
import io.sonde.net.dns.AddressLiteral;
import io.sonde.net.policy.Gate;
import io.sonde.probe.Phase;
import io.sonde.probe.ProbeFailure;
import io.sonde.probe.ProbeRun;
import io.sonde.probe.Reason;
import io.sonde.probe.Remote;
import io.sonde.probe.TargetPolicy;
import org.jspecify.annotations.Nullable;

/**
 * The host in a request that a proxy forwards: it decides where the request goes, whatever the
 * target was, and may come from the {@code hostname} parameter.
 */
final class ForwardedHost {
  private ForwardedHost() {}

  /**
   * Why the request must not be sent, or null.
   *
   * @param host the value of {@code Host}, which stands in the request line as well
   */
  static @Nullable ProbeFailure refusal(ProbeRun run, int hop, String host) {
    if (run.policy() == TargetPolicy.OFF) {
      return null;
    }
    HttpUrl url;
    try {
      url = HttpUrl.parse("http://" + host);
    } catch (InvalidUrlException e) {
      return new ProbeFailure(
          Phase.PROXY,
          Reason.BLOCKED_BY_POLICY,
          "the target policy cannot judge where a proxy would send the request: " + e.getMessage());
    }
    Remote remote =
        new Remote(
            TargetScheme.HTTP, url.host(), AddressLiteral.parse(url.host()), url.effectivePort());
    return Gate.refusal(run, remote, Phase.PROXY, hop);
  }
}
