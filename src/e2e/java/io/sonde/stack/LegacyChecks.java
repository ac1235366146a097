package io.sonde.stack;

import io.sonde.rig.Exporter;
import io.sonde.rig.Http;
import io.sonde.rig.Tally;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The alerts that people bring from blackbox_exporter see the targets as they are. */
final class LegacyChecks {
  private static final int ATTEMPTS = 20;
  private static final int PAUSE_MILLIS = 250;

  private final Tally tally;
  private final Scene scene;
  private final Path rules;

  LegacyChecks(Tally tally, Scene scene, Path rules) {
    this.tally = tally;
    this.scene = scene;
    this.rules = rules;
  }

  /** Which targets an alert has to say something of, and for which of them it holds. */
  private record Expected(Set<String> measured, Set<String> bad) {}

  void run() throws IOException {
    tally.section("alerts that people bring with them");
    Map<String, Expected> expected = expected();
    Set<String> seen = new TreeSet<>();
    Map<?, ?> file = (Map<?, ?>) Alert.parse(Files.readString(rules));
    for (Object group : (List<?>) file.get("groups")) {
      for (Object entry : (List<?>) ((Map<?, ?>) group).get("rules")) {
        Map<?, ?> rule = (Map<?, ?>) entry;
        String name = rule.get("alert").toString();
        seen.add(name);
        check(name, rule, expected.get(name));
      }
    }
    tally.claim("each of them was tried", () -> Tally.same(expected.keySet(), seen));
  }

  private void check(String name, Map<?, ?> rule, Expected expected) {
    String measured = ((Map<?, ?>) rule.get("annotations")).get("measured").toString();
    tally.claim(
        name + " measures every target, and holds for the bad ones only",
        () -> {
          // A busy machine may fail a probe that should pass: the next one tells.
          for (int i = 1; i < ATTEMPTS && !holds(expected, measured, rule); i++) {
            Thread.sleep(PAUSE_MILLIS);
          }
          Tally.same(expected.measured, instances(measured));
          Tally.same(expected.bad, bad(rule));
        });
  }

  private boolean holds(Expected expected, String measured, Map<?, ?> rule) throws IOException {
    return expected.measured.equals(instances(measured)) && expected.bad.equals(bad(rule));
  }

  /** Averages of a page that was slow and then down say a little of both, so it is left out. */
  private Set<String> bad(Map<?, ?> rule) throws IOException {
    Set<String> bad = instances(rule.get("expr").toString());
    bad.remove(scene.slow.url());
    return bad;
  }

  private Map<String, Expected> expected() throws IOException {
    Set<String> secure = urls(scene.shop, scene.expiring, scene.expired, scene.misnamed);
    Set<String> web = with(secure, urls(scene.good, scene.broken));
    Set<String> http = with(web, urls(scene.slow, scene.sluggish, scene.door));
    Set<String> ping = Set.of("127.0.0.1");
    Set<String> wrong = urls(scene.broken, scene.expired);
    Map<String, Expected> all = new TreeMap<>();
    all.put("BlackboxProbeFailed", new Expected(web, wrong));
    all.put("BlackboxLowUptime30d", new Expected(web, with(urls(scene.shop), everFailed())));
    all.put("BlackboxSslCertificateWillExpireSoon", new Expected(secure, secure));
    all.put("CollectionProbeFailed", new Expected(with(http, ping), wrong));
    all.put(
        "CollectionConfigurationReloadFailure",
        new Expected(Set.of("127.0.0.1:" + scene.sonde.port()), Set.of()));
    all.put("CollectionSlowProbe", new Expected(with(http, ping), urls(scene.sluggish)));
    // A door that asks for a password is a failure to this one, as with blackbox_exporter.
    all.put("CollectionProbeHttpFailure", new Expected(http, with(wrong, urls(scene.door))));
    all.put(
        "CollectionCertificateWillExpireSoon",
        new Expected(secure, urls(scene.shop, scene.misnamed)));
    all.put("CollectionCertificateWillExpireVerySoon", new Expected(secure, urls(scene.expiring)));
    all.put("CollectionCertificateExpired", new Expected(secure, urls(scene.expired)));
    all.put("CollectionProbeSlowHttp", new Expected(http, urls(scene.sluggish)));
    all.put("CollectionProbeSlowPing", new Expected(ping, Set.of()));
    return all;
  }

  /** In so short a run one failure is far below 99.9 %. */
  private Set<String> everFailed() throws IOException {
    return instances("min_over_time(probe_success{job=\"blackbox-exporter\"}[30d]) == 0");
  }

  private static Set<String> urls(DemoTarget... targets) {
    return Stream.of(targets).map(DemoTarget::url).collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> with(Set<String> some, Set<String> others) {
    Set<String> all = new TreeSet<>(some);
    all.addAll(others);
    return all;
  }

  /** Of which targets an expression has a value. */
  private Set<String> instances(String expression) throws IOException {
    String path = "/api/v1/query?query=" + Exporter.encode(expression);
    Map<?, ?> answer = (Map<?, ?>) Alert.parse(Http.get(scene.prometheus.port(), path).body());
    Set<String> instances = new TreeSet<>();
    for (Object result : (List<?>) ((Map<?, ?>) answer.get("data")).get("result")) {
      Map<?, ?> metric = (Map<?, ?>) ((Map<?, ?>) result).get("metric");
      instances.add(String.valueOf(metric.get("instance")));
    }
    return instances;
  }
}
