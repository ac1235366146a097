package io.sonde.rig;

import java.util.ArrayList;
import java.util.List;

/**
 * Counts claims that held and claims that did not, and says the latter at once; each line that it
 * prints begins with the name of the run.
 */
public final class Tally {

  /** A claim's proof: it throws if the claim does not hold. */
  public interface Proof {
    void run() throws Exception;
  }

  private static final int MOST_WORDS = 3_000;

  private final String run;
  private final boolean tellsAll;
  private final long begin = System.nanoTime();
  private int passed;
  private final List<String> failures = new ArrayList<>();
  private int skipped;

  private Tally(String run, boolean tellsAll) {
    this.run = run;
    this.tellsAll = tellsAll;
  }

  /** A tally that passes over what holds. */
  public static Tally ofFailures(String run) {
    return new Tally(run, false);
  }

  /** A tally that has a line for every claim. */
  public static Tally ofAll(String run) {
    return new Tally(run, true);
  }

  /** Tries one claim; what its proof throws is the failure's text. */
  public void claim(String claim, Proof proof) {
    try {
      proof.run();
      passed++;
      if (tellsAll) {
        System.out.println(run + ": passed " + claim);
      }
    } catch (Exception | AssertionError e) {
      String why = e instanceof AssertionError ? "" + e.getMessage() : e.toString();
      failures.add(claim);
      why = why.length() > MOST_WORDS ? why.substring(0, MOST_WORDS) + " ..." : why;
      System.out.println(run + ": FAILED " + claim + "\n      " + why.replace("\n", "\n      "));
    }
  }

  /** Notes a part that could not be judged. */
  public void skip(String what) {
    skipped++;
    System.out.println(run + ": skipped " + what);
  }

  /** Says where the run is. */
  public void section(String title) {
    System.out.printf(
        "%s: %s (after %d s: %d passed, %d failed)%n",
        run, title, (System.nanoTime() - begin) / 1_000_000_000, passed, failures.size());
  }

  /** Tells a figure that was measured on the way. */
  public void figure(String what) {
    System.out.println(run + ": " + what);
  }

  /** The closing line; true if nothing failed. */
  public boolean close() {
    for (String failure : failures) {
      System.out.println(run + ": failed: " + failure);
    }
    String tail = skipped == 0 ? "" : ", " + skipped + " skipped";
    System.out.printf("%s: %d passed, %d failed%s%n", run, passed, failures.size(), tail);
    return failures.isEmpty() && passed > 0;
  }

  /** Fails unless both are equal. */
  public static void same(Object expected, Object actual) {
    if (!expected.equals(actual)) {
      throw new AssertionError("expected <" + expected + ">, got <" + actual + ">");
    }
  }

  /** Fails unless the part stands in the text. */
  public static void contains(String part, String text) {
    if (!text.contains(part)) {
      throw new AssertionError("expected <" + part + "> within <" + text + ">");
    }
  }

  /** Fails with a text unless the condition holds. */
  public static void isTrue(boolean condition, String otherwise) {
    if (!condition) {
      throw new AssertionError(otherwise);
    }
  }
}
