package io.sonde.server;

import io.sonde.probe.BoundModule;
import io.sonde.probe.ProbeResult;
import io.sonde.server.ProbeStarter.Order;

/** {@code /probe}: runs one probe on the loop that the request came in on, and answers with it. */
final class ProbeEndpoint implements Endpoint {
  private static final String DEFAULT_MODULE = "http_2xx";
  private static final String SCRAPE_TIMEOUT = "x-prometheus-scrape-timeout-seconds";

  private final ProbeStarter starter;
  private final double timeoutOffsetSeconds;
  private final DebugPages debugPages;

  ProbeEndpoint(ProbeStarter starter, double timeoutOffsetSeconds, DebugPages debugPages) {
    this.starter = starter;
    this.timeoutOffsetSeconds = timeoutOffsetSeconds;
    this.debugPages = debugPages;
  }

  @Override
  public void handle(Exchange exchange) {
    QueryString query = exchange.query();
    String asked = query.firstOrEmpty("module");
    String name = asked.isEmpty() ? DEFAULT_MODULE : asked;
    BoundModule module = starter.find(name);
    if (module == null) {
      exchange.fail(400, starter.unknown(name));
      return;
    }
    double scrapeSeconds;
    try {
      scrapeSeconds = scrapeSeconds(exchange);
    } catch (NumberFormatException e) {
      exchange.fail(500, "Failed to parse timeout from Prometheus header: " + e.getMessage());
      return;
    }
    String target = target(query);
    if (target.isEmpty()) {
      exchange.fail(400, "Target parameter is missing");
      return;
    }
    String hostname = query.firstOrEmpty("hostname");
    String conflict = HostnameParameter.conflict(module.config(), hostname);
    if (conflict != null) {
      exchange.fail(400, conflict);
      return;
    }
    Order order = new Order(module, target, hostname, scrapeSeconds, timeoutOffsetSeconds);
    starter.start(exchange, order, new Scrape(exchange, "true".equals(query.first("debug"))));
  }

  private static double scrapeSeconds(Exchange exchange) {
    String header = exchange.header(SCRAPE_TIMEOUT);
    return header == null || header.isEmpty() ? 0 : GoFloat.parse(header);
  }

  /** The target, decoded twice: scrapers may send one that was encoded before they encoded it. */
  private static String target(QueryString query) {
    String once = query.firstOrEmpty("target");
    String twice = QueryString.decode(once);
    return twice == null ? once : twice;
  }

  /** A caller who wants metrics, or what led to them. */
  private final class Scrape implements ProbeStarter.Asker {
    private final Exchange exchange;
    private final boolean debug;

    Scrape(Exchange exchange, boolean debug) {
      this.exchange = exchange;
      this.debug = debug;
    }

    @Override
    public void ended(ProbeResult result) {
      if (debug) {
        exchange.respond(ResponseHead.PLAIN, debugPages.render(result));
      } else {
        exchange.loopState().respond(exchange, result.samples());
      }
    }

    @Override
    public void refused(int status, String why) {
      exchange.fail(status, why);
    }
  }
}
