package io.sonde.config;

import com.google.re2j.PatternSyntaxException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The kinds of value that are not blocks. */
final class Kinds {
  private Kinds() {}

  /** A kind that is one scalar. */
  abstract static class ScalarKind<T> extends Kind<T> {
    ScalarKind(String label, String type) {
      super(label, type);
    }

    @Override
    final @Nullable T read(YamlNode written, Reading in) {
      if (!written.isScalar()) {
        return misfit(written, in);
      }
      YamlNode node = in.expanded(written);
      if (node == null) {
        return null;
      }
      Scalar scalar = Scalar.of(node);
      if (scalar == null) {
        in.badTag(node);
        return null;
      }
      return scalar.type() == Scalar.Type.NULL ? null : read(scalar, node, in);
    }

    @Override
    Map<String, Object> schema(Schema in) {
      return in.text();
    }

    /** Reads a scalar that is not null. */
    abstract @Nullable T read(Scalar scalar, YamlNode node, Reading in);
  }

  /** Bytes: the UTF-8 of any scalar's text, or what {@code !!binary} stands for. */
  static final Kind<Bytes> BYTES =
      new ScalarKind<>("string", "string") {
        @Override
        @Nullable Bytes read(Scalar scalar, YamlNode node, Reading in) {
          if (scalar.type() != Scalar.Type.BINARY) {
            return Bytes.of(node.text());
          }
          try {
            String base64 = node.text().replace("\n", "").replace("\r", "");
            return Bytes.of(Base64.getDecoder().decode(base64));
          } catch (IllegalArgumentException ignored) {
            in.badTag(node);
            return null;
          }
        }
      };

  /** Text: any scalar will do, as it is written. */
  static final Kind<String> STRING = new TextKind("string", List.of());

  /** A path, relative to the working directory; only a check looks whether it exists. */
  static final Kind<String> FILE =
      new ScalarKind<>("file", "string") {
        @Override
        @Nullable String read(Scalar scalar, YamlNode node, Reading in) {
          String path = STRING.read(node, in);
          if (path != null) {
            in.file(node, path);
          }
          return path;
        }
      };

  private static final class TextKind extends ScalarKind<String> {
    private final List<String> usual;

    TextKind(String label, List<String> usual) {
      super(label, "string");
      this.usual = usual;
    }

    @Override
    Map<String, Object> schema(Schema in) {
      return usual.isEmpty() ? in.text() : Schema.text(usual);
    }

    @Override
    @Nullable String read(Scalar scalar, YamlNode node, Reading in) {
      if (scalar.type() != Scalar.Type.BINARY) {
        return node.text();
      }
      Bytes bytes = BYTES.read(node, in);
      return bytes == null ? null : bytes.text();
    }
  }

  static final Kind<Secret> SECRET =
      new ScalarKind<>("secret", "config.plain") {
        @Override
        String itemType() {
          return "config.Secret";
        }

        @Override
        @Nullable Secret read(Scalar scalar, YamlNode node, Reading in) {
          String text = STRING.read(node, in);
          if (text != null && node.isExpanded()) {
            in.secret(text);
          }
          return text == null ? null : Secret.of(text);
        }
      };

  /** Text that mostly is one of some words. */
  static Kind<String> mostly(List<String> words) {
    return new TextKind("string", words);
  }

  static final Kind<Boolean> BOOL = new BoolKind();

  /** A whole number; beyond 32 bits it is the nearest that fits, as no key means more. */
  static final Kind<Integer> INT = new IntKind();

  static final Kind<Duration> DURATION =
      new ScalarKind<>("duration", "time.Duration") {
        @Override
        Map<String, Object> schema(Schema in) {
          return in.formed(Durations.FORM, "a duration such as 5s");
        }

        @Override
        @Nullable Duration read(Scalar scalar, YamlNode node, Reading in) {
          boolean number = scalar.value() != null;
          Duration value = number ? null : Durations.parse(node.text());
          if (value == null) {
            boolean seconds = Durations.parse(node.text() + "s") != null;
            String meant = "duration; did you mean " + node.written() + "s?";
            String expected = seconds ? meant : label();
            in.misfit(node, type(), expected);
          }
          return value;
        }
      };

