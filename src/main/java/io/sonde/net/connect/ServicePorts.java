package io.sonde.net.connect;

import io.sonde.net.file.BlockingWork;
import io.sonde.net.file.TrackedFile;
import io.sonde.probe.Phase;
import io.sonde.probe.ProbeFailure;
import io.sonde.probe.ProbeRun;
import io.sonde.probe.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.StringTokenizer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Reads TCP ports as users write them: numbers, or names from services(5). Well-known names work
 * without that file, which container images often lack. Safe for use by many threads.
 */
public final class ServicePorts {
  private static final int MAX_PORT = 65_535;
  private static final Map<String, Integer> WELL_KNOWN =
      Map.ofEntries(
          Map.entry("domain", 53),
          Map.entry("ftp", 21),
          Map.entry("ftps", 990),
          Map.entry("gopher", 70),
          Map.entry("http", 80),
          Map.entry("https", 443),
          Map.entry("imap2", 143),
          Map.entry("imap3", 220),
          Map.entry("imaps", 993),
          Map.entry("pop3", 110),
          Map.entry("pop3s", 995),
          Map.entry("smtp", 25),
          Map.entry("ssh", 22),
          Map.entry("submissions", 465),
          Map.entry("telnet", 23));

  private final BlockingWork work;
  private final TrackedFile file;

  /** The services of this machine. */
  public ServicePorts(BlockingWork work) {
    this(work, Path.of("/etc/services"));
  }

  ServicePorts(BlockingWork work, Path file) {
    this.work = work;
    this.file = new TrackedFile(file);
  }

  /**
   * The port that {@code text} means. The stage completes on the run's loop, at once for a number;
   * a name is looked up off the loop. It fails with a {@link ProbeFailure} of phase {@link
   * Phase#SETUP} and reason {@code config} if there is no such port.
   */
  public CompletionStage<Integer> port(ProbeRun run, String text) {
    try {
      int number = number(text);
      return number >= 0
          ? CompletableFuture.completedFuture(number)
          : work.call(run, () -> byName(text));
    } catch (ProbeFailure e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** The number that {@code text} is, or -1 if it is a name. */
  private static int number(String text) {
    int number = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      number = Math.min(number * 10 + (c - '0'), MAX_PORT + 1);
    }
    if (text.isEmpty() || number > MAX_PORT) {
      throw new ProbeFailure(
          Phase.SETUP,
          Reason.CONFIG,
          "expected a port from 0 to 65535 or the name of a service, got "
              + (text.isEmpty() ? "nothing" : text));
    }
    return number;
  }

  private int byName(String name) {
    String wanted = name.toLowerCase(Locale.ROOT);
    Integer listed = listed(wanted);
    Integer port = listed != null ? listed : WELL_KNOWN.get(wanted);
    if (port == null) {
      throw new ProbeFailure(
          Phase.SETUP,
          Reason.CONFIG,
          "expected a port from 0 to 65535 or the name of a service, got " + name);
    }
    return port;
  }

  private @Nullable Integer listed(String wanted) {
    String text;
    try {
      text = new String(file.read().bytes(), StandardCharsets.UTF_8);
    } catch (IOException ignored) {
      // No such file: the well-known names are all there is.
      return null;
    }
    return text.lines()
        .map(line -> port(line, wanted))
        .filter(p -> p >= 0)
        .findFirst()
        .orElse(null);
  }

  /** The TCP port of a line of services(5) if it is about {@code wanted}, else -1. */
  private static int port(String line, String wanted) {
    int comment = line.indexOf('#');
    StringTokenizer fields =
        new StringTokenizer(comment < 0 ? line : line.substring(0, comment), " \t");
    if (fields.countTokens() < 2) {
      return -1;
    }
    boolean named = fields.nextToken().equalsIgnoreCase(wanted);
    String portAndProtocol = fields.nextToken();
    while (!named && fields.hasMoreTokens()) {
      named = fields.nextToken().equalsIgnoreCase(wanted);
    }
    if (!named || !portAndProtocol.endsWith("/tcp")) {
      return -1;
    }
    try {
      int port = Integer.parseInt(portAndProtocol.substring(0, portAndProtocol.length() - 4));
      return port <= MAX_PORT ? port : -1;
    } catch (NumberFormatException ignored) {
      return -1;
    }
  }
}
