package io.sonde.config;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A compiled regular expression in the RE2 dialect: linear time, no look-around, unanchored search.
 *
 * <p>Two are equal when their sources are. Instances are immutable and may be used from any thread.
 */
public final class Regex {
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
    return pattern.matcher(Utf8.repaired(bytes)).find();
  }

  /** What {@link #find(byte[])} searches: the bytes themselves if they are UTF-8. */
  public static byte[] repaired(byte[] bytes) {
    return Utf8.repaired(bytes);
  }

  /** Whether bytes are UTF-8. */
  public static boolean isUtf8(byte[] bytes) {
    return Utf8.isValid(bytes);
  }

  /** How many bytes {@link #repaired} has. */
  public static long repairedBytes(byte[] bytes) {
    return Utf8.repairedBytes(bytes);
  }

  /** A matcher over a text, for those who need groups. */
  public Matcher matcher(CharSequence text) {
    return pattern.matcher(text);
  }

  /**
   * A matcher over UTF-8 bytes, for those who need groups; a byte that is not UTF-8 counts as
   * U+FFFD.
   */
  public Matcher matcher(byte[] bytes) {
    return Utf8.isValid(bytes) ? pattern.matcher(bytes) : pattern.matcher(Utf8.decode(bytes));
  }

  /**
   * Finds the first match in UTF-8 bytes; a byte that is not UTF-8 counts as U+FFFD.
   *
   * @return at which offsets in {@code bytes} the match and then each group begin and end, in
   *     pairs; -1 for a group that took no part. Null if nothing matches
   */
  public int @Nullable [] locate(byte[] bytes) {
    boolean valid = Utf8.isValid(bytes);
    Matcher matcher = valid ? pattern.matcher(bytes) : pattern.matcher(Utf8.decode(bytes));
    if (!matcher.find()) {
      return null;
    }
    int[] offsets = new int[2 * matcher.groupCount() + 2];
    for (int group = 0; group <= matcher.groupCount(); group++) {
      offsets[2 * group] = matcher.start(group);
      offsets[2 * group + 1] = matcher.end(group);
    }
    return valid ? offsets : Utf8.byteOffsets(bytes, offsets);
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
