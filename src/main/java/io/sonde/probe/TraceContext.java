package io.sonde.probe;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The place of a probe in a distributed trace, as the W3C Recommendation Trace Context (level 1)
 * hands it on. Immutable.
 *
 * @param traceId 32 hexadecimal digits
 * @param spanId 16 hexadecimal digits: the probe's own span if it is recorded; else what is passed
 *     on in its place
 * @param parentId the caller's span, or null if the trace begins with the probe
 * @param sampled whether somebody records the trace
 * @param recorded whether Sonde does
 * @param state what the caller's {@code tracestate} says; may be empty
 */
public record TraceContext(
    String traceId,
    String spanId,
    @Nullable String parentId,
    boolean sampled,
    boolean recorded,
    String state) {

  /** The longest state that has to be handed on (section 3.3.1.5). */
  private static final int MAX_STATE_CHARS = 512;

  private static final int MAX_STATE_MEMBERS = 32;

  private static final int PARENT_CHARS = 55;
  private static final int TRACE_ID_AT = 3;
  private static final int SPAN_ID_AT = 36;
  private static final int FLAGS_AT = 53;
  private static final int SAMPLED = 1;
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private static final Pattern STATE_MEMBER =
      Pattern.compile("[a-z0-9][a-z0-9_*/@-]{0,255}=[ -+\\--<>-~]{0,255}[!-+\\--<>-~]");

  /**
   * What a caller sent, to be passed on as it is.
   *
   * @return null if there is no {@code traceparent}, or not a valid one
   */
  public static @Nullable TraceContext received(
      @Nullable String traceparent, @Nullable String tracestate) {
    if (traceparent == null || !isValid(traceparent)) {
      return null;
    }
    String traceId = traceparent.substring(TRACE_ID_AT, SPAN_ID_AT - 1);
    String spanId = traceparent.substring(SPAN_ID_AT, FLAGS_AT - 1);
    boolean sampled = (HexFormat.fromHexDigits(traceparent, FLAGS_AT, PARENT_CHARS) & SAMPLED) != 0;
    String state = tracestate != null && isState(tracestate) ? tracestate : "";
    return new TraceContext(traceId, spanId, spanId, sampled, false, state);
  }

  /** A trace that begins here and that nobody records: only its ids are handed on. */
  public static TraceContext begun() {
    return new TraceContext(
        hex(randomId()) + hex(randomId()), hex(randomId()), null, false, false, "");
  }

  /** A span of its own in the same trace, below the caller's if there is one. */
  public TraceContext decided(boolean record) {
    return new TraceContext(traceId, hex(randomId()), parentId, record, record, state);
  }

  /** The id of a span below the probe's; of one that is not recorded there is only itself. */
  public String childId(int number) {
    if (!recorded) {
      return spanId;
    }
    long id = mixed(Long.parseUnsignedLong(spanId, 16) + (number + 1) * GOLDEN_GAMMA);
    return hex(id == 0 ? 1 : id);
  }

  /** What is sent to the target with one request: the value of {@code traceparent}. */
  public String traceparent(int hop) {
    return "00-" + traceId + '-' + childId(hop) + (sampled ? "-01" : "-00");
  }

  private static boolean isValid(String text) {
    boolean known = text.startsWith("00-");
    if (text.length() < PARENT_CHARS
        || (known && text.length() != PARENT_CHARS)
        || (text.length() > PARENT_CHARS && text.charAt(PARENT_CHARS) != '-')
        || text.charAt(2) != '-'
        || text.charAt(SPAN_ID_AT - 1) != '-'
        || text.charAt(FLAGS_AT - 1) != '-') {
      return false;
    }
    return isHex(text, 0, 2)
        && !text.startsWith("ff")
        && isId(text, TRACE_ID_AT, SPAN_ID_AT - 1)
        && isId(text, SPAN_ID_AT, FLAGS_AT - 1)
        && isHex(text, FLAGS_AT, PARENT_CHARS);
  }

  private static boolean isId(String text, int from, int to) {
    boolean zero = true;
    for (int i = from; i < to; i++) {
      zero &= text.charAt(i) == '0';
    }
    return !zero && isHex(text, from, to);
  }

  private static boolean isHex(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
  }

  private static boolean isState(String text) {
    if (text.isEmpty() || text.length() > MAX_STATE_CHARS) {
      return false;
    }
    String[] members = text.split(",", -1);
    for (String member : members) {
      String stripped = member.strip();
      if (!stripped.isEmpty() && !STATE_MEMBER.matcher(stripped).matches()) {
        return false;
      }
    }
    return members.length <= MAX_STATE_MEMBERS && text.chars().allMatch(c -> c >= ' ' && c <= '~');
  }

  private static long randomId() {
    long id = ThreadLocalRandom.current().nextLong();
    return id == 0 ? 1 : id;
  }

  /** The finaliser of SplitMix64: what differs in one bit differs in half of them then. */
  private static long mixed(long bits) {
    long z = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  private static String hex(long id) {
    return HexFormat.of().toHexDigits(id);
  }
}
