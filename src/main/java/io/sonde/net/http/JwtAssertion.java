package io.sonde.net.http;

import com.google.gson.stream.JsonWriter;
import io.sonde.config.OAuth2Spec;
import io.sonde.net.tls.RsaKeys;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Signed assertions of who asks for a token (RFC 7523, RFC 7515), each made anew. Signing takes
 * more than a millisecond: not for an event loop.
 */
final class JwtAssertion {
  private static final long LIFETIME_SECONDS = 600;
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final OAuth2Spec spec;
  private final String bits;
  private @Nullable Key known;

  /** A parsed key and what it was parsed from. */
  private record Key(String text, PrivateKey key) {}

  JwtAssertion(OAuth2Spec spec) {
    this.spec = spec;
    String algorithm = spec.signatureAlgorithm();
    this.bits = algorithm.isEmpty() ? "256" : algorithm.substring(2);
  }

  /**
   * An assertion that is valid from now on for a few minutes.
   *
   * @param keyText the key as PEM
   * @throws GeneralSecurityException if that is no RSA key; the message quotes nothing of it
   */
  String sign(String keyText, long nowSeconds) throws GeneralSecurityException {
    Map<String, @Nullable Object> header = new TreeMap<>();
    header.put("alg", "RS" + bits);
    header.put("typ", "JWT");
    if (!spec.clientCertificateKeyId().isEmpty()) {
      header.put("kid", spec.clientCertificateKeyId());
    }
    String signed = encoded(json(header)) + '.' + encoded(json(claims(nowSeconds)));
    Signature signature = Signature.getInstance("SHA" + bits + "withRSA");
    signature.initSign(key(keyText));
    signature.update(signed.getBytes(StandardCharsets.US_ASCII));
    return signed + '.' + BASE64.encodeToString(signature.sign());
  }

  private Map<String, @Nullable Object> claims(long nowSeconds) {
    Map<String, @Nullable Object> claims = new TreeMap<>();
    claims.put("iss", spec.issuer().isEmpty() ? spec.clientId() : spec.issuer());
    claims.put("sub", spec.clientId());
    claims.put("jti", UUID.randomUUID().toString());
    claims.put("aud", spec.audience().isEmpty() ? spec.tokenUrl() : spec.audience());
    claims.put("iat", nowSeconds);
    claims.put("exp", nowSeconds + LIFETIME_SECONDS);
    if (!spec.scopes().isEmpty()) {
      claims.put("scope", String.join(" ", spec.scopes()));
    }
    claims.putAll(spec.claims());
    return claims;
  }

  /** The key, parsed again only if its text has changed. */
  private synchronized PrivateKey key(String text) throws GeneralSecurityException {
    Key last = known;
    if (last == null || !last.text().equals(text)) {
      last = new Key(text, RsaKeys.parse(text));
      known = last;
    }
    return last.key();
  }

  private static String encoded(String json) {
    return BASE64.encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  private static String json(Map<String, @Nullable Object> map) {
    StringWriter text = new StringWriter();
    try (JsonWriter out = new JsonWriter(text)) {
      write(out, map);
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory failed", e);
    }
    return text.toString();
  }

  /** Names are in their order, in maps within claims too, as blackbox_exporter writes them. */
  private static void write(JsonWriter out, @Nullable Object value) throws IOException {
    if (value instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> sorted = new TreeMap<>();
      map.forEach((name, member) -> sorted.put(String.valueOf(name), member));
      out.beginObject();
      for (Map.Entry<String, @Nullable Object> entry : sorted.entrySet()) {
        out.name(entry.getKey());
        write(out, entry.getValue());
      }
      out.endObject();
    } else if (value instanceof List<?> list) {
      out.beginArray();
      for (Object item : list) {
        write(out, item);
      }
      out.endArray();
    } else if (value instanceof Number number) {
      out.value(plain(number));
    } else if (value instanceof Boolean truth) {
      out.value(truth);
    } else {
      out.value(value == null ? null : value.toString());
    }
  }

  /** A whole number without a fraction, however it was written. */
  private static Number plain(Number number) {
    return number instanceof Double d && d == Math.rint(d) && Math.abs(d) < 1e15
        ? (Number) d.longValue()
        : number;
  }
}
