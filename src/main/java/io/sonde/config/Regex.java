package io.sonde.config;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A compiled regular expression in the RE2 dialect: linear time, no look-around, unanchored search.
 *
 * <p>Two are equal when their sources are. Instances are immutable and may be used from any thread.
 */
public final class Regex {
  /** A search of less takes some milliseconds even if each step takes long. */
  private static final int LARGE_BYTES = 64 << 10;

  private final String source;
  private final Pattern pattern;

  private Regex(String source, Pattern pattern) {
    this.source = source;
    this.pattern = pattern;
  }

  /**
   * Compiles an expression.
   *
   * @throws PatternSyntaxException if it is not in the dialect
   */
  public static Regex compile(String source) {
    RegexLimits.check(source);
    try {
      return new Regex(source, Pattern.compile(source));
    } catch (PatternSyntaxException failure) {
      if (!"duplicate capture group name".equals(failure.getDescription())) {
        throw failure;
      }
      return new Regex(source, Pattern.compile(RegexNames.of(source).rewritten()));
    }
  }

  /** The expression as it stands in the configuration. */
  public String source() {
    return source;
  }

  public Pattern pattern() {
    return pattern;
  }

  /**
   * The numbers of the groups of a name, in their order; none if no group is called that. A name
   * may be given to several groups, of which one takes part in a match.
   */
  public List<Integer> groups(String name) {
    return RegexNames.of(source).groups().getOrDefault(name, List.of());
  }

  /** Whether the expression matches anywhere in a text. */
  public boolean find(CharSequence text) {
    return pattern.matcher(text).find();
  }

  /**
   * Whether the expression matches anywhere in UTF-8 bytes; a byte that is not UTF-8 counts as
   * U+FFFD.
   */
  public boolean find(byte[] bytes) {
    return find(bytes, () -> false);
  }

  /**
   * The same, but the search of large bytes ends early when nobody wants its result.
   *
   * @param cancelled asked again and again
   * @throws CancellationException if it said so
   */
  public boolean find(byte[] bytes, BooleanSupplier cancelled) {
    return matcher(bytes, cancelled).find();
  }

  /** Whether bytes are UTF-8. */
  public static boolean isUtf8(byte[] bytes) {
    return Utf8.isValid(bytes);
  }

  /** A matcher over a text, for those who need groups. */
  public Matcher matcher(CharSequence text) {
    return pattern.matcher(text);
  }

  /**
   * Finds the first match in UTF-8 bytes; a byte that is not UTF-8 counts as U+FFFD.
   *
   * @return at which offsets in {@code bytes} the match and then each group begin and end, in
   *     pairs; -1 for a group that took no part. Null if nothing matches
   */
  public int @Nullable [] locate(byte[] bytes) {
    return locate(bytes, () -> false);
  }

  /**
   * The same, but the search of large bytes ends early when nobody wants its result.
   *
   * @param cancelled asked again and again
   * @throws CancellationException if it said so
   */
  public int @Nullable [] locate(byte[] bytes, BooleanSupplier cancelled) {
    Matcher matcher = matcher(bytes, cancelled);
    if (!matcher.find()) {
      return null;
    }
    SearchText text = new SearchText(bytes, () -> false);
    int[] offsets = new int[2 * matcher.groupCount() + 2];
    for (int group = 0; group <= matcher.groupCount(); group++) {
      offsets[2 * group] = byteOffset(text, matcher.start(group));
      offsets[2 * group + 1] = byteOffset(text, matcher.end(group));
    }
    return offsets;
  }

  private static int byteOffset(SearchText text, int offset) {
    return offset < 0 ? offset : text.byteOffset(offset);
  }

  /**
   * RE2/J can search UTF-8 as it is, but takes what follows a character that is not ASCII for a
   * beginning; so it does that for ASCII only.
   */
  private Matcher matcher(byte[] bytes, BooleanSupplier cancelled) {
    if (bytes.length > LARGE_BYTES) {
      return pattern.matcher(new SearchText(bytes, cancelled));
    }
    return Utf8.isAscii(bytes) ? pattern.matcher(bytes) : pattern.matcher(Utf8.decode(bytes));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Regex that && that.source.equals(source);
  }

  @Override
  public int hashCode() {
    return source.hashCode();
  }

  @Override
  public String toString() {
    return source;
  }
}
