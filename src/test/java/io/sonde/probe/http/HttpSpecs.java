package io.sonde.probe.http;

import io.sonde.config.Authorization;
import io.sonde.config.BasicAuth;
import io.sonde.config.Bytes;
import io.sonde.config.CelException;
import io.sonde.config.CelExpression;
import io.sonde.config.HeaderBlock;
import io.sonde.config.HeaderMatch;
import io.sonde.config.HttpClientSpec;
import io.sonde.config.HttpSpec;
import io.sonde.config.IpPreference;
import io.sonde.config.OAuth2Spec;
import io.sonde.config.ProxySpec;
import io.sonde.config.Regex;
import io.sonde.config.Secret;
import io.sonde.config.Source;
import io.sonde.config.TlsSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Modules for tests, as sentences: {@code http().method("POST").body("a=1").spec()}. */
final class HttpSpecs {
  private final Map<String, String> headers = new LinkedHashMap<>();
  private final Map<String, HeaderBlock> httpHeaders = new LinkedHashMap<>();
  private final List<Regex> bodyMatches = new ArrayList<>();
  private final List<Regex> bodyNotMatches = new ArrayList<>();
  private final List<HeaderMatch> headerMatches = new ArrayList<>();
  private final List<HeaderMatch> headerNotMatches = new ArrayList<>();
  private List<Integer> statusCodes = List.of();
  private List<String> versions = List.of();
  private IpPreference ip = IpPreference.DEFAULT;
  private String method = "";
  private String body = "";
  private String bodyFile = "";
  private String compression = "";
  private long limit;
  private boolean failIfSsl;
  private boolean failIfNotSsl;
  private boolean follow = true;
  private boolean http3;
  private TlsSpec tls = TlsSpec.DEFAULT;
  private @Nullable CelExpression jsonMatches;
  private @Nullable CelExpression jsonNotMatches;
  private @Nullable BasicAuth basicAuth;
  private @Nullable OAuth2Spec oauth2;
  private @Nullable Authorization authorization;

  private String proxy = "";
  private String noProxy = "";
  private boolean proxyFromEnvironment;
  private boolean leavingNamesToProxy;
  private final Map<String, List<Secret>> connectHeader = new LinkedHashMap<>();
  private String proxyFile = "";
  private final Map<String, List<String>> connectHeaderFiles = new LinkedHashMap<>();

  private HttpSpecs() {}

  static HttpSpecs http() {
    return new HttpSpecs();
  }

  HttpSpecs method(String text) {
    method = text;
    return this;
  }

  HttpSpecs header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  HttpSpecs httpHeader(String name, HeaderBlock block) {
    httpHeaders.put(name, block);
    return this;
  }

  HttpSpecs body(String text) {
    body = text;
    return this;
  }

  HttpSpecs bodyFile(String path) {
    bodyFile = path;
    return this;
  }

  HttpSpecs compression(String word) {
    compression = word;
    return this;
  }

  HttpSpecs limit(long bytes) {
    limit = bytes;
    return this;
  }

  HttpSpecs statusCodes(Integer... codes) {
    statusCodes = List.of(codes);
    return this;
  }

  HttpSpecs versions(String... texts) {
    versions = List.of(texts);
    return this;
  }

  HttpSpecs ip(String preferred, boolean fallback) {
    ip = new IpPreference(preferred, fallback);
    return this;
  }

  HttpSpecs failIfSsl() {
    failIfSsl = true;
    return this;
  }

  HttpSpecs failIfNotSsl() {
    failIfNotSsl = true;
    return this;
  }

  /** Over HTTP/3 only. */
  HttpSpecs http3() {
    http3 = true;
    return this;
  }

  HttpSpecs notFollowing() {
    follow = false;
    return this;
  }

  HttpSpecs tls(TlsSpec spec) {
    tls = spec;
    return this;
  }

  HttpSpecs trusting(String caPem) {
    return tls(trust(caPem));
  }

  static TlsSpec trust(String caPem) {
    return new TlsSpec(Source.inline(caPem), Source.NONE, Source.NONE, "", false, null, null);
  }

  HttpSpecs oauth2(OAuth2Specs specs) {
    oauth2 = specs.spec();
    return this;
  }

  HttpSpecs basicAuth(Source user, Source password) {
    basicAuth = new BasicAuth(user, password);
    return this;
  }

  HttpSpecs authorization(String type, Source credentials) {
    authorization = new Authorization(type, credentials);
    return this;
  }

  HttpSpecs proxy(String url) {
    proxy = url;
    return this;
  }

  HttpSpecs noProxy(String exceptions) {
    noProxy = exceptions;
    return this;
  }

  HttpSpecs proxyFile(Path file) {
    proxyFile = file.toString();
    return this;
  }

  HttpSpecs connectHeaderFile(String name, Path file) {
    connectHeaderFiles.put(name, List.of(file.toString()));
    return this;
  }

  HttpSpecs proxyFromEnvironment() {
    proxyFromEnvironment = true;
    return this;
  }

  HttpSpecs leavingNamesToProxy() {
    leavingNamesToProxy = true;
    return this;
  }

  HttpSpecs connectHeader(String name, String... values) {
    connectHeader.put(name, Stream.of(values).map(Secret::of).toList());
    return this;
  }

  HttpSpecs failIfBodyMatches(String regex) {
    bodyMatches.add(Regex.compile(regex));
    return this;
  }

  HttpSpecs failIfBodyNotMatches(String regex) {
    bodyNotMatches.add(Regex.compile(regex));
    return this;
  }

  HttpSpecs failIfJsonMatches(String expression) {
    jsonMatches = cel(expression);
    return this;
  }

  HttpSpecs failIfJsonNotMatches(String expression) {
    jsonNotMatches = cel(expression);
    return this;
  }

  private static CelExpression cel(String expression) {
    try {
      return CelExpression.compile(expression);
    } catch (CelException e) {
      throw new AssertionError(e);
    }
  }

  HttpSpecs failIfHeaderMatches(String name, String regex, boolean allowMissing) {
    headerMatches.add(new HeaderMatch(name, Regex.compile(regex), allowMissing));
    return this;
  }

  HttpSpecs failIfHeaderNotMatches(String name, String regex, boolean allowMissing) {
    headerNotMatches.add(new HeaderMatch(name, Regex.compile(regex), allowMissing));
    return this;
  }

  HttpSpec spec() {
    return new HttpSpec(
        statusCodes,
        versions,
        ip,
        leavingNamesToProxy,
        failIfSsl,
        failIfNotSsl,
        method,
        headers,
        bodyMatches,
        bodyNotMatches,
        jsonMatches,
        jsonNotMatches,
        headerMatches,
        headerNotMatches,
        Bytes.of(body),
        bodyFile,
        new HttpClientSpec(
            basicAuth,
            authorization,
            oauth2,
            tls,
            follow,
            !http3,
            new ProxySpec(
                Secret.of(proxy),
                noProxy,
                proxyFromEnvironment,
                connectHeader,
                proxyFile,
                connectHeaderFiles),
            httpHeaders),
        compression,
        limit,
        http3);
  }
}
