package io.sonde.page;

import io.sonde.probe.BoundModule;
import io.sonde.probe.ProbeResult;
import io.sonde.server.Answer;
import io.sonde.server.Endpoint;
import io.sonde.server.Exchange;
import io.sonde.server.ProbeStarter;
import io.sonde.server.QueryString;
import io.sonde.server.ResponseHead;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * {@code /try}: a form for one probe, and its running. The answer leads to the page of the probe,
 * so that loading that again probes nothing.
 */
final class TryEndpoint implements Endpoint {
  private static final int MOST_MODULES = 2_000;
  private static final int MOST_TARGET = 4_000;

  /** What a form is filled in with, and what is wrong with it. */
  private record Entry(String module, String target, int status, @Nullable String problem) {}

  private final PageSources sources;
  private final Frame frame;
  private final ProbePage page;
  private final SameOrigin sameOrigin;

  TryEndpoint(PageSources sources, Frame frame, ProbePage page) {
    this.sources = sources;
    this.frame = frame;
    this.page = page;
    this.sameOrigin = new SameOrigin(sources.location());
  }

  @Override
  public void handle(Exchange exchange) {
    if (exchange.method().equals("POST")) {
      run(exchange);
    } else {
      QueryString query = exchange.query();
      show(exchange, query.firstOrEmpty("module"), query.firstOrEmpty("target"), 200, null);
    }
  }

  private void run(Exchange exchange) {
    if (!sameOrigin.sent(exchange)) {
      show(
          exchange,
          "",
          "",
          403,
          "The request came from a page of somebody else. Send it from here.");
      return;
    }
    if (!exchange.body().isWhole()) {
      show(exchange, "", "", 413, "That is too long.");
      return;
    }
    QueryString form = new QueryString(new String(exchange.body().bytes(), StandardCharsets.UTF_8));
    String name = form.firstOrEmpty("module");
    String target = form.firstOrEmpty("target").strip();
    if (target.isEmpty()) {
      show(exchange, name, target, 400, "A target is missing.");
      return;
    }
    BoundModule module = sources.starter().find(name);
    if (module == null) {
      show(exchange, name, target, 400, sources.starter().unknown(name));
      return;
    }
    start(exchange, module, target);
  }

  private void start(Exchange exchange, BoundModule module, String target) {
    sources
        .starter()
        .start(
            exchange,
            new ProbeStarter.Order(module, target, "", 0, 0),
            new ProbeStarter.Asker() {
              @Override
              public void ended(ProbeResult result) {
                exchange.answerFrom(sources.background(), () -> answer(result));
              }

              @Override
              public void refused(int status, String why) {
                show(exchange, module.config().name(), target, status, why);
              }
            });
  }

  /** Leads to the result, or shows it if it is not kept. */
  private Answer answer(ProbeResult result) {
    if (sources.history().find(result.id()) == null) {
      return frame.answer(page.of(result), "");
    }
    String location = Link.probe(result.id()).from("");
    return Answer.of(ResponseHead.of(303, "Location", location, "Cache-Control", "no-store"), "");
  }

  private void show(
      Exchange exchange, String module, String target, int status, @Nullable String problem) {
    Entry entry = new Entry(module, target, status, problem);
    exchange.answerFrom(sources.background(), () -> frame.answer(content(entry), ""));
  }

  private Content content(Entry entry) {
    return new Content(
        entry.status(),
        Place.TRY_IT.label(),
        Place.TRY_IT,
        false,
        html -> {
          html.leaf(Tag.H1, "Try it");
          html.leaf(Tag.P, "Runs one probe now, as a scrape would, and shows what it saw.");
          if (entry.problem() != null) {
            html.open(Tag.P, Look.BAD).set(Attribute.ROLE, "alert");
            html.foreign(Texts.cut(entry.problem(), 500)).close();
          }
          writeForm(html, entry);
        });
  }

  private void writeForm(Html html, Entry entry) {
    html.open(Tag.FORM, Look.FIELDS).set(Attribute.METHOD, "post").action(Place.TRY_IT.link());
    Forms.label(html, "module", "Module");
    Forms.select(
        html,
        "module",
        "",
        sources.reloader().table().modules().keySet().stream().limit(MOST_MODULES).toList(),
        entry.module());
    Forms.label(html, "target", "Target");
    html.open(Tag.INPUT).set(Attribute.ID, "target").set(Attribute.NAME, "target");
    html.set(Attribute.TYPE, "text").set(Attribute.VALUE, Texts.cut(entry.target(), MOST_TARGET));
    html.set(Attribute.REQUIRED).set(Attribute.MAXLENGTH, MOST_TARGET);
    html.set(Attribute.PLACEHOLDER, "https://example.com").set(Attribute.SPELLCHECK, "false");
    html.set(Attribute.AUTOCOMPLETE, "off");
    html.open(Tag.BUTTON).set(Attribute.TYPE, "submit").text("Probe").close().close();
  }
}
