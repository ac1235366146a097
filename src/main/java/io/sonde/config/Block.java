package io.sonde.config;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A kind of value that is a mapping with known keys.
 *
 * <p>The list of keys is the one place that says what the block can have: reading, suggestions, the
 * schema for editors and the test of the documentation use it.
 */
abstract class Block<S> extends Kind<S> {
  private final List<Key<?>> keys;

  Block(String label, List<Key<?>> keys) {
    this(label, "config.plain", keys);
  }

  Block(String label, String type, List<Key<?>> keys) {
    super(label, type);
    this.keys = keys;
  }

  /** Every key that the block knows, in the order of the documentation. */
  final List<Key<?>> keys() {
    return keys;
  }

  /**
   * Checks what was read and makes it into data; null if that cannot be, which is reported then.
   */
  abstract @Nullable S build(Fields fields, Reading in);

  @Override
  final String expected() {
    return "a mapping";
  }

  @Override
  @Nullable S read(YamlNode node, Reading in) {
    if (Scalar.isNull(node)) {
      return null;
    }
    if (!node.isMapping()) {
      return misfit(node, in);
    }
    boolean sensitive = in.sensitive(false);
    Fields fields = new Fields(node);
    for (YamlNode.Entry entry : in.entries(node)) {
      Key<?> key = key(entry.key().text());
      if (key != null && key.isExtra() && !in.expandsVariables()) {
        in.unknownKey(entry.key(), type(), "known with --config.expand-env");
      } else if (key == null) {
        in.unknownKey(entry.key(), type(), Suggestions.forKey(entry.key().text(), this));
      } else {
        fields.read(key, entry, in);
      }
    }
    reportMissing(fields, in);
    S value = build(fields, in);
    in.sensitive(sensitive);
    return value;
  }

  private void reportMissing(Fields fields, Reading in) {
    for (Key<?> key : keys) {
      if (key.complaint() != null && !fields.hasText(key) && !fields.failed(key)) {
        in.errorHere(key.complaint(), key.hint());
      }
    }
  }

  @Override
  Map<String, Object> schema(Schema in) {
    return in.block(this);
  }

  final @Nullable Key<?> key(String name) {
    for (Key<?> key : keys) {
      if (key.name().equals(name)) {
        return key;
      }
    }
    return null;
  }

  /** Reports that more than one of some keys has a text. */
  static void atMostOne(Fields fields, Reading in, String message, Key<?>... keys) {
    int present = 0;
    for (Key<?> key : keys) {
      present += fields.hasText(key) ? 1 : 0;
    }
    if (present > 1) {
      fields.error(in, fields.lastOf(keys), message, "");
    }
  }

  /** A text, file or reference of three keys; warns of a reference, which nothing can resolve. */
  static Source source(
      Fields fields, Reading in, Key<?> inline, Key<String> file, Key<String> ref) {
    if (fields.hasText(ref)) {
      fields.unusable(in, ref, "cannot use secret ref without manager");
    }
    Object text = fields.find(inline);
    Secret secret =
        text instanceof Secret already ? already : Secret.of(text == null ? "" : text.toString());
    return new Source(secret, fields.get(file), fields.get(ref));
  }
}
