package io.sonde.page;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a page says, without what all pages have around it.
 *
 * @param status 200, or what is wrong
 * @param title for the tab; may hold text from strangers
 * @param place the entry of the navigation that it belongs to, or null
 * @param refreshing whether what it says changes by itself
 * @param body writes what it says
 */
record Content(
    int status, String title, @Nullable Place place, boolean refreshing, Consumer<Html> body) {
  /** Something that is there. */
  static Content of(String title, @Nullable Place place, Consumer<Html> body) {
    return new Content(200, title, place, false, body);
  }

  /** What is wrong, in a few words and a sentence. */
  static Content problem(int status, String title, String sentence) {
    return new Content(
        status, title, null, false, html -> html.leaf(Tag.H1, title).leaf(Tag.P, sentence));
  }
}
