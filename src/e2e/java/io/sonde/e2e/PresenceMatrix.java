package io.sonde.e2e;

import io.sonde.rig.Exposition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which metrics there are, by how far a probe came: {@code presence.txt}. A case that claims to
 * show a stage has exactly its series, and every stage is shown.
 */
final class PresenceMatrix {
  private final Map<String, Set<String>> stages = new LinkedHashMap<>();
  private final Set<String> shown = new TreeSet<>();

  private PresenceMatrix() {}

  /** Reads lines of {@code stage: item item ...}; an item is a stage before it, or a series. */
  static PresenceMatrix read(Path file) throws IOException {
    PresenceMatrix matrix = new PresenceMatrix();
    String stage = "";
    for (String line : Files.readAllLines(file)) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      String items = line;
      if (!Character.isWhitespace(line.charAt(0))) {
        stage = line.substring(0, line.indexOf(':'));
        matrix.stages.put(stage, new TreeSet<>());
        items = line.substring(line.indexOf(':') + 1);
      }
      for (String item : items.isBlank() ? new String[0] : items.trim().split("\\s+")) {
        matrix.stages.get(stage).addAll(matrix.stages.getOrDefault(item, Set.of(item)));
      }
    }
    return matrix;
  }

  /** All stages, in the file's order. */
  Set<String> stages() {
    return stages.keySet();
  }

  /** The stages that cases have shown so far. */
  Set<String> shown() {
    return shown;
  }

  /** What speaks against an answer having exactly the series of a stage; nothing shows it. */
  List<String> complaints(String stage, Exposition answer) {
    Set<String> expected = stages.get(stage);
    if (expected == null) {
      return List.of("presence.txt knows no stage " + stage);
    }
    Set<String> series = series(answer);
    if (!series.equals(expected)) {
      return List.of("stage " + stage + ": expected <" + expected + ">, got <" + series + ">");
    }
    shown.add(stage);
    return List.of();
  }

  /** Families by name; those with a {@code phase} as that series, other labels are left away. */
  private static Set<String> series(Exposition answer) {
    Set<String> series = new TreeSet<>();
    answer
        .families()
        .forEach(
            (name, family) -> {
              for (String labels : family.series().keySet()) {
                series.add(labels.startsWith("{phase=") ? name + labels : name);
              }
            });
    return series;
  }
}
