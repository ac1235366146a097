package io.sonde.boards;

import io.sonde.rig.Tally;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** What dashboards ask that people had before: one line each, {@code ID | PANEL | QUERY}. */
final class Legacy {
  private static final int PARTS = 3;

  private final Tally tally;
  private final Source source;

  Legacy(Tally tally, Source source) {
    this.tally = tally;
    this.source = source;
  }

  void judge(Path file) throws IOException {
    Map<String, Selection> selections = new HashMap<>();
    for (String line : Files.readAllLines(file)) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      String[] parts = line.split(" \\| ", PARTS);
      String id = parts[0].trim();
      String what = parts[1].trim();
      Selection before = selections.getOrDefault(id, Selection.nothing());
      tally.claim(
          "dashboard " + id + ": " + what + " is answered",
          () -> {
            if (what.startsWith("$")) {
              String chosen = Selection.anyOf(before.values(parts[2], source));
              selections.put(id, before.with(what.substring(1), chosen));
            } else {
              String query = before.fill(parts[2]);
              Tally.isTrue(!source.series(query, true).isEmpty(), "no data: " + query);
            }
          });
    }
  }
}
