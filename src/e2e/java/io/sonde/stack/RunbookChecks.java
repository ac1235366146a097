package io.sonde.stack;

import io.sonde.rig.Child;
import io.sonde.rig.Exporter;
import io.sonde.rig.Http;
import io.sonde.rig.Tally;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What runbooks tell to type can be typed: commands end well, Prometheus takes expressions. */
final class RunbookChecks {
  private static final Pattern BLOCK =
      Pattern.compile("^```(sh|promql)\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

  private final Tally tally;
  private final Scene scene;
  private final Path folder;
  private final String places;

  RunbookChecks(Tally tally, Scene scene, Path folder) {
    this.tally = tally;
    this.scene = scene;
    this.folder = folder;
    places =
        "SONDE=http://127.0.0.1:"
            + scene.sonde.port()
            + " MODULE=http_2xx TARGET="
            + scene.good.url()
            + "; set -eo pipefail; ";
  }

  void run() throws IOException {
    tally.section("what runbooks tell to type");
    try (Stream<Path> pages = Files.list(folder)) {
      for (Path page : pages.sorted().toList()) {
        List<MatchResult> blocks = BLOCK.matcher(Files.readString(page)).results().toList();
        tally.claim(
            page.getFileName() + ": all " + blocks.size() + " of them work",
            () -> {
              for (MatchResult block : blocks) {
                type(block.group(1), block.group(2));
              }
            });
      }
    }
  }

  private void type(String language, String text) throws IOException, InterruptedException {
    if (language.equals("sh")) {
      String output = Child.run(folder, "bash", "-c", places + text);
      Tally.isTrue(!output.isBlank(), "no output of: " + text);
    } else {
      String path = "/api/v1/query?query=" + Exporter.encode(text);
      Tally.contains("\"status\":\"success\"", Http.get(scene.prometheus.port(), path).body());
    }
  }
}
