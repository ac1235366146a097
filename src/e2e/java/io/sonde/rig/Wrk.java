package io.sonde.rig;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Scrapes by wrk, which looks into every answer.
 *
 * @param answers how many came
 * @param bad how many of them were no passed probe
 * @param errors connections and requests that failed, answers that never came
 * @param seconds how long it took
 * @param p50Micros median time of a scrape
 * @param p99Micros time that 99 of 100 scrapes did not exceed
 * @param output what wrk printed, a bad answer within if there was one
 */
public record Wrk(
    double answers,
    double bad,
    double errors,
    double seconds,
    double p50Micros,
    double p99Micros,
    String output) {

  /**
   * What to scrape and how.
   *
   * @param script {@code scrape.lua} of the benchmark
   * @param origin scheme, address and port
   * @param connections scrapes at a time
   * @param headers {@code Name: value}, beside those that Prometheus sends
   * @param paths asked for in turn
   */
  public record Load(
      Path script, String origin, int connections, List<String> headers, List<String> paths) {

    /** Scrapes for a while. */
    public Wrk run(Path folder, int seconds) throws IOException, InterruptedException {
      List<String> command = new ArrayList<>();
      command.addAll(List.of("wrk", "-t1", "-c" + connections, "-d" + seconds + "s"));
      command.addAll(List.of("--timeout", "20s", "-s", script.toString()));
      for (String header : headers) {
        command.addAll(List.of("-H", header));
      }
      command.addAll(List.of(origin, "--"));
      command.addAll(paths);
      return parse(Child.run(folder, command.toArray(String[]::new)));
    }
  }

  private static Wrk parse(String output) {
    Map<String, Double> figures = new HashMap<>();
    for (String line : output.split("\n")) {
      String[] pair = line.split(" ");
      if (pair.length == 2 && pair[1].matches("[0-9.e+]+")) {
        figures.put(pair[0], Double.parseDouble(pair[1]));
      }
    }
    return new Wrk(
        figures.get("answers"),
        figures.get("bad"),
        figures.get("errors"),
        figures.get("micros") / 1e6,
        figures.get("p50"),
        figures.get("p99"),
        output);
  }

  /** Whether there were answers, and each of them a passed probe. */
  public boolean sound() {
    return bad == 0 && errors == 0 && answers >= 1;
  }

  /** Answers per second. */
  public double perSecond() {
    return answers / seconds;
  }
}
