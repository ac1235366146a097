package io.sonde.rig;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A BIND of this run's own: an authority whose zones are signed when it starts. */
public final class Bind {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String ZONE = ".zone";

  private Bind() {}

  /**
   * Starts BIND in {@code folder} and returns once it answers on {@code port}.
   *
   * @param template a folder with {@code named.conf} and with zones as {@code NAME.zone}, of which
   *     BIND finds {@code NAME.signed} beside its configuration
   */
  public static Child start(Path template, Path folder, Map<String, String> values, int port)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Template.write(template.resolve("named.conf"), folder.resolve("named.conf"), values);
    try (DirectoryStream<Path> zones = Files.newDirectoryStream(template, "*" + ZONE)) {
      for (Path zone : zones) {
        Path file = zone.getFileName();
        Files.copy(zone, folder.resolve(file));
        sign(folder, file.toString().replace(ZONE, ""));
      }
    }
    Child named =
        Child.start(
            "named", folder, List.of("/usr/sbin/named", "-g", "-n", "1", "-c", "named.conf"));
    named.awaitListener(port, PATIENCE);
    return named;
  }

  /** Names in zones whose name begins with {@code hashed} are denied by their hashes (NSEC3). */
  private static void sign(Path folder, String name) throws IOException, InterruptedException {
    String key = "dnssec-keygen -q -a ECDSAP256SHA256 ";
    Child.run(folder, (key + "-f KSK " + name).split(" "));
    Child.run(folder, (key + name).split(" "));
    String times = " -s 20240101000000 -e 20400101000000";
    String hashes = name.startsWith("hashed") ? " -3 AABB -H 10" : "";
    String files = " -o " + name + " -f " + name + ".signed " + name + ZONE;
    Child.run(folder, ("dnssec-signzone -S" + times + hashes + files).split(" "));
  }
}
