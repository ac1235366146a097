package io.sonde.cli;

import io.sonde.config.Durations;
import io.sonde.exposition.Format;
import io.sonde.exposition.MetricsText;
import io.sonde.exposition.TextBuffer;
import io.sonde.probe.Fact;
import io.sonde.probe.Failure;
import io.sonde.probe.Metric;
import io.sonde.probe.ProbeResult;
import io.sonde.probe.Sample;
import io.sonde.probe.Span;
import io.sonde.probe.Trail;
import io.sonde.view.Addresses;
import io.sonde.view.Advice;
import io.sonde.view.SeenHop;
import io.sonde.view.Units;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One probe as a picture for people: the verdict and its reason, a waterfall per hop with what the
 * target answered there, the certificates, and what the checks saw.
 */
final class ProbeDrawing {
  /** Told by the drawing itself, or by the verdict. */
  private static final Set<String> DRAWN =
      Set.of("Received redirect", "Not following redirect", "Probe failed");

  private final Screen screen;
  private final ProbeResult result;
  private final List<SeenHop> hops;
  private final Waterfall waterfall;
  private final Page page;

  private ProbeDrawing(Screen screen, ProbeResult result) {
    this.screen = screen;
    this.result = result;
    this.hops = SeenHop.of(result);
    this.waterfall = new Waterfall(screen, result.startNanos(), result.duration().toNanos());
    this.page = new Page(screen);
  }

  /**
   * Draws a result.
   *
   * @param debug whether to show the whole trail
   * @param metrics whether to show the metrics that a scrape would have got
   */
  static String draw(Screen screen, ProbeResult result, boolean debug, boolean metrics) {
    ProbeDrawing drawing = new ProbeDrawing(screen, result);
    drawing.drawVerdict();
    drawing.hops.forEach(drawing::drawHop);
    Fact.Certificates certificates = SeenHop.latest(drawing.hops, Fact.Certificates.class);
    if (certificates != null) {
      drawing.page.raw(CertificateDrawing.draw(screen, certificates.sent(), result.startedAt()));
    }
    drawing.drawNotes();
    if (debug) {
      drawing.drawTrail();
    }
    if (metrics) {
      drawing.drawMetrics();
    }
    return drawing.page.toString();
  }

  private void drawVerdict() {
    boolean passed = result.verdict().success();
    String word = result.abandoned() ? "STOPPED" : passed ? "PASSED" : "FAILED";
    Style style = result.abandoned() ? Style.WARNING : passed ? Style.PASSED : Style.FAILED;
    page.line(
        screen.styled(style, word)
            + "  "
            + shown(result.request().module().name())
            + "  "
            + shown(result.request().target())
            + "  in "
            + Units.time(result.duration().toNanos())
            + screen.styled(
                Style.FAINT,
                " (timeout " + shown(Durations.format(result.request().timeout())) + ")"));
    Failure failure = result.verdict().failure();
    if (failure == null || result.abandoned()) {
      return;
    }
    Advice advice = Advice.on(failure, result.request());
    page.labelled("  why    ", Style.FAILED, shown(failure.message()));
    page.labelled(
        "         ",
        advice.words()
            + " (reason "
            + failure.reason().label()
            + ", phase "
            + failure.phase().label()
            + ")");
    page.labelled("  check  ", advice.next());
  }

  private void drawHop(SeenHop hop) {
    page.line("");
    Fact.Request request = hop.latest(Fact.Request.class);
    Fact.Address address = hop.latest(Fact.Address.class);
    String what =
        request == null
            ? shown(result.request().target())
            : shown(request.method() + " " + request.url());
    page.line(
        screen.styled(Style.HEADING, what)
            + (address == null ? "" : "  " + arrow() + "  " + address(address.remote())));
    for (Span span : hop.spans()) {
      page.raw(waterfall.row(span));
    }
    drawTls(hop.latest(Fact.Tls.class));
    drawResponse(hop);
    drawDialogue(hop);
    drawEcho(hop.latest(Fact.Echo.class));
  }

