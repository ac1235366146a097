package io.sonde.config;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;

/** Makes the first document of a text into nodes; never constructs any other object. */
final class YamlComposer {
  /** Far more than a configuration needs, far less than a thread's stack can take. */
  private static final int MAX_DEPTH = 500;

  /** How often an escape that the scanner does not know may be rewritten. */
  private static final int MAX_REWRITES = 256;

  private static final String CANNOT_START =
      "found character that cannot start any token; does the text need quotes?";

  private static final String UNCLOSED_QUOTE =
      "found unexpected end of stream: the quote that opens here is never closed";

  private static final String STANDARD_TAG = "tag:yaml.org,2002:";

  private final Parser parser;

  /** The node of each anchor; null while that node is being composed. */
  private final Map<String, @Nullable YamlNode> anchors = new HashMap<>();

  private YamlComposer(String text) {
    parser = new ParserImpl(new TabTolerantReader(text), new LoaderOptions());
  }

  /** The first document; null if there is none. */
  static @Nullable YamlNode compose(String text) throws YamlSyntaxException {
    String current = text;
    for (int rewrites = 0; ; rewrites++) {
      try {
        return new YamlComposer(current).document();
      } catch (MarkedYAMLException failure) {
        Mark mark = failure.getProblemMark();
        int at = mark == null ? 0 : current.offsetByCodePoints(0, mark.getIndex());
        if (rewrites == MAX_REWRITES || at == 0 || !isEscapedQuote(failure, current, at)) {
          throw syntax(failure, mark);
        }
        current = current.substring(0, at) + "x27" + current.substring(at + 1);
      } catch (YAMLException failure) {
        throw new YamlSyntaxException("control characters are not allowed", 0, 0);
      }
    }
  }

  /** Whether the scanner stumbled over {@code \'} in double quotes, which other parsers know. */
  private static boolean isEscapedQuote(MarkedYAMLException failure, String text, int at) {
    return failure.getProblem() != null
        && failure.getProblem().startsWith("found unknown escape character")
        && at < text.length()
        && text.charAt(at) == '\''
        && text.charAt(at - 1) == '\\';
  }

  private static YamlSyntaxException syntax(MarkedYAMLException failure, @Nullable Mark mark) {
    Mark opened = failure.getContextMark();
    if (opened != null && isUnclosedQuote(failure)) {
      return new YamlSyntaxException(UNCLOSED_QUOTE, opened.getLine() + 1, opened.getColumn() + 1);
    }
    String problem = failure.getProblem() == null ? "not YAML" : failure.getProblem();
    if (problem.contains("that cannot start any token")) {
      problem = problem.contains("TAB") ? "found a tab for indentation" : CANNOT_START;
    }
    for (String echo : new String[] {", but found: ", "escape character ", "tag handle "}) {
      int from = problem.indexOf(echo);
      if (from >= 0) {
        problem = problem.substring(0, from + echo.length()).replaceFirst("(, but found)?:? $", "");
      }
    }
    return mark == null
        ? new YamlSyntaxException(problem, 0, 0)
        : new YamlSyntaxException(problem, mark.getLine() + 1, mark.getColumn() + 1);
  }

  /** Whether the text ended within quotes: what is wrong is where they open, not where it ends. */
  private static boolean isUnclosedQuote(MarkedYAMLException failure) {
    return "while scanning a quoted scalar".equals(failure.getContext())
        && "found unexpected end of stream".equals(failure.getProblem());
  }

  private @Nullable YamlNode document() throws YamlSyntaxException {
    parser.getEvent();
    if (parser.getEvent().is(Event.ID.StreamEnd)) {
      return null;
    }
    YamlNode root = node(parser.getEvent(), 0);
    parser.getEvent();
    return root;
  }

  private YamlNode node(Event event, int depth) throws YamlSyntaxException {
    if (depth > MAX_DEPTH) {
      throw at(event, "exceeded max depth of " + MAX_DEPTH);
    }
    if (event instanceof AliasEvent alias) {
      return target(alias);
    }
    if (event instanceof ScalarEvent scalar) {
      return scalar(scalar);
    }
    return event instanceof SequenceStartEvent sequence
        ? sequence(sequence, depth)
        : mapping((MappingStartEvent) event, depth);
  }

  private YamlNode target(AliasEvent alias) throws YamlSyntaxException {
    YamlNode node = anchors.get(alias.getAnchor());
    if (node != null) {
      return node;
    }
    throw at(
        alias,
        anchors.containsKey(alias.getAnchor())
            ? "an anchor's value contains itself"
            : "an alias refers to an unknown anchor");
  }

  private YamlNode scalar(ScalarEvent event) {
    YamlNode node =
        new YamlNode(
            YamlNode.Shape.SCALAR,
            shorten(event.getTag()),
            event.getValue(),
            event.isPlain(),
            event.getStartMark().getLine() + 1,
            event.getStartMark().getColumn() + 1);
    if (event.getAnchor() != null) {
      anchors.put(event.getAnchor(), node);
    }
    return node;
  }

  private YamlNode sequence(SequenceStartEvent start, int depth) throws YamlSyntaxException {
    YamlNode node = collection(YamlNode.Shape.SEQUENCE, start, start.getTag(), start.getAnchor());
    Event next = parser.getEvent();
    while (!next.is(Event.ID.SequenceEnd)) {
      node.items().add(node(next, depth + 1));
      next = parser.getEvent();
    }
    return finish(node, start.getAnchor());
  }

  private YamlNode mapping(MappingStartEvent start, int depth) throws YamlSyntaxException {
    YamlNode node = collection(YamlNode.Shape.MAPPING, start, start.getTag(), start.getAnchor());
    Event next = parser.getEvent();
    while (!next.is(Event.ID.MappingEnd)) {
      YamlNode key = node(next, depth + 1);
      node.entries().add(new YamlNode.Entry(key, node(parser.getEvent(), depth + 1)));
      next = parser.getEvent();
    }
    return finish(node, start.getAnchor());
  }

  private YamlNode collection(
      YamlNode.Shape shape, Event start, @Nullable String tag, @Nullable String anchor) {
    if (anchor != null) {
      anchors.put(anchor, null);
    }
    Mark mark = start.getStartMark();
    return new YamlNode(shape, shorten(tag), "", false, mark.getLine() + 1, mark.getColumn() + 1);
  }

  private YamlNode finish(YamlNode node, @Nullable String anchor) {
    if (anchor != null) {
      anchors.put(anchor, node);
    }
    return node;
  }

  private static String shorten(@Nullable String tag) {
    if (tag == null || tag.equals("!")) {
      return "";
    }
    return tag.startsWith(STANDARD_TAG) ? "!!" + tag.substring(STANDARD_TAG.length()) : tag;
  }

  private static YamlSyntaxException at(Event event, String message) {
    Mark mark = event.getStartMark();
    return new YamlSyntaxException(message, mark.getLine() + 1, mark.getColumn() + 1);
  }
}
