package io.sonde.testkit;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A daemon in a process of its own, whose log goes to a file. Killed when closed. */
public final class SondeProcess implements AutoCloseable {
  private static final Pattern ADDRESS =
      Pattern.compile("Listening on.{1,20}127\\.0\\.0\\.1:(\\d+)");
  private static final long PATIENCE_SECONDS = 60;

  private final HttpClient client = HttpClient.newHttpClient();
  private final Process process;
  private final Path log;
  private final int port;

  private SondeProcess(Process process, Path log) throws IOException, InterruptedException {
    this.process = process;
    this.log = log;
    this.port = awaitPort();
  }

  /**
   * Starts one on a port that the system chooses, and waits until it listens.
   *
   * @param folder where it runs and its log is kept
   * @param environment variables beside those of this process
   */
  public static SondeProcess start(Path folder, Map<String, String> environment, String... flags)
      throws IOException, InterruptedException {
    Path log = Files.createTempFile(folder, "sonde", ".log");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // Newer JVMs warn of native libraries where only the daemon's own lines belong.
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", classPath()));
    command.add("io.sonde.Main");
    command.add("--web.listen-address=127.0.0.1:0");
    command.addAll(List.of(flags));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      return new SondeProcess(process, log);
    } catch (IOException | InterruptedException | AssertionError e) {
      process.destroyForcibly();
      throw e;
    }
  }

  /** The body of the answer to a GET, whatever its status. */
  public String get(String pathAndQuery) throws IOException, InterruptedException {
    return answer(pathAndQuery).body();
  }

  /** The answer to a GET. */
  public HttpResponse<String> answer(String pathAndQuery) throws IOException, InterruptedException {
    return answer(pathAndQuery, Map.of());
  }

  /** The answer to a GET with these header fields. */
  public HttpResponse<String> answer(String pathAndQuery, Map<String, String> fields)
      throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + port + pathAndQuery);
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    fields.forEach(request::header);
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  /** What it has logged so far. */
  public String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The process itself. */
  public Process process() {
    return process;
  }

  /** Ends it by SIGTERM and waits for that; returns its exit code. */
  public int terminate() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("does not end, and said:\n" + log());
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /** That of the tests, also where they are not on the one that the JVM was started with. */
  private static String classPath() {
    if (SondeProcess.class.getClassLoader() instanceof URLClassLoader loader) {
      return Arrays.stream(loader.getURLs())
          .map(url -> new File(url.getPath()).getPath())
          .collect(Collectors.joining(File.pathSeparator));
    }
    return System.getProperty("java.class.path");
  }

  private int awaitPort() throws InterruptedException {
    long giveUpAtNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() < giveUpAtNanos) {
      Matcher address = ADDRESS.matcher(log());
      if (address.find()) {
        return Integer.parseInt(address.group(1));
      }
      if (process.waitFor(20, TimeUnit.MILLISECONDS)) {
        break;
      }
    }
    throw new AssertionError("does not listen, but said:\n" + log());
  }
}