  private void drawTls(Fact.@Nullable Tls tls) {
    if (tls == null) {
      return;
    }
    String protocol = tls.applicationProtocol();
    page.labelled(
        "  ",
        shown(
            tls.version()
                + ", "
                + tls.cipher()
                + (protocol == null ? "" : ", ALPN " + protocol)
                + (tls.verified() ? ", certificate verified" : ", certificate not verified")));
  }

  private void drawResponse(SeenHop hop) {
    Fact.Response response = hop.latest(Fact.Response.class);
    if (response == null) {
      return;
    }
    StringBuilder line = new StringBuilder(shown(response.version()));
    line.append(' ').append(response.status()).append(' ').append(shown(response.phrase()));
    Fact.Redirect redirect = hop.latest(Fact.Redirect.class);
    if (redirect != null) {
      line.append(' ').append(arrow()).append(' ').append(shown(redirect.location()));
      line.append(redirect.followed() ? "" : " (not followed)");
    }
    long bytes = bodyBytes();
    if (bytes >= 0 && (redirect == null || !redirect.followed())) {
      line.append(", body ").append(Units.count(bytes, "byte"));
    }
    page.labelled("  ", line.toString());
  }

  private void drawDialogue(SeenHop hop) {
    for (Fact fact : hop.facts()) {
      if (fact instanceof Fact.Received received) {
        page.labelled("  " + received.step() + " received  ", shown(received.text()));
      } else if (fact instanceof Fact.Sent sent) {
        page.labelled("  " + sent.step() + " sent      ", Units.count(sent.bytes(), "byte"));
      }
    }
  }

  private void drawEcho(Fact.@Nullable Echo echo) {
    if (echo != null) {
      String came = Units.count(echo.bytes(), "byte") + " came back";
      page.labelled("  ", echo.hopLimit() < 0 ? came : came + ", hop limit " + echo.hopLimit());
    }
  }

  /** What is wrong without having failed the probe; where it failed, also what led there. */
  private void drawNotes() {
    Failure failure = result.verdict().failure();
    Trail.Level least = result.verdict().success() ? Trail.Level.WARN : Trail.Level.INFO;
    List<Trail.Entry> notes =
        result.trail().stream()
            .filter(entry -> entry.level().compareTo(least) >= 0)
            .filter(entry -> !DRAWN.contains(entry.message()))
            .filter(entry -> failure == null || !isTold(entry, failure.message()))
            .toList();
    if (notes.isEmpty()) {
      return;
    }
    page.heading("Seen on the way");
    notes.forEach(entry -> page.labelled("  ", shown(TrailText.line(entry))));
  }

  private static boolean isTold(Trail.Entry entry, String reason) {
    return reason.startsWith(entry.message()) || entry.attributes().contains(reason);
  }

  private void drawTrail() {
    page.heading("Trail");
    for (Trail.Entry entry : result.trail()) {
      String label =
          String.format(
              Locale.ROOT,
              "  %10.3f ms  %-5s  ",
              (entry.atNanos() - result.startNanos()) / 1e6,
              entry.level().name());
      page.labelled(label, shown(TrailText.line(entry)));
    }
  }

  private void drawMetrics() {
    page.heading("Metrics");
    TextBuffer text = new TextBuffer();
    MetricsText.write(result.samples(), Format.TEXT, text);
    text.toString().lines().forEach(line -> page.line(shown(line)));
  }

  /** How long the body was; negative if nobody has looked. */
  private long bodyBytes() {
    for (Sample sample : result.samples()) {
      if (sample.metric() == Metric.PROBE_HTTP_UNCOMPRESSED_BODY_LENGTH) {
        return (long) sample.value();
      }
    }
    return -1;
  }

  private String arrow() {
    return screen.unicode() ? "\u2192" : "->";
  }

  private String shown(String text) {
    return screen.visible(text);
  }

  /** Address and port, with the family in words. */
  static String address(InetSocketAddress remote) {
    return Addresses.text(remote) + " (" + Addresses.family(remote) + ")";
  }
}
