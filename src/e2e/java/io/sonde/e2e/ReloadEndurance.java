package io.sonde.e2e;

import io.sonde.rig.Exporter;
import io.sonde.rig.Http;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** A thousand reloads of a file that is another one each time, while it is scraped. */
final class ReloadEndurance {
  private static final int RELOADS = 1_000;

  /** After these the JVM has grown as far as it does for any work. */
  private static final int WARM = 500;

  private static final int CHANGING_MODULES = 10;

  /** A context of each reload would make ten times as much. */
  private static final long MOST_GROWTH_KIB = 30 << 10;

  private final Tally tally;
  private final Stage stage;
  private final Exporter.Program program;
  private final Path config;
  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicInteger scrapes = new AtomicInteger();
  private final AtomicReference<String> failed = new AtomicReference<>("");

  ReloadEndurance(Tally tally, Stage stage, Exporter.Program program) {
    this.tally = tally;
    this.stage = stage;
    List<String> words = new ArrayList<>(program.words());
    if (words.size() > 1) {
      words.addAll(1, List.of("-Xmx64m", "-XX:+UseSerialGC"));
    }
    this.program = new Exporter.Program("enduring", words, Map.of());
    this.config = stage.folder().resolve("enduring.yml");
  }

  void run() throws IOException, InterruptedException {
    write(0);
    try (Exporter sonde = program.start(stage.folder(), config)) {
      tally.claim(
          "reload: no scrape fails in " + RELOADS + " reloads, and memory stays where it was",
          () -> endure(sonde));
    }
  }

  private void endure(Exporter sonde) throws Exception {
    String plain = "http://127.0.0.1:" + stage.port("http") + "/ok";
    String secure = "https://127.0.0.1:" + stage.port("https") + "/";
    List<Thread> scrapers =
        List.of(
            scraper(sonde, "plain", plain),
            scraper(sonde, "steady", secure),
            scraper(sonde, "changing0", secure));
    scrapers.forEach(Thread::start);
    long warm = 0;
    for (int i = 1; i <= RELOADS; i++) {
      write(i);
      Tally.same(200, Http.send(sonde.port(), "POST", "/-/reload").status());
      warm = i == WARM ? sonde.child().residentKib() : warm;
    }
    over.set(true);
    for (Thread scraper : scrapers) {
      scraper.join();
    }
    long grown = sonde.child().residentKib() - warm;
    System.out.println(
        "e2e: reload: " + scrapes + " scrapes, resident " + warm + " KiB and " + grown + " more");
    Tally.same("", failed.get());
    Tally.isTrue(scrapes.get() > RELOADS / 2, "only " + scrapes + " scrapes");
    Tally.isTrue(grown < MOST_GROWTH_KIB, grown + " KiB more after " + (RELOADS - WARM));
  }

  private Thread scraper(Exporter sonde, String module, String target) {
    return Peer.daemon(
        () -> {
          while (!over.get()) {
            try {
              String answer = sonde.probe(module, target).body();
              scrapes.incrementAndGet();
              if (!answer.contains("\nprobe_success 1\n")) {
                failed.compareAndSet("", module + ": " + answer);
              }
            } catch (IOException | RuntimeException e) {
              failed.compareAndSet("", module + ": " + e);
            }
          }
        });
  }

  private void write(int number) throws IOException {
    String ca = stage.folder().resolve("certificates/ca.pem").toString();
    StringBuilder text = new StringBuilder("modules:\n");
    text.append("  plain: {prober: http, http: {headers: {X-Number: '").append(number);
    text.append("'}}}\n  steady: {prober: http, http: {tls_config: {ca_file: \"").append(ca);
    text.append("\"}}}\n");
    for (int i = 0; i < CHANGING_MODULES; i++) {
      text.append("  changing")
          .append(i)
          .append(": {prober: http, http: {tls_config: {ca_file: \"");
      text.append(ca).append("\", insecure_skip_verify: true, server_name: n").append(number);
      text.append(".x").append(i).append(".test}}}\n");
    }
    Path written = Files.writeString(config.resolveSibling("enduring.new"), text);
    Files.move(
        written, config, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
