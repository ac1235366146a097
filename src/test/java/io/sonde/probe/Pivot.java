package io.sonde.probe;

import java.util.function.UnaryOperator;

/**
 * A way to make a prober reach whom it should not.
 *
 * @param what is tried; a row of docs/security.md
 * @param through which prober
 * @param phase in which it is blocked
 * @param rule what the failure says, in part
 * @param scene lays it out
 */
record Pivot(
    String what, String through, Phase phase, String rule, UnaryOperator<PivotScene> scene) {
  private static final String HTTP = "http";

  /** One of the http prober, blocked when it would connect. */
  static Pivot http(String what, String rule, UnaryOperator<PivotScene> scene) {
    return new Pivot(what, HTTP, Phase.CONNECT, rule, scene);
  }

  /** One of the http prober, whose target is the victim under another spelling of its host. */
  static Pivot spelled(String what, String host, String rule) {
    return spelled(what, host, "127.0.0.1", rule);
  }

  /** The same, where the victim is at another loopback address. */
  static Pivot spelled(String what, String host, String victim, String rule) {
    return http(
        what,
        rule,
        scene -> {
          scene.victimAt(victim);
          return scene.target("http://" + host + ":" + scene.port() + "/");
        });
  }

  /** One of the http prober, whose target is the victim under a name that a name server knows. */
  static Pivot named(String what, String name) {
    return http(
        what,
        "127.0.0.0/8 (this machine)",
        scene ->
            scene.knowing(name, "127.0.0.1").target("http://" + name + ":" + scene.port() + "/"));
  }

  /** One of the http prober, whose target is the victim under a name that the hosts file knows. */
  static Pivot listed(String what, String name) {
    return spelled(what + ", that the hosts file knows", name, "127.0.0.0/8 (this machine)");
  }

  /** One of another prober, blocked when it would connect. */
  static Pivot by(String prober, String what, UnaryOperator<PivotScene> scene) {
    return new Pivot(what, prober, Phase.CONNECT, "127.0.0.0/8 (this machine)", scene);
  }

  Pivot in(Phase other) {
    return new Pivot(what, through, other, rule, scene);
  }

  Pivot saying(String other) {
    return new Pivot(what, through, phase, other, scene);
  }

  /** The row of the table. */
  String row(int number) {
    return "| " + number + " | " + what + " | " + through + " | `" + phase.label() + "` |";
  }

  @Override
  public String toString() {
    return through + ": " + what;
  }
}