  static final Kind<Long> SIZE =
      new ScalarKind<>("size", "units.Base2Bytes") {
        @Override
        Map<String, Object> schema(Schema in) {
          Map<String, Object> size = in.formed(ByteSizes.FORM, "a size such as 10MiB");
          return Schema.object("anyOf", List.of(size, Schema.object("const", 0)));
        }

        @Override
        @Nullable Long read(Scalar scalar, YamlNode node, Reading in) {
          try {
            return ByteSizes.parse(node.text());
          } catch (IllegalArgumentException failure) {
            String message = String.valueOf(failure.getMessage());
            in.error(
                node,
                node.isExpanded() ? "units: invalid " + node.written() : message,
                "expected a size such as 10MiB");
            return null;
          }
        }
      };

  static final Kind<Regex> REGEXP =
      new ScalarKind<>("regexp", "string") {
        @Override
        String itemType() {
          return "config.Regexp";
        }

        @Override
        @Nullable Regex read(Scalar scalar, YamlNode node, Reading in) {
          String source = STRING.read(node, in);
          if (source == null) {
            return null;
          }
          try {
            return Regex.compile(source);
          } catch (PatternSyntaxException failure) {
            String message =
                "\"Could not compile regular expression\" regexp=\"" + node.written() + "\"";
            String flaw = String.valueOf(failure.getDescription());
            in.error(node, message, flaw.contains("internal error") ? "unexpected )" : flaw);
            return null;
          }
        }
      };

  static final Kind<CelExpression> CEL =
      new ScalarKind<>("CEL", "string") {
        @Override
        @Nullable CelExpression read(Scalar scalar, YamlNode node, Reading in) {
          String source = STRING.read(node, in);
          if (source == null) {
            return null;
          }
          try {
            return CelExpression.compile(source);
          } catch (CelException failure) {
            String message =
                "\"Could not compile CEL program\" expression=\"" + node.written() + "\"";
            in.error(node, message, node.isExpanded() ? "" : String.valueOf(failure.getMessage()));
            return null;
          }
        }
      };

  static final Kind<TlsVersion> TLS_VERSION =
      WordKind.of("TLS version", "unknown TLS version: %s", List.of(TlsVersion.values()));

  static final Kind<Secret> URL =
      new ScalarKind<>("URL", "string") {
        @Override
        @Nullable Secret read(Scalar scalar, YamlNode node, Reading in) {
          String text = STRING.read(node, in);
          String flaw = text == null ? null : ProxyUrls.flaw(text);
          if (flaw != null) {
            String shown = node.written().contains("@") ? Secret.MASK : node.written();
            in.error(node, "parse \"" + shown + "\": " + flaw, "expected a URL");
            return null;
          }
          return text == null ? null : Secret.of(text);
        }
      };

  /** A map of anything, as JSON would have it. */
  static final Kind<Map<String, @Nullable Object>> TREE = new TreeKind();

  /** The same, where the text may refer to what an expression matched. */
  static <T> Kind<T> template(Kind<T> kind) {
    return new Kind<>(kind.label(), kind.type()) {
      @Override
      Map<String, Object> schema(Schema in) {
        return kind.schema(in);
      }

      @Override
      @Nullable T read(YamlNode node, Reading in) {
        boolean before = in.template(true);
        T value = kind.read(node, in);
        in.template(before);
        return value;
      }
    };
  }

  static <T> Kind<List<T>> list(Kind<T> item) {
    return new ListKind<>(item);
  }

  static <T> Kind<Map<String, T>> map(Kind<T> value, T ofNull) {
    return new MapKind<>(value, ofNull);
  }
}
