package io.sonde.net.http;

/**
 * What header names and values may be (RFC 9110, section 5). Everything that goes into a request is
 * held against these rules before a byte is sent: neither configuration nor a parameter of a scrape
 * can smuggle in a line break.
 */
public final class HeaderRules {
  private static final boolean[] TOKEN = Percent.allowing("!#$%&'*+-.^_`|~");
  private static final boolean[] HOST = Percent.allowing("!$%&'()*+,-.:;=@[]_~");

  private HeaderRules() {}

  /** Whether the text is a token: a method or a header name. */
  public static boolean isToken(CharSequence text) {
    return text.length() > 0 && consistsOf(text, TOKEN);
  }

  /** Whether the text can be a header value: no control character but the tab. */
  public static boolean isValue(CharSequence text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < ' ' && c != '\t') || c == 0x7f) {
        return false;
      }
    }
    return true;
  }

  /** Whether the text can be the value of a {@code Host} header. */
  public static boolean isHost(String text) {
    return consistsOf(text, HOST);
  }

  /**
   * The name as it is usually written: {@code x-foo} becomes {@code X-Foo}. A name that is no token
   * stays as it is.
   */
  public static String canonical(String name) {
    if (!isToken(name)) {
      return name;
    }
    char[] letters = name.toCharArray();
    boolean first = true;
    for (int i = 0; i < letters.length; i++) {
      char c = letters[i];
      if (first && c >= 'a' && c <= 'z') {
        letters[i] = (char) (c - 'a' + 'A');
      } else if (!first && c >= 'A' && c <= 'Z') {
        letters[i] = (char) (c - 'A' + 'a');
      }
      first = c == '-';
    }
    return new String(letters);
  }

  private static boolean consistsOf(CharSequence text, boolean[] allowed) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 128 || !allowed[c]) {
        return false;
      }
    }
    return true;
  }
}
