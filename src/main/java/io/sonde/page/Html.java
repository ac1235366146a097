package io.sonde.page;

import io.sonde.exposition.GoQuote;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Writes a page. Markup comes from constants only: names of elements, attributes and classes are
 * enums, addresses are {@link Link}s, and everything else is text, which is escaped wherever it
 * stands. What is not visible, or turns the direction of writing, becomes a visible escape.
 */
final class Html {
  private final StringBuilder out = new StringBuilder(32 * 1024);
  private final Deque<Tag> open = new ArrayDeque<>();
  private final String root;
  private boolean inTag;

  /**
   * An empty page.
   *
   * @param root what leads from the page to the landing page: empty, or steps up
   */
  Html(String root) {
    this.root = root;
    out.append("<!DOCTYPE html>\n");
  }

  /** Begins an element; attributes may follow. */
  Html open(Tag tag) {
    endTag();
    out.append('<').append(tag.label());
    inTag = true;
    if (!tag.isEmpty()) {
      open.push(tag);
    }
    return this;
  }

  /** Begins an element of a class. */
  Html open(Tag tag, Look look) {
    return open(tag).is(look);
  }

  /** A class of the element that was begun. */
  Html is(Look look) {
    return attribute("class").quoted(look.label());
  }

  /** An attribute of the element that was begun. */
  Html set(Attribute name, String value) {
    return attribute(name.label()).quoted(value);
  }

  /** The same with a number. */
  Html set(Attribute name, long value) {
    return set(name, Long.toString(value));
  }

  /** An attribute that says all by being there. */
  Html set(Attribute name) {
    return attribute(name.label());
  }

  /** Where the element that was begun leads. */
  Html href(Link link) {
    return address("href", link);
  }

  /** Where a form is sent to. */
  Html action(Link link) {
    return address("action", link);
  }

  /** Where the element that was begun comes from. */
  Html src(Link link) {
    return address("src", link);
  }

  /** Text on one line. */
  Html text(String text) {
    endTag();
    text.codePoints().forEach(this::append);
    return this;
  }

  /** Text whose line ends stay as they are. */
  Html lines(String text) {
    endTag();
    text.codePoints()
        .forEach(
            point -> {
              if (point == '\n') {
                out.append('\n');
              } else {
                append(point);
              }
            });
    return this;
  }

  /** Text from strangers: whatever its direction of writing, it keeps to its place. */
  Html foreign(String text) {
    return leaf(Tag.BDI, text);
  }

  /** Ends the innermost element. */
  Html close() {
    endTag();
    Tag tag = open.pop();
    out.append("</").append(tag.label()).append('>');
    if (tag == Tag.TR || tag == Tag.SECTION || tag == Tag.LI || tag == Tag.P) {
      out.append('\n');
    }
    return this;
  }

  /** An element with nothing but text. */
  Html leaf(Tag tag, String text) {
    return open(tag).text(text).close();
  }

  /** The same of a class. */
  Html leaf(Tag tag, Look look, String text) {
    return open(tag, look).text(text).close();
  }

  /** Characters so far. */
  int length() {
    return out.length();
  }

  /**
   * The whole page.
   *
   * @throws IllegalStateException if an element was not ended
   */
  String finish() {
    if (!open.isEmpty()) {
      throw new IllegalStateException("not ended: " + open);
    }
    return out.append('\n').toString();
  }

  private Html address(String name, Link link) {
    return attribute(name).quoted(link.from(root));
  }

  private Html attribute(String name) {
    if (!inTag) {
      throw new IllegalStateException("no element to put " + name + " to");
    }
    out.append(' ').append(name);
    return this;
  }

  private Html quoted(String value) {
    out.append("=\"");
    value.codePoints().forEach(this::append);
    out.append('"');
    return this;
  }

  private void endTag() {
    if (inTag) {
      out.append('>');
      inTag = false;
    }
  }

  private void append(int point) {
    switch (point) {
      case '<' -> out.append("&lt;");
      case '>' -> out.append("&gt;");
      case '&' -> out.append("&amp;");
      case '\'' -> out.append("&#39;");
      case '"' -> out.append("&#34;");
      default -> {
        if (GoQuote.isPrintable(point)) {
          out.appendCodePoint(point);
        } else {
          GoQuote.escape(point, out);
        }
      }
    }
  }
}
