package io.sonde.e2e;

import io.sonde.rig.Exporter;
import io.sonde.rig.Http;
import io.sonde.rig.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One line of {@code cases.txt}: a probe that both exporters run.
 *
 * @param verdict what the reference says: {@code pass}, {@code fail}, or an HTTP status
 * @param hostname the parameter of that name, or an empty text
 * @param scrapeTimeout the header of Prometheus, or an empty text
 * @param ignored a metric whose value depends on the moment here, a part of what the peer was sent
 *     ({@code wire...}), or an empty text
 * @param why what Sonde must call the cause, {@code phase/reason}, or an empty text
 * @param shows the stage of {@code presence.txt} that the probe reaches, or an empty text
 */
record Case(
    String name,
    String module,
    String target,
    String verdict,
    String hostname,
    String scrapeTimeout,
    String ignored,
    String why,
    String shows) {

  /** Reads all cases, with the places in their targets filled in. */
  static List<Case> read(Path file, Map<String, String> values) throws IOException {
    List<Case> cases = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      String[] words = line.trim().split("\\s+");
      cases.add(
          new Case(
              words[0],
              unescape(words[1]),
              words[2].equals("-") ? "" : unescape(Template.fill(words[2], values)),
              words[3],
              more(words, "hostname="),
              more(words, "scrape_timeout="),
              more(words, "ignore="),
              more(words, "why="),
              more(words, "shows=")));
    }
    return cases;
  }

  private static String more(String[] words, String key) {
    for (int i = 4; i < words.length; i++) {
      if (words[i].startsWith(key)) {
        return words[i].substring(key.length());
      }
    }
    return "";
  }

  private static String unescape(String text) {
    return text.replace("\\n", "\n")
        .replace("\\t", "\t")
        .replace("\\s", " ")
        .replace("\\x01", "\u0001")
        .replace("\\\\", "\\");
  }

  /** Has an exporter run this probe. */
  Http.Answer run(Exporter exporter) throws IOException {
    String path = "/probe?module=" + Exporter.encode(module);
    if (!target.isEmpty()) {
      path += "&target=" + Exporter.encode(target);
    }
    if (!hostname.isEmpty()) {
      path += "&hostname=" + Exporter.encode(hostname);
    }
    return scrapeTimeout.isEmpty()
        ? Http.get(exporter.port(), path)
        : Http.get(exporter.port(), path, "X-Prometheus-Scrape-Timeout-Seconds: " + scrapeTimeout);
  }
}
