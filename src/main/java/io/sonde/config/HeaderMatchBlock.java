package io.sonde.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An entry of {@code fail_if_header_matches} and its opposite. */
final class HeaderMatchBlock extends Block<HeaderMatch> {
  static final Key<String> HEADER = Key.of("header", Kinds.STRING, "");
  static final Key<Regex> REGEXP = Key.optional("regexp", Kinds.REGEXP);
  static final Key<Boolean> ALLOW_MISSING = Key.of("allow_missing", Kinds.BOOL, false);

  static final HeaderMatchBlock BLOCK = new HeaderMatchBlock();

  private HeaderMatchBlock() {
    super("header match", "config.HeaderMatch", List.of(HEADER, REGEXP, ALLOW_MISSING));
  }

  @Override
  @Nullable HeaderMatch build(Fields fields, Reading in) {
    String header = fields.get(HEADER);
    Regex regexp = fields.find(REGEXP);
    if (header.isEmpty() && !fields.failed(HEADER)) {
      in.errorHere("header name must be set for HTTP header matchers", "");
    }
    if (regexp == null || regexp.source().isEmpty()) {
      if (!fields.failed(REGEXP)) {
        in.errorHere("regexp must be set for HTTP header matchers", "");
      }
      return null;
    }
    return new HeaderMatch(header, regexp, fields.get(ALLOW_MISSING));
  }
}
