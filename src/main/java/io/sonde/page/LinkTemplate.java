package io.sonde.page;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A URL with placeholders, which leads from a probe or a target to where more is known of it.
 * Checked when it is made: whatever is filled in then, the scheme and the host stay what the
 * template says.
 */
public final class LinkTemplate {
  /** Escaped wherever it stands (RFC 3986, section 2.3). */
  private static final String UNRESERVED = "-_.~";

  /** What can be filled in. */
  enum Placeholder {
    /** Without a password. */
    TARGET,
    MODULE,
    PROBE_ID,
    TRACE_ID,
    /** The phase of the failure; empty if the probe passed. */
    PHASE,
    /** The reason of the failure; empty if the probe passed. */
    REASON,
    /** A little before what the link is about, in milliseconds since the epoch. */
    FROM,
    /** A little after it. */
    TO,
    /** As {@link #FROM}, by ISO 8601. */
    FROM_ISO,
    /** As {@link #TO}, by ISO 8601. */
    TO_ISO;

    /** As it is written, with braces. */
    String written() {
      return "{" + name().toLowerCase(Locale.ROOT) + "}";
    }
  }

  /** A URL that came of a template. */
  static final class Filled {
    private final String url;

    private Filled(String url) {
      this.url = url;
    }

    String url() {
      return url;
    }
  }

  private final String text;

  private LinkTemplate(String text) {
    this.text = text;
  }

  /**
   * Reads a template.
   *
   * @param text empty for none
   * @return null if there is none
   * @throws IllegalArgumentException if no URL can come of it; the message says why
   */
  public static @Nullable LinkTemplate of(String text) {
    if (text.isEmpty()) {
      return null;
    }
    LinkTemplate template = new LinkTemplate(text);
    template.check();
    return template;
  }

  private void check() {
    String example = text;
    for (Placeholder placeholder : Placeholder.values()) {
      example = example.replace(placeholder.written(), "1");
    }
    if (example.indexOf('{') >= 0 || example.indexOf('}') >= 0) {
      throw new IllegalArgumentException(
          "unknown placeholder in "
              + text
              + ": expected only "
              + allWritten()
              + "; write other braces as %7B and %7D");
    }
    URI url = parse(example);
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    if (url.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
      throw new IllegalArgumentException(
          "expected a URL that begins with http:// or https:// and a host: " + text);
    }
    if (url.getRawUserInfo() != null) {
      throw new IllegalArgumentException("a link must not carry credentials: " + url.getHost());
    }
    int placeholder = text.indexOf('{');
    int host = scheme.length() + "://".length() + url.getRawAuthority().length();
    if (placeholder >= 0 && placeholder < host) {
      throw new IllegalArgumentException(
          "placeholders may stand in path, query and fragment only: " + text);
    }
  }

  private static URI parse(String url) {
    try {
      return new URI(url);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("expected a URL: " + e.getMessage(), e);
    }
  }

  private static String allWritten() {
    StringBuilder all = new StringBuilder();
    for (Placeholder placeholder : Placeholder.values()) {
      all.append(all.isEmpty() ? "" : " ").append(placeholder.written());
    }
    return all.toString();
  }

  /** The URL with these values in it, escaped; null if one that it needs is missing. */
  @Nullable Filled fill(Map<Placeholder, String> values) {
    String url = text;
    for (Map.Entry<Placeholder, String> value : new EnumMap<>(values).entrySet()) {
      // An escaped value has no braces: none of them can be taken for a placeholder.
      url = url.replace(value.getKey().written(), Link.encoded(value.getValue(), UNRESERVED));
    }
    return url.indexOf('{') >= 0 ? null : new Filled(url);
  }
}
