package io.sonde.config;

import io.sonde.config.Problem.Severity;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One pass over a document: where it is, and what it found. */
final class Reading {
  private static final int LONGEST_ECHO = 10;
  private static final int SHORTENED_ECHO = 7;

  private record Step(String name, YamlNode place) {}

  private final String file;
  private final Problems problems;
  private final AliasedEntries aliases = new AliasedEntries(this);
  private final Deque<Step> path = new ArrayDeque<>();
  private String module = "";
  private boolean sensitive;
  private final LoadRules rules;
  private final Set<String> secrets = new LinkedHashSet<>();
  private final Set<String> others = new LinkedHashSet<>();
  private @Nullable Set<String> groups;
  private boolean template;

  /** A pass that has not begun. */
  Reading(String file, Problems problems, LoadRules rules) {
    this.file = file;
    this.problems = problems;
    this.rules = rules;
  }

  Problems problems() {
    return problems;
  }

  /** Steps into a key or item; what is missing below it is reported at that place. */
  void enter(String name, YamlNode place) {
    path.addLast(new Step(name, place));
  }

  void leave() {
    path.removeLast();
  }

  void enterModule(String name) {
    module = name;
    secrets.clear();
    others.clear();
  }

  /** What came into the module from the environment and is to be hidden. */
  ExpandedSecrets secrets() {
    return ExpandedSecrets.of(secrets, others);
  }

  /** Notes a text that must not be shown, as it came from the environment. */
  void secret(String text) {
    secrets.add(text);
  }

  /** Whether texts may refer to variables. */
  boolean expandsVariables() {
    return rules.variables().areExpanded();
  }

  /** Says which groups templates may refer to; null if there are no templates. */
  void groups(@Nullable Set<String> next) {
    groups = next;
  }

  /** Says whether what is read next is a template; returns what held before. */
  boolean template(boolean next) {
    boolean before = template;
    template = next;
    return before;
  }

  /** A scalar with what its references to variables stand for; null if one cannot be resolved. */
  @Nullable YamlNode expanded(YamlNode node) {
    if (!expandsVariables()
        || node.isExpanded()
        || node.tag().equals("!!binary")
        || !Expansion.concerns(node.text())) {
      return node;
    }
    Set<String> names = template ? groups : null;
    Expansion expansion =
        names == null
            ? Expansion.ofText(rules.variables())
            : Expansion.ofTemplate(rules.variables(), names);
    String text = expansion.expand(node.text());
    if (text == null) {
      error(node, String.valueOf(expansion.problem()), expansion.hint());
      return null;
    }
    expansion
        .values()
        .forEach(
            (name, value) -> {
              if (Credentials.areInVariable(name)) {
                secrets.add(value);
                secrets.add(Expansion.inTemplate(value));
              } else if (sensitive) {
                others.add(value);
                others.add(Expansion.inTemplate(value));
              }
            });
    return node.standingFor(text);
  }

  void leaveModule() {
    module = "";
  }

  /** Says whether what is read next must not be repeated in messages; returns what held before. */
  boolean sensitive(boolean next) {
    boolean before = sensitive;
    sensitive = next;
    return before;
  }

  boolean isSensitive() {
    return sensitive;
  }

  /** The keys that lead here, as {@code modules.web.http}. */
  String path() {
    StringBuilder text = new StringBuilder();
    for (Step step : path) {
      if (!text.isEmpty() && !step.name().startsWith("[")) {
        text.append('.');
      }
      text.append(step.name());
    }
    return text.toString();
  }

  /** Reports a value that fits its key and yet cannot be. */
  void error(YamlNode at, String message, String hint) {
    problems.add(problem(at, Severity.ERROR, message, hint));
  }

  /** Reports something that is missing at the key or item that is being read. */
  void errorHere(String message, String hint) {
    Step here = path.peekLast();
    problems.add(problem(here == null ? null : here.place(), Severity.ERROR, message, hint));
  }

