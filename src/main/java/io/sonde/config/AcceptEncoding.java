package io.sonde.config;

/** Whether a request that asks for some codings may be answered in a certain one. */
final class AcceptEncoding {
  private static final double PRECISION = 1000;

  private AcceptEncoding() {}

  /**
   * Looks for the coding, or for {@code *}, whichever has the higher quality; the earlier of two.
   *
   * @param header the value of {@code Accept-Encoding}
   * @return whether it is there with a quality above zero
   */
  static boolean allows(String header, String coding) {
    double best = Double.NEGATIVE_INFINITY;
    for (String part : header.split(",", -1)) {
      int semicolon = part.lastIndexOf(';');
      String name = (semicolon < 0 ? part : part.substring(0, semicolon)).strip();
      if (name.equals(coding) || name.equals("*")) {
        best = Math.max(best, semicolon < 0 ? 1 : quality(part.substring(semicolon + 1).strip()));
      }
    }
    return best > 0;
  }

  private static double quality(String parameter) {
    try {
      String number = parameter.startsWith("q=") ? parameter.substring(2) : parameter;
      return Math.round(Double.parseDouble(number) * PRECISION) / PRECISION;
    } catch (NumberFormatException ignored) {
      return 0;
    }
  }
}
