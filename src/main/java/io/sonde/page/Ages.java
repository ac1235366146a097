package io.sonde.page;

import io.sonde.view.Units;
import java.time.Duration;
import java.time.Instant;

/** How long ago something was, as people say it. */
final class Ages {
  private static final Duration NOTHING = Duration.ofSeconds(1);

  private Ages() {}

  /** {@code just now}, {@code 12 s ago}, {@code 3 days ago}. */
  static String ago(Instant now, Instant then) {
    Duration age = Duration.between(then, now);
    return age.compareTo(NOTHING) < 0 ? "just now" : span(age) + " ago";
  }

  /** {@code 12 s}, {@code 3 min}, {@code 5 h}, {@code 3 days}. */
  static String span(Duration age) {
    if (age.toSeconds() < 100) {
      return Math.max(0, age.toSeconds()) + " s";
    }
    if (age.toMinutes() < 100) {
      return age.toMinutes() + " min";
    }
    return age.toHours() < 48 ? age.toHours() + " h" : Units.count(age.toDays(), "day");
  }

  /** Writes how long it has been so, with the moment when it began. */
  static void writeSpan(Html html, Instant now, Instant since) {
    write(html, since, span(Duration.between(since, now)));
  }

  private static void write(Html html, Instant then, String words) {
    html.open(Tag.TIME)
        .set(Attribute.DATETIME, Instant.ofEpochSecond(then.getEpochSecond()).toString());
    html.text(words).close();
  }

  /** Writes how long ago it was, with the moment itself for whoever wants it. */
  static void write(Html html, Instant now, Instant then) {
    write(html, then, ago(now, then));
  }
}
