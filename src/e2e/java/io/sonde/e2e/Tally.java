package io.sonde.e2e;

import java.util.ArrayList;
import java.util.List;

/** Counts claims that held and claims that did not, and says the latter at once. */
final class Tally {

  /** A claim's proof: it throws if the claim does not hold. */
  interface Proof {
    void run() throws Exception;
  }

  private static final int MOST_WORDS = 3_000;

  private final long begin = System.nanoTime();
  private int passed;
  private final List<String> failures = new ArrayList<>();
  private int skipped;

  /** Tries one claim; what its proof throws is the failure's text. */
  void claim(String claim, Proof proof) {
    try {
      proof.run();
      passed++;
    } catch (Exception | AssertionError e) {
      String why = e instanceof AssertionError ? "" + e.getMessage() : e.toString();
      failures.add(claim);
      why = why.length() > MOST_WORDS ? why.substring(0, MOST_WORDS) + " ..." : why;
      System.out.println("e2e: FAILED " + claim + "\n      " + why.replace("\n", "\n      "));
    }
  }

  /** Notes a part that could not be judged. */
  void skip(String what) {
    skipped++;
    System.out.println("e2e: skipped " + what);
  }

  /** Says where the run is. */
  void section(String title) {
    System.out.printf(
        "e2e: %s (after %d s: %d passed, %d failed)%n",
        title, (System.nanoTime() - begin) / 1_000_000_000, passed, failures.size());
  }

  /** The closing line; true if nothing failed. */
  boolean close() {
    for (String failure : failures) {
      System.out.println("e2e: failed: " + failure);
    }
    String tail = skipped == 0 ? "" : ", " + skipped + " skipped";
    System.out.printf("e2e: %d passed, %d failed%s%n", passed, failures.size(), tail);
    return failures.isEmpty() && passed > 0;
  }

  static void same(Object expected, Object actual) {
    if (!expected.equals(actual)) {
      throw new AssertionError("expected <" + expected + ">, got <" + actual + ">");
    }
  }

  static void contains(String part, String text) {
    if (!text.contains(part)) {
      throw new AssertionError("expected <" + part + "> within <" + text + ">");
    }
  }

  static void isTrue(boolean condition, String otherwise) {
    if (!condition) {
      throw new AssertionError(otherwise);
    }
  }
}
