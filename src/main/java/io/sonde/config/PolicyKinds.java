package io.sonde.config;

import io.sonde.config.Kinds.ScalarKind;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The kinds of value that only a target policy has. */
final class PolicyKinds {
  static final String ALLOW = "allow";
  static final String DENY = "deny";

  private static final String PORTS_HINT = "a port such as 443, or some such as 8000-8099";

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
        Map<String, Object> schema(Schema in) {
          Map<String, Object> schema =
              in.formed("[0-9]{1,5}(?:-[0-9]{1,5})?", PORTS_HINT, "number");
          schema.put("minimum", 0);
          schema.put("maximum", PortRange.HIGHEST);
          return schema;
        }

        @Override
        @Nullable PortRange read(Scalar scalar, YamlNode node, Reading in) {
          PortRange ports = PortRange.parse(node.text());
          if (ports == null) {
            in.error(node, "\"" + node.text() + "\" is no port", "expected " + PORTS_HINT);
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
      WordKind.of("target scheme", "scheme \"%s\" is not valid", List.of(TargetScheme.values()));

  static final Kind<PolicyPreset> PRESET =
      WordKind.of("preset", "preset \"%s\" is not valid", List.of(PolicyPreset.values()));

  static final Kind<String> VERDICT =
      WordKind.of("allow or deny", "default \"%s\" is not valid", List.of(ALLOW, DENY));
}