  /** Reports something doubtful about the key or item that is being read. */
  void warnHere(String message, String hint) {
    Step here = path.peekLast();
    problems.add(problem(here == null ? null : here.place(), Severity.WARNING, message, hint));
  }

  /** Reports what lets every probe of the module fail. */
  void unusable(YamlNode at, String message) {
    problems.add(problem(at, Severity.UNUSABLE, message, ""));
  }

  void warn(YamlNode at, String message, String hint) {
    problems.add(problem(at, Severity.WARNING, message, hint));
  }

  /** Notes that a module needs a file, which may also come later than its configuration. */
  void file(YamlNode at, String path) {
    if (path.isEmpty()) {
      return;
    }
    try {
      if (rules.folders().excludes(Path.of(path))) {
        error(
            at,
            "the file lies outside the folders that files may lie in"
                + (sensitive ? "" : ": " + at.written()),
            "see --config.files-below");
      } else if (rules.looksForFiles() && Files.notExists(Path.of(path))) {
        boolean relative = !Path.of(path).isAbsolute();
        warn(
            at,
            "no such file" + (sensitive ? "" : ": " + at.written()),
            relative ? "paths are relative to the working directory" : "");
      }
    } catch (InvalidPathException ignored) {
      unusable(at, "not a path");
    }
  }

  /** Reports a key that the mapping being read does not know. */
  void unknownKey(YamlNode key, String type, String hint) {
    enter(key.text(), key);
    problems.addMisfit(
        problem(key, Severity.ERROR, "field " + key.text() + " not found in type " + type, hint));
    leave();
  }

  /** Reports a value that is of another type than its key. */
  void misfit(YamlNode node, String type, String expected) {
    Scalar scalar = node.isScalar() ? Scalar.of(node) : null;
    String got = scalar == null ? node.shapeTag() : scalar.tag();
    if (sensitive && !got.startsWith("!!")) {
      got = "!!str";
    }
    String message = "cannot unmarshal " + got + echo(node) + " into " + type;
    problems.addMisfit(problem(node, Severity.ERROR, message, "expected " + expected));
  }

  /** Reports a scalar that does not fit the tag that it carries. */
  void badTag(YamlNode node) {
    String message =
        node.tag().equals("!!binary")
            ? "!!binary value contains invalid base64 data"
            : "cannot decode" + echo(node) + " as a " + node.tag();
    problems.add(problem(node, Severity.ERROR, "yaml: " + message, ""));
  }

  private String echo(YamlNode node) {
    if (!node.isScalar()) {
      return "";
    }
    String text = node.written();
    if (sensitive) {
      text = Secret.MASK;
    } else if (text.codePointCount(0, text.length()) > LONGEST_ECHO) {
      text = text.substring(0, text.offsetByCodePoints(0, SHORTENED_ECHO)) + "...";
    }
    return " `" + text + "`";
  }

  /**
   * The entries of a mapping: keys given twice are reported, merge keys are resolved, so that what
   * the mapping says itself wins. Entries whose key is null are left out, as they always were.
   */
  List<YamlNode.Entry> entries(YamlNode mapping) {
    return aliases.entries(mapping);
  }

  /** Whether there is room for one more entry or item; once there is none, reading ends. */
  boolean spend(YamlNode node, int depth) {
    return aliases.spend(node, depth);
  }

  /** Reports a key that a mapping has twice. */
  void duplicateKey(YamlNode key, YamlNode earlier) {
    enter(key.text(), key);
    String message = "mapping key \"" + key.text() + "\" already defined at line " + earlier.line();
    problems.addMisfit(problem(key, Severity.ERROR, message, ""));
    leave();
  }

  private Problem problem(@Nullable YamlNode at, Severity severity, String message, String hint) {
    return new Problem(
        file,
        at == null ? 0 : at.line(),
        at == null ? 0 : at.column(),
        module,
        path(),
        severity,
        message,
        hint);
  }
}
