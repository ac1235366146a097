package io.sonde.config;

/**
 * One form in which a secret may stand in a text.
 *
 * @param text what is looked for
 * @param shown what is put in its place
 * @param word whether it is left alone where letters or digits stand around it
 */
record SecretForm(String text, String shown, boolean word) {
  /** The text with this form replaced wherever it stands. */
  String hideIn(String all) {
    return word ? replaceWords(all) : all.replace(text, shown);
  }

  private String replaceWords(String all) {
    StringBuilder hidden = new StringBuilder();
    int from = 0;
    for (int at = all.indexOf(text); at >= 0; at = all.indexOf(text, from)) {
      int end = at + text.length();
      boolean within = isOfWord(all, at - 1) || isOfWord(all, end);
      hidden.append(all, from, at).append(within ? text : shown);
      from = end;
    }
    return hidden.append(all, from, all.length()).toString();
  }

  private static boolean isOfWord(String all, int index) {
    return index >= 0 && index < all.length() && Character.isLetterOrDigit(all.charAt(index));
  }

  /** Not the secret. */
  @Override
  public String toString() {
    return "form of a secret";
  }
}
