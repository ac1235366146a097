package io.sonde.config;

import com.google.re2j.PatternSyntaxException;
import java.util.List;

/** {@code validate_answer_rrs} and its siblings. */
final class RecordValidatorBlock extends Block<RecordValidator> {
  static final Key<List<String>> FAIL_IF_MATCHES = expressions("fail_if_matches_regexp");
  static final Key<List<String>> FAIL_IF_ALL_MATCH = expressions("fail_if_all_match_regexp");
  static final Key<List<String>> FAIL_IF_NOT_MATCHES = expressions("fail_if_not_matches_regexp");
  static final Key<List<String>> FAIL_IF_NONE_MATCHES = expressions("fail_if_none_matches_regexp");

  static final RecordValidatorBlock BLOCK = new RecordValidatorBlock();

  private RecordValidatorBlock() {
    super(
        "validator",
        List.of(FAIL_IF_MATCHES, FAIL_IF_ALL_MATCH, FAIL_IF_NOT_MATCHES, FAIL_IF_NONE_MATCHES));
  }

  private static Key<List<String>> expressions(String name) {
    return Key.of(name, Kinds.list(Kinds.STRING), List.of());
  }

  @Override
  RecordValidator build(Fields fields, Reading in) {
    check(FAIL_IF_MATCHES, fields, in);
    check(FAIL_IF_ALL_MATCH, fields, in);
    check(FAIL_IF_NOT_MATCHES, fields, in);
    check(FAIL_IF_NONE_MATCHES, fields, in);
    return new RecordValidator(
        fields.get(FAIL_IF_MATCHES),
        fields.get(FAIL_IF_ALL_MATCH),
        fields.get(FAIL_IF_NOT_MATCHES),
        fields.get(FAIL_IF_NONE_MATCHES));
  }

  private static void check(Key<List<String>> key, Fields fields, Reading in) {
    for (String source : fields.get(key)) {
      try {
        Regex.compile(source);
      } catch (PatternSyntaxException ignored) {
        fields.unusable(
            in, key, "\"Could not compile regular expression\" regexp=\"" + source + "\"");
      }
    }
  }
}
