package io.sonde.rig;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A running exporter, Sonde or the reference; both take the same flags and answer alike. */
public record Exporter(String label, Child child, int port) implements AutoCloseable {

  /** How to start one: a label, the words before the flags, and what its environment has more. */
  public record Program(String label, List<String> words, Map<String, String> environment) {
    /**
     * Sonde from its jar, on the JDK that runs this program, with extra JVM options if any. What is
     * no jar is started as it is, which lets the reference stand in for Sonde to try this rig out.
     */
    public static Program sonde(Path jar, List<String> javaOptions) {
      if (!jar.toString().endsWith(".jar")) {
        return new Program("sonde", List.of(jar.toAbsolutePath().toString()), Map.of());
      }
      List<String> words = new ArrayList<>();
      words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      words.addAll(javaOptions);
      words.addAll(List.of("-jar", jar.toAbsolutePath().toString()));
      return new Program("sonde", words, Map.of());
    }

    /** The reference. */
    public static Program reference(Path executable) {
      return new Program("reference", List.of(executable.toAbsolutePath().toString()), Map.of());
    }

    /** The same with more variables in its environment. */
    public Program within(Map<String, String> environment) {
      return new Program(label, words, environment);
    }

    /** Starts it in {@code folder} without waiting for anything. */
    public Exporter launch(Path folder, Path config, String... flags) throws IOException {
      int port = Ports.free();
      List<String> command = new ArrayList<>(words);
      command.add("--config.file=" + config.toAbsolutePath());
      command.add("--web.listen-address=127.0.0.1:" + port);
      command.addAll(List.of(flags));
      return new Exporter(
          label, Child.start(label + "-" + port, folder, command, environment), port);
    }

    /** Starts it and returns once it listens. */
    public Exporter start(Path folder, Path config, String... flags)
        throws IOException, InterruptedException {
      Exporter exporter = launch(folder, config, flags);
      exporter.child().awaitListener(exporter.port(), Duration.ofSeconds(20));
      return exporter;
    }
  }

  /** The path and query that asks for a probe. */
  public static String probePath(String module, String target) {
    return "/probe?module=" + encode(module) + "&target=" + encode(target);
  }

  /** A text as it stands in a query. */
  public static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** Runs a probe. */
  public Http.Answer probe(String module, String target, String... headers) throws IOException {
    return Http.get(port, probePath(module, target), headers);
  }

  @Override
  public void close() {
    child.close();
  }
}
