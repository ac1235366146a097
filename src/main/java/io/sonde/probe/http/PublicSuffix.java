package io.sonde.probe.http;

import com.google.common.net.InternetDomainName;

/**
 * The names below which strangers register theirs (publicsuffix.org), so that no cookie may belong
 * to all of them: {@code co.uk}, {@code github.io}. The list is loaded by the first question.
 */
final class PublicSuffix {
  private PublicSuffix() {}

  /**
   * Whether {@code domain}, in lower case, is such a name. Where the list says nothing, its last
   * label is.
   */
  static boolean is(String domain) {
    if (domain.indexOf('.') < 0) {
      return true;
    }
    return InternetDomainName.isValid(domain) && InternetDomainName.from(domain).isPublicSuffix();
  }
}
