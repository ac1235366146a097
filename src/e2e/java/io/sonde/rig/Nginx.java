package io.sonde.rig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** An nginx of this run's own: one process, in the foreground, from a template of its settings. */
public final class Nginx {
  private Nginx() {}

  /** Starts nginx in {@code folder} and returns once it answers on {@code port}. */
  public static Child start(Path template, Path folder, Map<String, String> values, int port)
      throws IOException, InterruptedException {
    return start(program(), template, folder, values, port);
  }

  /** The same with another executable. */
  public static Child start(
      String program, Path template, Path folder, Map<String, String> values, int port)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Template.write(template, folder.resolve("nginx.conf"), values);
    Child nginx =
        Child.start(
            "nginx",
            folder,
            List.of(program, "-p", folder + "/", "-c", "nginx.conf", "-e", "error.log"));
    nginx.awaitListener(port, Duration.ofSeconds(10));
    return nginx;
  }

  private static String program() {
    Path debian = Path.of("/usr/sbin/nginx");
    return Files.isExecutable(debian) ? debian.toString() : "nginx";
  }
}
