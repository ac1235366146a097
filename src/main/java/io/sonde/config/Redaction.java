package io.sonde.config;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Secrets that a peer may repeat, in the forms in which it gets them: as they are, with escapes as
 * in URLs and forms, and within the Base64 of Basic credentials (RFC 7617). Takes them out of texts
 * that are shown, also where such a text was cut within a secret. Immutable.
 */
public final class Redaction {
  /** No secrets at all. */
  public static final Redaction NONE = new Redaction(List.of());

  /** What stands where a text was cut. */
  public static final String CUT = "... (";

  /** Shorter ones are part of too many words: they are hidden in URLs, and as words. */
  private static final int LEAST_TELLING = 4;

  /** Shorter ones are hidden in URLs only. */
  private static final int LEAST_WORD = 2;

  /** Users that may be tokens are hidden beyond their URL from this length on. */
  private static final int LEAST_TOKEN = 8;

  private static final String PLACEHOLDER = "\0";

  private final List<SecretForm> forms;
  private final int shortest;

  private Redaction(Collection<SecretForm> forms) {
    this.forms =
        forms.stream()
            .sorted(Comparator.comparingInt((SecretForm form) -> form.text().length()).reversed())
            .toList();
    this.shortest = forms.stream().mapToInt(form -> form.text().length()).min().orElse(0);
  }

  /**
   * What is secret in a URL, or in a target that may be one: the password of {@code
   * http://user:password@host}, a token in the user's place, and in the query whatever has the name
   * of a credential.
   */
  public static Redaction ofUrl(String url) {
    return url.indexOf('@') < 0 && url.indexOf('=') < 0 ? NONE : new Builder().url(url).build();
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
    List<SecretForm> all = new ArrayList<>(forms);
    all.addAll(other.forms);
    return new Redaction(all);
  }

  /** The text with {@code <secret>} in place of each secret. */
  public String hide(String text) {
    boolean cut = text.contains(CUT);
    if (forms.isEmpty() || (text.length() < shortest && !cut)) {
      return text;
    }
    String hidden = text;
    for (SecretForm form : forms) {
      if (hidden.contains(form.text())) {
        hidden =
            form.hideIn(hidden.replace(Secret.MASK, PLACEHOLDER)).replace(PLACEHOLDER, Secret.MASK);
      }
    }
    return cut ? hideBeforeCuts(hidden) : hidden;
  }

  /** Hides what the cuts left of secrets. */
  private String hideBeforeCuts(String text) {
    StringBuilder hidden = new StringBuilder();
    int from = 0;
    for (int at = text.indexOf(CUT); at >= 0; at = text.indexOf(CUT, at + 1)) {
      int end = at > from && text.charAt(at - 1) == '"' ? at - 1 : at;
      int left = longestBeginning(text, from, end);
      hidden.append(text, from, end - left).append(left > 0 ? Secret.MASK : "");
      from = end;
    }
    return hidden.append(text, from, text.length()).toString();
  }

  /** How many characters before {@code end} are the beginning of a secret. */
  private int longestBeginning(String text, int from, int end) {
    int longest = 0;
    for (SecretForm form : forms) {
      int left = Math.min(form.text().length() - 1, end - from);
      while (left > longest && !text.regionMatches(end - left, form.text(), 0, left)) {
        left--;
      }
      longest = Math.max(longest, left);
    }
    return longest;
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
    private static final int MOST_PARAMETERS = 32;

    private final Map<String, SecretForm> forms = new LinkedHashMap<>();

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
        addForm(quoted(secret));
      } else if (secret.length() >= LEAST_WORD) {
        forms.putIfAbsent(secret, new SecretForm(secret, Secret.MASK, true));
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
          addForm(cookie.substring(cookie.indexOf('=') + 1).strip());
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
      if (url.indexOf('=') >= 0) {
        parameters(url, UrlQuery.credentials(url));
      }
      return this;
    }

    /** What was collected. */
    public Redaction build() {
      return forms.isEmpty() ? NONE : new Redaction(forms.values());
    }

    /** Peers write URLs too: of one with many secrets everything behind the path is one. */
    private void parameters(String url, Map<String, String> values) {
      if (values.size() > MOST_PARAMETERS) {
        addForm(UrlQuery.behindPath(url));
        return;
      }
      values.forEach(
          (whole, value) -> {
            String name = whole.substring(0, whole.length() - value.length());
            forms.putIfAbsent(whole, new SecretForm(whole, name + Secret.MASK, false));
            addForm(value);
            addForm(decoded(value));
          });
    }

    private void add(String url, UserInfo userInfo) {
      String user = decoded(userInfo.user(url));
      String password = userInfo.password(url);
      String whole = url.substring(userInfo.start(), userInfo.at() + 1);
      forms.put(whole, new SecretForm(whole, userInfo.masked(url, Secret.MASK), false));
      if (userInfo.userIsSecret(url)) {
        addForm(base64(Base64.getEncoder(), user + ':' + decoded(password)));
        if (user.length() >= LEAST_TOKEN) {
          add(userInfo.user(url)).add(user);
        }
      }
      add(password).login(user, decoded(password));
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
        forms.putIfAbsent(text, new SecretForm(text, Secret.MASK, false));
      }
    }

    /**
     * As texts from peers are shown within quotes: what is not printable ASCII as {@code \\xff}.
     */
    private static String quoted(String text) {
      StringBuilder shown = new StringBuilder(text.length());
      for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
        if (b == '"' || b == '\\') {
          shown.append('\\').append((char) b);
        } else if (b >= ' ' && b <= '~') {
          shown.append((char) b);
        } else {
          shown.append("\\x").append(HexFormat.of().toHexDigits(b));
        }
      }
      return shown.toString();
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
