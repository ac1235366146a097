package io.sonde.config;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An entry of {@code query_response}. */
final class QueryResponseBlock extends Block<QueryResponse> {
  /** A label of {@code probe_expect_info}. */
  static final class LabelBlock extends Block<LabelTemplate> {
    static final Key<String> NAME = Key.of("name", Kinds.STRING, "");
    static final Key<String> VALUE = Key.of("value", Kinds.template(Kinds.STRING), "");

    static final LabelBlock BLOCK = new LabelBlock();

    private LabelBlock() {
      super("label", "config.Label", List.of(NAME, VALUE));
    }

    @Override
    LabelTemplate build(Fields fields, Reading in) {
      return new LabelTemplate(fields.get(NAME), fields.get(VALUE));
    }
  }

  static final Key<Regex> EXPECT = Key.optional("expect", Kinds.REGEXP);
  static final Key<Bytes> EXPECT_BYTES = Key.of("expect_bytes", Kinds.BYTES, Bytes.EMPTY);
  static final Key<List<LabelTemplate>> LABELS =
      Key.optional("labels", Kinds.list(LabelBlock.BLOCK));
  static final Key<Bytes> SEND =
      Key.of("send", Kinds.template(Kinds.BYTES), Bytes.EMPTY).sensitive();
  static final Key<Boolean> STARTTLS = Key.of("starttls", Kinds.BOOL, false);

  static final QueryResponseBlock BLOCK = new QueryResponseBlock();

  /** The key that holds such entries; a text in its place may be a password to send. */
  static final Key<List<QueryResponse>> QUERY_RESPONSE =
      Key.of("query_response", Kinds.list(BLOCK), List.<QueryResponse>of()).sensitive();

  private static final Pattern GROUP = Pattern.compile("\\(\\?P?<([A-Za-z_]\\w*)>");

  private QueryResponseBlock() {
    super(
        "query_response",
        "config.QueryResponse",
        List.of(EXPECT, EXPECT_BYTES, LABELS, SEND, STARTTLS));
  }

  /** What an expression names goes before variables of the environment. */
  @Override
  @Nullable QueryResponse read(YamlNode node, Reading in) {
    in.groups(in.expandsVariables() && node.isMapping() ? groups(node, in) : null);
    QueryResponse read = super.read(node, in);
    in.groups(null);
    return read;
  }

  /** The named groups of the entry's expression; null if it has none, and so no templates. */
  private static @Nullable Set<String> groups(YamlNode node, Reading in) {
    for (YamlNode.Entry entry : in.entries(node)) {
      if (entry.key().text().equals(EXPECT.name()) && !Scalar.isNull(entry.value())) {
        Matcher group = GROUP.matcher(entry.value().text());
        return group.results().map(found -> found.group(1)).collect(Collectors.toSet());
      }
    }
    return null;
  }

  @Override
  QueryResponse build(Fields fields, Reading in) {
    if (fields.has(EXPECT) && fields.hasText(EXPECT_BYTES)) {
      fields.error(
          in,
          fields.lastOf(EXPECT, EXPECT_BYTES),
          "expect and expect_bytes are mutually exclusive",
          "");
    }
    List<LabelTemplate> labels = fields.find(LABELS);
    if (labels != null && fields.has(EXPECT)) {
      checkLabels(labels, fields, in);
    }
    return new QueryResponse(
        fields.find(EXPECT),
        fields.get(EXPECT_BYTES),
        labels,
        fields.get(SEND),
        fields.get(STARTTLS));
  }

  /** The series of one metric have the same labels, whichever entry they are of. */
  static void checkLabelNames(List<QueryResponse> entries, Fields fields, Reading in) {
    Set<Set<String>> names = new LinkedHashSet<>();
    for (QueryResponse entry : entries) {
      List<LabelTemplate> labels = entry.expect() == null ? null : entry.labels();
      if (labels != null) {
        names.add(
            labels.stream()
                .map(LabelTemplate::name)
                .collect(Collectors.toCollection(TreeSet::new)));
      }
    }
    if (names.size() > 1) {
      fields.unusable(
          in, QUERY_RESPONSE, "the entries with labels have different label names: " + names);
    }
  }

  private static void checkLabels(List<LabelTemplate> labels, Fields fields, Reading in) {
    Set<String> names = new HashSet<>();
    for (LabelTemplate label : labels) {
      if (label.name().isEmpty() || label.name().startsWith("__") || !names.add(label.name())) {
        fields.unusable(
            in, LABELS, "label \"" + label.name() + "\" is empty, reserved or there twice");
      }
    }
  }
}
