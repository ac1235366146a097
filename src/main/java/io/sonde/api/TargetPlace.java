package io.sonde.api;

import io.sonde.history.TargetState;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Where a target stands in a list: behind those of smaller modules, then those of smaller targets.
 * Only the beginning of a target counts, and then its hash, so that a cursor fits into a request
 * line whatever strangers had probed.
 */
record TargetPlace(String module, String start, int hash) implements Comparable<TargetPlace> {
  private static final int MOST_CHARACTERS = 500;

  private static final Comparator<TargetPlace> ORDER =
      Comparator.comparing(TargetPlace::module)
          .thenComparing(TargetPlace::start)
          .thenComparingInt(TargetPlace::hash);

  /** Between the parts of a cursor; the start is the last, and may have any. */
  private static final String SEPARATOR = "\n";

  private static final int PARTS = 3;

  static TargetPlace of(TargetState state) {
    String target = state.target();
    String start = target.substring(0, Math.min(target.length(), MOST_CHARACTERS));
    // As a cursor brings it back, which has no half characters.
    String whole = new String(start.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    return new TargetPlace(state.module(), whole, target.hashCode());
  }

  /**
   * Reads a cursor; null if it is none.
   *
   * @throws IllegalArgumentException if it is no base64, or has no number
   */
  static @Nullable TargetPlace ofCursor(String cursor) {
    byte[] bytes = Base64.getUrlDecoder().decode(cursor);
    String[] parts = new String(bytes, StandardCharsets.UTF_8).split(SEPARATOR, PARTS);
    return parts.length < PARTS
        ? null
        : new TargetPlace(parts[0], parts[2], Integer.parseInt(parts[1]));
  }

  String cursor() {
    String text = module + SEPARATOR + hash + SEPARATOR + start;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public int compareTo(TargetPlace other) {
    return ORDER.compare(this, other);
  }
}
