package io.sonde.view;

import static java.util.Map.entry;

import io.sonde.config.ProberKind;
import io.sonde.probe.Failure;
import io.sonde.probe.Phase;
import io.sonde.probe.ProbeRequest;
import io.sonde.probe.Reason;
import java.util.Map;
import java.util.Objects;

/**
 * A reason for failure in words, and where to look next.
 *
 * @param words what is wrong
 * @param next what to check, one short line
 */
public record Advice(String words, String next) {
  private static final String SEE_NAME_SERVERS =
      "see the name servers in /etc/resolv.conf and whether port 53 is let through";

  private static final Map<Reason, Advice> BY_REASON =
      Map.ofEntries(
          entry(
              Reason.CONFIG,
              new Advice(
                  "the module or the target cannot work as written",
                  "correct what the message names: the target, or the module, which sonde check FILE"
                      + " shows in its place")),
          entry(
              Reason.NAME_NOT_FOUND,
              new Advice(
                  "the name has no address",
                  "look the name up with dig, and see preferred_ip_protocol and ip_protocol_fallback")),
          entry(
              Reason.RESOLVER,
              new Advice("the name server failed or did not answer", SEE_NAME_SERVERS)),
          entry(
              Reason.REFUSED,
              new Advice(
                  "nothing listens there, or a firewall refuses",
                  "is the service running, and on this port and address?")),
          entry(
              Reason.UNREACHABLE,
              new Advice("there is no way to the address", "see routes, VPN and address family")),
          entry(
              Reason.CLOSED,
              new Advice(
                  "the peer ended the connection too early",
                  "read the log of the target and of what stands before it")),
          entry(
              Reason.CERT_EXPIRED,
              new Advice(
                  "a certificate has expired",
                  "renew it, and reload the server: many keep the old one in memory")),
          entry(
              Reason.CERT_NOT_YET_VALID,
              new Advice("a certificate is not valid yet", "compare the clocks of both machines")),
          entry(
              Reason.CERT_UNTRUSTED,
              new Advice(
                  "no chain leads from the certificate to a known authority",
                  "does the server send its intermediates? A private authority needs tls_config.ca_file")),
          entry(
              Reason.CERT_NAME,
              new Advice(
                  "the certificate is for other names",
                  "probe one of its names, or set tls_config.server_name")),
          entry(
              Reason.TLS,
              new Advice(
                  "the TLS handshake failed",
                  "compare TLS versions and ciphers; does the server demand a client certificate?")),
          entry(
              Reason.PROTOCOL,
              new Advice(
                  "the peer does not speak the protocol",
                  "is it the right port, http against https?")),
          entry(
              Reason.PROXY,
              new Advice("the proxy failed or refused", "see proxy_url and the proxy's log")),
          entry(
              Reason.AUTH,
              new Advice(
                  "credentials were not to be had or not accepted", "see the module's secrets")),
          entry(
              Reason.REDIRECT,
              new Advice(
                  "a redirect could not be followed", "see the hops above and follow_redirects")),
          entry(
              Reason.STATUS,
              new Advice(
                  "the status is not a wanted one",
                  "read the target's log, or widen valid_status_codes if this answer is right")),
          entry(
              Reason.HEADER,
              new Advice(
                  "a header is not as it should be",
                  "compare the header with the module's fail_if_header_... checks")),
          entry(
              Reason.BODY,
              new Advice(
                  "the body is not as it should be",
                  "compare the body with the module's checks; --debug shows what was seen")),
          entry(
              Reason.BODY_LIMIT,
              new Advice(
                  "the body is larger than allowed",
                  "raise body_size_limit or --probe.max-body-bytes if that is right")),
          entry(
              Reason.VERSION,
              new Advice("the HTTP version is not a wanted one", "see valid_http_versions")),
          entry(
              Reason.SSL,
              new Advice(
                  "TLS was used where it must not be, or the reverse",
                  "see fail_if_ssl, fail_if_not_ssl and the scheme of the last hop")),
          entry(
              Reason.RCODE, new Advice("the DNS answer has an unwanted code", "see valid_rcodes")),
          entry(
              Reason.RECORDS,
              new Advice("DNS records are not as they should be", "see validate_... rrs")),
          entry(
              Reason.SERVING_STATUS,
              new Advice("the service is not serving", "ask its own health report")),
          entry(
              Reason.MISMATCH,
              new Advice(
                  "the peer sent something else than expected",
                  "compare the trail (--debug) with query_response")),
          entry(
              Reason.DESCRIPTORS,
              new Advice("this process has no file descriptor left", "raise the limit: ulimit -n")),
          entry(
              Reason.BLOCKED_BY_POLICY,
              new Advice("the target policy forbids the address", "see the policy of this daemon")),
          entry(
              Reason.INTERNAL,
              new Advice("a bug of Sonde", "please report it, with the output of --debug")),
          entry(
              Reason.TIMEOUT,
              new Advice(
                  "the answer did not come in time",
                  "the longest bar shows what was waited for; try a longer --timeout")));

  /** What a deadline means depends on what was waited for. */
  private static final Map<Phase, Advice> ON_TIMEOUT =
      Map.of(
          Phase.RESOLVE,
          new Advice("the name server did not answer in time", SEE_NAME_SERVERS),
          Phase.CONNECT,
          new Advice(
              "nobody answered the connection attempt in time",
              "is the host up? A firewall that drops packets looks like this too"),
          Phase.TLS,
          new Advice(
              "the TLS handshake did not end in time",
              "does the port speak TLS at once? Ports with STARTTLS wait for a dialogue first"));

  /** A socket that is a file is not there, or is there and has no service. */
  private static final Advice ON_MISSING_SOCKET =
      new Advice(
          "nothing listens on this socket",
          "is the path right as seen from here (ls -l), and is the service that makes it running?");

  /** What a failure means for what was asked. */
  public static Advice on(Failure failure, ProbeRequest request) {
    if (failure.reason() == Reason.REFUSED && request.module().prober() == ProberKind.UNIX) {
      return ON_MISSING_SOCKET;
    }
    Advice general = Objects.requireNonNull(BY_REASON.get(failure.reason()));
    return failure.reason() == Reason.TIMEOUT
        ? ON_TIMEOUT.getOrDefault(failure.phase(), general)
        : general;
  }
}
