package io.sonde.config;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Secrets that a peer may repeat, in the forms in which it gets them: as they are, with escapes as
 * in URLs and forms, and within the Base64 of Basic credentials (RFC 7617). Takes them out of texts
 * that are shown. Immutable.
 */
public final class Redaction {
  /** No secrets at all. */
  public static final Redaction NONE = new Redaction(List.of());

  /** Shorter ones are only hidden where they stand in a URL: they are part of too many words. */
  private static final int LEAST_TELLING = 4;

  private static final String PLACEHOLDER = "\0";

  private record Form(String text, String shown) {}

  private final List<Form> forms;
  private final int shortest;

  private Redaction(Collection<Form> forms) {
    this.forms =
        forms.stream()
            .sorted(Comparator.comparingInt((Form form) -> form.text().length()).reversed())
            .toList();
    this.shortest = forms.stream().mapToInt(form -> form.text().length()).min().orElse(0);
  }

  /** The password of a URL, or of a target that may be one: {@code http://user:password@host}. */
  public static Redaction ofUrl(String url) {
    UserInfo userInfo = UserInfo.of(url);
    return userInfo == null ? NONE : new Builder().add(url, userInfo).build();
  }

  /** Begins a collection of secrets. */
  public static Builder builder() {
    return new Builder();
  }

  /** The secrets of both. */
  public Redaction and(Redaction other) {
    if (forms.isEmpty() || other.forms.isEmpty()) {
      return forms.isEmpty() ? other : this;
    }
    List<Form> all = new ArrayList<>(forms);
    all.addAll(other.forms);
    return new Redaction(all);
  }

  /** The text with {@code <secret>} in place of each secret. */
  public String hide(String text) {
    if (forms.isEmpty() || text.length() < shortest) {
      return text;
    }
    String hidden = text;
    for (Form form : forms) {
      if (hidden.contains(form.text)) {
        hidden =
            hidden
                .replace(Secret.MASK, PLACEHOLDER)
                .replace(form.text, form.shown)
                .replace(PLACEHOLDER, Secret.MASK);
      }
    }
    return hidden;
  }

  /** Whether the text has any of the secrets in it. */
  public boolean isIn(String text) {
    return !hide(text).equals(text);
  }

  /** Not the secrets. */
  @Override
  public String toString() {
    return "redaction";
  }

  /** Collects secrets; empty ones and those that are too short to tell from words do not count. */
  public static final class Builder {
    private final Map<String, Form> forms = new LinkedHashMap<>();

    private Builder() {}

    /** A password, a token, a key. */
    public Builder add(String secret) {
      addForm(secret);
      if (secret.length() >= LEAST_TELLING) {
        String escaped = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        addForm(escaped);
        addForm(escaped.replace("+", "%20"));
        // As Go does it, which leaves the tilde and escapes the asterisk.
        addForm(escaped.replace("*", "%2A").replace("%7E", "~"));
      }
      return this;
    }

    /** The password that goes with a user; nothing if it is empty. */
    public Builder login(String user, String password) {
      if (!password.isEmpty()) {
        addForm(base64(Base64.getEncoder(), user + ':' + password));
        addForm(base64(Base64.getUrlEncoder(), user + ':' + password));
        add(password);
      }
      return this;
    }

    /** The value of a header or of metadata that carries credentials. */
    public Builder header(String name, String value) {
      String lower = name.toLowerCase(Locale.ROOT);
      if (lower.endsWith("authorization")) {
        int blank = value.indexOf(' ');
        String credentials = value.substring(blank + 1).strip();
        add(credentials);
        basic(credentials);
      } else if (lower.startsWith("cookie")) {
        for (String cookie : value.split(";", -1)) {
          add(cookie.substring(cookie.indexOf('=') + 1).strip());
        }
      }
      if (lower.endsWith("-bin")) {
        addForm(base64(Base64.getEncoder(), value));
      }
      return add(value.strip());
    }

    /** A URL with its password, and whatever its query has by the name of a credential. */
    public Builder url(String url) {
      UserInfo userInfo = UserInfo.of(url);
      if (userInfo != null) {
        add(url, userInfo);
      }
      UrlQuery.values(url)
          .forEach(
              (name, value) -> {
                if (Credentials.areIn(name)) {
                  add(value);
                  add(decoded(value));
                }
              });
      return this;
    }

    /** What was collected. */
    public Redaction build() {
      return forms.isEmpty() ? NONE : new Redaction(forms.values());
    }

    private Builder add(String url, UserInfo userInfo) {
      String user = userInfo.user(url);
      String password = userInfo.password(url);
      String whole = user + ':' + password + '@';
      forms.put(whole, new Form(whole, user + ':' + Secret.MASK + '@'));
      add(password);
      return login(decoded(user), decoded(password));
    }

    /** What is in Basic credentials. */
    private void basic(String credentials) {
      byte[] bytes;
      try {
        bytes = Base64.getDecoder().decode(credentials);
      } catch (IllegalArgumentException ignored) {
        return;
      }
      String pair = new String(bytes, StandardCharsets.UTF_8);
      int colon = pair.indexOf(':');
      if (colon >= 0) {
        login(pair.substring(0, colon), pair.substring(colon + 1));
      }
    }

    private void addForm(String text) {
      if (text.length() >= LEAST_TELLING) {
        forms.putIfAbsent(text, new Form(text, Secret.MASK));
      }
    }

    /** Without the padding, so that it is found with it and without. */
    private static String base64(Base64.Encoder encoder, String text) {
      return encoder.withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String decoded(String text) {
      try {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
      } catch (IllegalArgumentException ignored) {
        return text;
      }
    }
  }
}
