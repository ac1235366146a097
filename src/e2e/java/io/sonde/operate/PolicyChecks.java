package io.sonde.operate;

import io.sonde.rig.Bind;
import io.sonde.rig.Child;
import io.sonde.rig.Exporter;
import io.sonde.rig.Exposition;
import io.sonde.rig.Http;
import io.sonde.rig.Ports;
import io.sonde.rig.Tally;
import io.sonde.rig.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Ways that lead, by nginx, BIND and tinyproxy, to where a policy lets nobody go. */
final class PolicyChecks {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Where BIND takes the questions of a resolver: on port 53, if that is free. */
  private static final String RESOLVER = "127.0.0.1";

  private final Tally tally;
  private final Ground ground;
  private final Map<String, String> values;
  private int blocked;

  PolicyChecks(Tally tally, Ground ground) {
    this.tally = tally;
    this.ground = ground;
    values = new HashMap<>(ground.values());
  }

  void run() throws IOException, InterruptedException {
    values.put("proxy", Integer.toString(Ports.free()));
    values.put("resolver", RESOLVER);
    Path modules = ground.folder().resolve("policy.yml");
    Template.write(ground.sources().resolve("policy.yml"), modules, values);
    Path proxied = ground.folder().resolve("tinyproxy.conf");
    Template.write(ground.sources().resolve("tinyproxy.conf"), proxied, values);
    List<String> proxy = List.of("tinyproxy", "-d", "-c", proxied.toString());
    try (Child tinyproxy = Child.start("tinyproxy", ground.folder(), proxy);
        Child named = bind()) {
      tinyproxy.awaitListener(Integer.parseInt(values.get("proxy")), PATIENCE);
      boolean asksBind = named.output().contains(RESOLVER + "#53") && mayMount();
      Exporter.Program program = asksBind ? askingBind() : ground.sonde();
      try (Exporter sonde = program.start(ground.folder(), modules, Everything.with())) {
        pivots(sonde, "pivots.txt");
        if (asksBind) {
          pivots(sonde, "names.txt");
        } else {
          tally.skip("names that lead inside: needs root and port 53, to have Sonde ask BIND");
        }
        counted(sonde);
      }
      nobodyCame();
    }
  }

  private Child bind() throws IOException, InterruptedException {
    Path folder = ground.folder().resolve("bind");
    values.put("bind", folder.toString());
    return Bind.start(
        ground.sources().resolve("bind"), folder, values, Integer.parseInt(values.get("dns")));
  }

  private boolean mayMount() throws InterruptedException {
    try {
      Child.run(ground.folder(), "unshare", "--mount", "true");
      return true;
    } catch (IOException refused) {
      return false;
    }
  }

  /** Sonde with a resolv.conf of its own, in a mount namespace of its own. */
  private Exporter.Program askingBind() throws IOException {
    Path file = ground.write("resolv.conf", "nameserver " + RESOLVER + "\n");
    List<String> words = new ArrayList<>();
    words.addAll(List.of("unshare", "--mount", "sh", "-c"));
    words.add("mount --bind " + file + " /etc/resolv.conf && exec \"$@\"");
    words.add("sh");
    words.addAll(ground.sonde().words());
    return new Exporter.Program("sonde-resolving", words, Map.of());
  }

  private void pivots(Exporter sonde, String file) throws IOException {
    for (String line : Files.readAllLines(ground.sources().resolve(file))) {
      if (!line.isEmpty() && !line.startsWith("#")) {
        String[] words = Template.fill(line, values).trim().split("\\s+");
        String shown = line.trim().replaceAll("\\s+", " ");
        tally.claim("policy: " + shown, () -> pivot(sonde, words[0], words[1], words[2]));
      }
    }
  }

  private void pivot(Exporter sonde, String module, String target, String verdict)
      throws IOException {
    StringBuilder said = new StringBuilder();
    for (String line : sonde.probe(module, target).body().split("\n")) {
      if (line.startsWith("probe_success") || line.startsWith("probe_failure_info")) {
        said.append(line).append('\n');
      }
    }
    Tally.contains("probe_success " + (verdict.equals("passes") ? 1 : 0) + "\n", said.toString());
    if (verdict.equals("blocked")) {
      blocked++;
      Tally.contains("reason=\"blocked_by_policy\"", said.toString());
    }
  }

  private void counted(Exporter sonde) {
    tally.claim(
        "policy: every one of them is counted",
        () -> {
          Exposition metrics = Exposition.parse(Http.get(sonde.port(), "/metrics").body());
          double counted = 0;
          for (Map.Entry<String, String> series :
              metrics.families().get("sonde_probe_failures_total").series().entrySet()) {
            if (series.getKey().contains("reason=\"blocked_by_policy\"")) {
              counted += Double.parseDouble(series.getValue());
            }
          }
          Tally.isTrue(counted >= blocked, counted + " of " + blocked);
        });
  }

  private void nobodyCame() {
    tally.claim(
        "policy: nobody came to the server inside",
        () -> Tally.same("", Files.readString(ground.folder().resolve("nginx/inside.log"))));
  }
}
