package io.sonde.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Token endpoints (RFC 6749, 7523), by the first part of the path. */
final class TokenScripts {
  private static final Pattern ASSERTION =
      Pattern.compile("assertion=([\\w-]+)\\.([\\w-]+)\\.([\\w-]+)");
  private static final String TOKEN =
      "{\"access_token\":\"t0k3n\",\"token_type\":\"%s\",\"expires_in\":3600}";

  /** Longer than the probe may take that asks for such a token. */
  private static final int LATE_MILLIS = 1_500;

  private final Map<String, Peer.Script> scripts = new HashMap<>();
  private final Path certificate;

  private TokenScripts(Path certificate) {
    this.certificate = certificate;
  }

  /**
   * The scripts of a peer, and those of token endpoints.
   *
   * @param certificate whose key has to have signed assertions
   */
  static Map<String, Peer.Script> beside(Map<String, Peer.Script> scripts, Path certificate) {
    TokenScripts tokens = new TokenScripts(certificate);
    tokens.scripts.putAll(scripts);
    tokens.sound();
    tokens.unsound();
    tokens.scripts.put("token-signed", tokens::signed);
    return tokens.scripts;
  }

  private static String answer(int status, String type, String body) {
    return "HTTP/1.1 "
        + status
        + " Whatever\r\nContent-Type: "
        + type
        + "\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  private void json(String name, int status, String body) {
    scripts.put(
        name, (request, line) -> line.say(answer(status, "application/json;charset=UTF-8", body)));
  }

  private void sound() {
    json("token", 200, TOKEN.formatted("bearer"));
    json("token-untyped", 200, "{\"access_token\":\"t0k3n\"}");
    json("token-mac", 200, TOKEN.formatted("MAC"));
    json("token-basic", 200, TOKEN.formatted("BASIC"));
    json("token-odd", 200, TOKEN.formatted("Odd"));
    json("token-created", 201, TOKEN.formatted("bearer"));
    json("token-expired", 200, "{\"access_token\":\"t0k3n\",\"expires_in\":\"-5\"}");
    json("token-expires-text", 200, "{\"access_token\":\"t0k3n\",\"expires_in\":\"60\"}");
    json("token-expires-odd", 200, "{\"access_token\":\"t0k3n\",\"expires_in\":\"soon\"}");
    String form = "access_token=t0k3n&token_type=bearer&expires_in=3600";
    for (String type : new String[] {"application/x-www-form-urlencoded", "text/plain"}) {
      scripts.put(
          "token-" + type.replaceAll(".*/(x-www-)?(form|plain).*", "$2"),
          (request, line) -> line.say(answer(200, type, form)));
    }
    scripts.put(
        "token-in-form",
        (request, line) ->
            line.say(
                request.header("Authorization").isEmpty()
                    ? answer(200, "application/json", TOKEN.formatted("bearer"))
                    : answer(401, "application/json", "{\"error\":\"invalid_client\"}")));
  }

  private void unsound() {
    json("token-error", 400, "{\"error\":\"invalid_scope\",\"error_description\":\"no such\"}");
    json("token-error-200", 200, "{\"error\":\"invalid_scope\",\"access_token\":\"t0k3n\"}");
    scripts.put(
        "token-late",
        (request, line) -> {
          Scripts.pause(LATE_MILLIS);
          line.say(answer(200, "application/json", TOKEN.formatted("bearer")));
        });
    json("token-missing", 200, "{\"token_type\":\"bearer\"}");
    json("token-500", 500, "");
    json("token-no-json", 200, "t0k3n");
    json("token-list", 200, "[1]");
    json("token-bad-value", 200, "{\"access_token\":\"to\\nken\"}");
    json("token-huge", 200, "{\"x\":\"" + "x".repeat(2 << 20) + "\",\"access_token\":\"t0k3n\"}");
    scripts.put(
        "token-moved",
        (request, line) ->
            line.say("HTTP/1.1 307 Moved\r\nLocation: /token\r\nContent-Length: 0\r\n\r\n"));
    scripts.put(
        "token-found",
        (request, line) ->
            line.say("HTTP/1.1 302 Found\r\nLocation: /token\r\nContent-Length: 0\r\n\r\n"));
  }

  /** Gives the token only for an assertion that is signed as its head says. */
  private void signed(Arrivals.Request request, Peer.Line line) throws IOException {
    Matcher parts = ASSERTION.matcher(request.body());
    boolean sound = false;
    try {
      if (parts.find()) {
        String head = decoded(parts.group(1));
        Signature signature =
            Signature.getInstance("SHA" + head.replaceAll(".*RS(\\d+).*", "$1") + "withRSA");
        signature.initVerify(key());
        signature.update((parts.group(1) + "." + parts.group(2)).getBytes(StandardCharsets.UTF_8));
        sound = signature.verify(Base64.getUrlDecoder().decode(parts.group(3)));
      }
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
    line.say(
        answer(sound ? 200 : 400, "application/json", sound ? TOKEN.formatted("bearer") : "{}"));
  }

  private X509Certificate key() throws IOException, GeneralSecurityException {
    try (var in = Files.newInputStream(certificate)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }

  private static String decoded(String part) {
    return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
  }

  /** An assertion's parts in clear, without what differs each time: times, id, signature. */
  static String readable(String body) {
    Matcher parts = ASSERTION.matcher(body);
    if (!parts.find()) {
      return body;
    }
    String claims =
        decoded(parts.group(2))
            .replaceAll("\"(iat|exp|nbf)\":\\d+", "\"$1\":0")
            .replaceAll("\"jti\":\"[0-9a-f-]{36}\"", "\"jti\":\"\"");
    String clear = "assertion=" + decoded(parts.group(1)) + "." + claims;
    return body.substring(0, parts.start()) + clear + body.substring(parts.end());
  }
}
