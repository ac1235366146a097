package io.sonde.boards;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A dashboard, as its file has it.
 *
 * @param name that of the file, without its extension
 * @param json all of it
 * @param panels those that ask something, in order
 */
record Dashboard(String name, Json json, List<Panel> panels) {

  /**
   * A panel that asks something.
   *
   * @param title its title
   * @param json all of it
   * @param queries what it asks
   */
  record Panel(String title, Json json, List<Query> queries) {}

  /**
   * A query of a panel.
   *
   * @param ref the letter that the panel gives it
   * @param expression what is asked, with variables
   * @param legend the name of a series, with labels
   * @param instant whether only the end of the time is asked for
   */
  record Query(String ref, String expression, String legend, boolean instant) {}

  static Dashboard read(Path file) throws IOException {
    Json json = Json.read(Files.readString(file));
    List<Panel> panels = new ArrayList<>();
    for (Json panel : json.at("panels").items()) {
      if (!panel.at("type").text().equals("row")) {
        List<Query> queries = panel.at("targets").items().stream().map(Dashboard::query).toList();
        panels.add(new Panel(panel.at("title").text(), panel, queries));
      }
    }
    String name = file.getFileName().toString().replace(".json", "");
    return new Dashboard(name, json, List.copyOf(panels));
  }

  private static Query query(Json target) {
    return new Query(
        target.at("refId").text(),
        target.at("expr").text(),
        target.at("legendFormat").text(),
        target.at("instant").isTrue());
  }

  String title() {
    return json.at("title").text();
  }

  List<Json> variables() {
    return json.at("templating").at("list").items();
  }
}
