package io.sonde.config;

import io.sonde.config.Kinds.ScalarKind;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The kinds of value that only a target policy has. */
final class PolicyKinds {
  static final String ALLOW = "allow";
  static final String DENY = "deny";

  private PolicyKinds() {}

  static final Kind<Cidr> CIDR =
      new ScalarKind<>("CIDR", "string") {
        @Override
        @Nullable Cidr read(Scalar scalar, YamlNode node, Reading in) {
          Cidr cidr = Cidr.parse(node.text());
          if (cidr == null) {
            String hint = "expected an address or a block such as 10.0.0.0/8 or fd00::/8";
            in.error(node, "\"" + node.text() + "\" is no CIDR", hint);
          } else if (!cidr.isWrittenAs(node.text())) {
            in.warn(node, "bits are set behind the prefix", "it means " + cidr);
          }
          return cidr;
        }
      };

  static final Kind<PortRange> PORTS =
      new ScalarKind<>("ports", "string") {
        @Override
        @Nullable PortRange read(Scalar scalar, YamlNode node, Reading in) {
          PortRange ports = PortRange.parse(node.text());
          if (ports == null) {
            String hint = "expected a port such as 443, or some such as 8000-8099";
            in.error(node, "\"" + node.text() + "\" is no port", hint);
          }
          return ports;
        }
      };

  static final Kind<String> HOST_PATTERN =
      new ScalarKind<>("host pattern", "string") {
        @Override
        @Nullable String read(Scalar scalar, YamlNode node, Reading in) {
          String pattern = node.text();
          if (Cidr.parse(pattern) != null) {
            in.error(node, "host takes names, not addresses", "did you mean cidr?");
            return null;
          }
          if (pattern.chars().anyMatch(Character::isWhitespace)) {
            in.error(node, "a name has no spaces", "expected a name such as *.example.com");
            return null;
          }
          boolean path = pattern.startsWith("/") || pattern.startsWith("*/");
          if (!path && !pattern.startsWith("@") && hasMoreThanName(pattern)) {
            String hint = "expected a name such as *.example.com; there are cidr, port and scheme";
            in.error(node, "\"" + pattern + "\" is no name", hint);
            return null;
          }
          return pattern;
        }

        private boolean hasMoreThanName(String pattern) {
          return pattern.indexOf('/') >= 0
              || pattern.indexOf(':') >= 0
              || pattern.indexOf('@') >= 0;
        }
      };

  static final Kind<TargetScheme> SCHEME =
      new ScalarKind<>("target scheme", "string") {
        @Override
        @Nullable TargetScheme read(Scalar scalar, YamlNode node, Reading in) {
          TargetScheme scheme = TargetScheme.of(node.text());
          if (scheme == null) {
            unknown(
                "scheme",
                Arrays.stream(TargetScheme.values()).map(TargetScheme::word).toList(),
                node,
                in);
          }
          return scheme;
        }
      };

  static final Kind<PolicyPreset> PRESET =
      new ScalarKind<>("preset", "string") {
        @Override
        @Nullable PolicyPreset read(Scalar scalar, YamlNode node, Reading in) {
          PolicyPreset preset = PolicyPreset.of(node.text());
          if (preset == null) {
            unknown(
                "preset",
                Arrays.stream(PolicyPreset.values()).map(PolicyPreset::word).toList(),
                node,
                in);
          }
          return preset;
        }
      };

  static final Kind<String> VERDICT =
      new ScalarKind<>("allow or deny", "string") {
        @Override
        @Nullable String read(Scalar scalar, YamlNode node, Reading in) {
          List<String> words = List.of(ALLOW, DENY);
          if (!words.contains(node.text())) {
            unknown("default", words, node, in);
            return null;
          }
          return node.text();
        }
      };

  private static void unknown(String what, List<String> words, YamlNode node, Reading in) {
    String near = Suggestions.nearest(node.text(), words);
    String expected = words.stream().collect(Collectors.joining(", ", "expected one of ", ""));
    in.error(
        node,
        what + " \"" + node.text() + "\" is not valid",
        near == null ? expected : "did you mean " + near + "?");
  }
}
