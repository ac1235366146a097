package io.sonde.config;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Parameters of an HTTP probe.
 *
 * @param validStatusCodes accepted final status codes; empty means any 2xx
 * @param validHttpVersions accepted versions, as {@code HTTP/1.1}; empty means any
 * @param skipResolvePhaseWithProxy whether the proxy resolves the name
 * @param method as written; empty means GET
 * @param headers request headers, names as written; a {@code Host} in any case sets the authority
 * @param body request body; excludes {@code bodyFile}
 * @param bodyFile path of a request body, read at every probe; empty means none
 * @param compression how the response is decoded: {@code gzip}, {@code br}, {@code deflate}, {@code
 *     identity} or empty; any other word fails the probe
 * @param bodySizeLimit most decoded bytes that are read; 0 means no limit
 * @param enableHttp3 whether HTTP/3 is used, and nothing else
 */
public record HttpSpec(
    List<Integer> validStatusCodes,
    List<String> validHttpVersions,
    IpPreference ip,
    boolean skipResolvePhaseWithProxy,
    boolean failIfSsl,
    boolean failIfNotSsl,
    String method,
    Map<String, String> headers,
    List<Regex> failIfBodyMatchesRegexp,
    List<Regex> failIfBodyNotMatchesRegexp,
    @Nullable CelExpression failIfBodyJsonMatchesCel,
    @Nullable CelExpression failIfBodyJsonNotMatchesCel,
    List<HeaderMatch> failIfHeaderMatches,
    List<HeaderMatch> failIfHeaderNotMatches,
    Bytes body,
    String bodyFile,
    HttpClientSpec client,
    String compression,
    long bodySizeLimit,
    boolean enableHttp3)
    implements ProbeSpec {
  /** What an absent block means. */
  public static final HttpSpec DEFAULT =
      new HttpSpec(
          List.of(),
          List.of(),
          IpPreference.DEFAULT,
          false,
          false,
          false,
          "",
          Map.of(),
          List.of(),
          List.of(),
          null,
          null,
          List.of(),
          List.of(),
          Bytes.EMPTY,
          "",
          HttpClientSpec.DEFAULT,
          "",
          0,
          false);

  public HttpSpec {
    validStatusCodes = List.copyOf(validStatusCodes);
    validHttpVersions = List.copyOf(validHttpVersions);
    headers = Frozen.map(headers);
    failIfBodyMatchesRegexp = List.copyOf(failIfBodyMatchesRegexp);
    failIfBodyNotMatchesRegexp = List.copyOf(failIfBodyNotMatchesRegexp);
    failIfHeaderMatches = List.copyOf(failIfHeaderMatches);
    failIfHeaderNotMatches = List.copyOf(failIfHeaderNotMatches);
  }

  @Override
  public ProberKind kind() {
    return ProberKind.HTTP;
  }

  /** The same probe with other request headers. */
  public HttpSpec withHeaders(Map<String, String> changed) {
    return new HttpSpec(
        validStatusCodes,
        validHttpVersions,
        ip,
        skipResolvePhaseWithProxy,
        failIfSsl,
        failIfNotSsl,
        method,
        changed,
        failIfBodyMatchesRegexp,
        failIfBodyNotMatchesRegexp,
        failIfBodyJsonMatchesCel,
        failIfBodyJsonNotMatchesCel,
        failIfHeaderMatches,
        failIfHeaderNotMatches,
        body,
        bodyFile,
        client,
        compression,
        bodySizeLimit,
        enableHttp3);
  }
}
