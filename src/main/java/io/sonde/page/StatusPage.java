package io.sonde.page;

import io.sonde.history.HistorySize;
import io.sonde.probe.Product;
import io.sonde.server.QueryString;
import io.sonde.server.Reloader;
import io.sonde.telemetry.ReloadStatus;
import io.sonde.view.Units;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.TreeMap;

/** {@code /status}: how the daemon itself is. */
final class StatusPage implements Page {
  private static final int MOST_FILES = 200;
  private static final double MIB = 1 << 20;

  private final PageSources sources;

  StatusPage(PageSources sources) {
    this.sources = sources;
  }

  @Override
  public Content content(QueryString query, String rest) {
    return new Content(
        200,
        "Status",
        Place.STATUS,
        true,
        html -> {
          html.leaf(Tag.H1, "Status");
          writeProcess(html);
          writeConfiguration(html);
          writeProbes(html);
          writeHistory(html, sources.history().size());
        });
  }

  private static void begin(Html html, String heading) {
    html.open(Tag.SECTION).leaf(Tag.H2, heading).open(Tag.DL, Look.FACTS);
  }

  private void writeProcess(Html html) {
    Instant now = sources.clock().instant();
    begin(html, "Process");
    Tables.fact(html, "Version", Product.VERSION);
    Tables.fact(html, "Revision", Product.revision());
    Tables.fact(html, "Compatible with blackbox_exporter", Product.COMPATIBLE_WITH);
    Tables.fact(html, "Up for", Ages.span(Duration.between(sources.startedAt(), now)));
    Tables.fact(html, "Started", Units.date(sources.startedAt()));
    Tables.fact(html, "Address", sources.location().externalUrl());
    Tables.fact(html, "Java", System.getProperty("java.version"));
    html.close().close();
  }

  private void writeConfiguration(Html html) {
    Reloader reloader = sources.reloader();
    ReloadStatus status = reloader.status();
    begin(html, "Configuration");
    html.open(Tag.DIV)
        .leaf(Tag.DT, "Latest load")
        .open(Tag.DD, status.successful() ? Look.OK : Look.BAD);
    html.text(status.successful() ? "succeeded" : "failed; the log says why").close().close();
    Tables.fact(
        html,
        "Last success",
        Units.date(Instant.ofEpochMilli((long) (status.succeededAtSeconds() * 1_000))));
    Tables.fact(html, "Hash", reloader.hash());
    Tables.fact(html, "Modules", Integer.toString(reloader.table().modules().size()));
    html.close();
    if (!status.files().isEmpty()) {
      html.open(Tag.TABLE).leaf(Tag.CAPTION, Look.HIDDEN, "Files of the configuration");
      Tables.head(html, "File", "State");
      html.open(Tag.TBODY);
      new TreeMap<>(status.files())
          .entrySet().stream()
              .limit(MOST_FILES)
              .forEach(file -> writeFile(html, file.getKey(), file.getValue()));
      html.close().close();
    }
    html.close();
  }

  private static void writeFile(Html html, String name, boolean good) {
    html.open(Tag.TR);
    Tables.rowHead(html).foreign(Texts.cut(name)).close();
    html.leaf(Tag.TD, good ? Look.OK : Look.BAD, good ? "in force" : "did not load").close();
  }

  private void writeProbes(Html html) {
    begin(html, "Probes");
    Tables.fact(
        html,
        "Under way",
        sources.stats().inFlight() + " of " + count(sources.stats().maxInFlight()) + " at most");
    html.close().close();
  }

  private static void writeHistory(Html html, HistorySize size) {
    begin(html, "History");
    Tables.fact(html, "Results", count(size.results()));
    Tables.fact(html, "Window", count(size.limit()) + " results and as many older failures");
    Tables.fact(html, "Targets", count(size.targets()));
    Tables.fact(
        html,
        "Memory",
        String.format(Locale.ROOT, "%.1f of %.1f MiB", size.bytes() / MIB, size.maxBytes() / MIB));
    Tables.fact(html, "Results that had to go", count(size.evictedResults()));
    Tables.fact(html, "Targets that had to go", count(size.evictedTargets()));
    html.close().close();
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
