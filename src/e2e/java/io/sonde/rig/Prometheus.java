package io.sonde.rig;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Prometheus of this run's own, and what it answers. */
public record Prometheus(Child child, int port) implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Pattern RESULT =
      Pattern.compile("\\{\"metric\":\\{([^}]*)},\"value\":\\[[^,]*,\"([^\"]*)\"]}");
  private static final Pattern INSTANCE = Pattern.compile("\"instance\":\"([^\"]*)\"");

  /** Starts it with {@code folder} for its data and returns once it listens. */
  public static Prometheus start(Path program, Path config, Path folder, String... flags)
      throws IOException, InterruptedException {
    int port = Ports.free();
    List<String> command = new ArrayList<>();
    command.add(program.toAbsolutePath().toString());
    command.add("--config.file=" + config);
    command.add("--storage.tsdb.path=" + folder.resolve("prometheus"));
    command.add("--web.listen-address=127.0.0.1:" + port);
    command.addAll(List.of(flags));
    Child child = Child.start("prometheus", folder, command);
    child.awaitListener(port, PATIENCE);
    return new Prometheus(child, port);
  }

  /** The values of an instant query by instance; the instance is empty for an aggregate. */
  public Map<String, String> query(String query) throws IOException {
    Http.Answer answer = Http.get(port, "/api/v1/query?query=" + Exporter.encode(query));
    Map<String, String> values = new TreeMap<>();
    Matcher result = RESULT.matcher(answer.body());
    while (result.find()) {
      Matcher instance = INSTANCE.matcher(result.group(1));
      values.put(instance.find() ? instance.group(1) : "", result.group(2));
    }
    return values;
  }

  /** The number that an aggregate comes to, or 0 if there is nothing to aggregate. */
  public double number(String query) throws IOException {
    return Double.parseDouble(query(query).getOrDefault("", "0"));
  }

  /** Waits, within bounds, until an aggregate has reached a number; fails if it does not. */
  public void await(String query, double atLeast) throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (number(query) < atLeast) {
      if (System.nanoTime() > end) {
        throw new AssertionError(query + " is " + number(query) + ", not " + atLeast);
      }
      Thread.sleep(200);
    }
  }

  /** What its page of targets says, as JSON. */
  public String targets() throws IOException {
    return Http.get(port, "/api/v1/targets?state=active").body();
  }

  @Override
  public void close() {
    child.close();
  }
}
