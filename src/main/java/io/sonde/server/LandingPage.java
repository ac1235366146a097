package io.sonde.server;

import io.sonde.history.History;
import io.sonde.probe.ProbeResult;
import java.util.concurrent.Executor;

/** {@code /}: links for people, and what the latest probes found. */
final class LandingPage implements Endpoint {
  private static final String START =
      """
      <html>
      <head><title>Blackbox Exporter</title></head>
      <body>
      <h1>Blackbox Exporter</h1>
      <p><a href="probe?target=prometheus.io&module=http_2xx">Probe prometheus.io for http_2xx</a></p>
      <p><a href="probe?target=prometheus.io&module=http_2xx&debug=true">Debug probe prometheus.io for http_2xx</a></p>
      <p><a href="metrics">Metrics</a></p>
      <p><a href="config">Configuration</a></p>
      <h2>Recent Probes</h2>
      <table border='1'><tr><th>Module</th><th>Target</th><th>Result</th><th>Debug</th></tr>
      """;

  private final History history;
  private final Executor background;

  LandingPage(History history, Executor background) {
    this.history = history;
    this.background = background;
  }

  @Override
  public void handle(Exchange exchange) {
    exchange.answerFrom(background, () -> Answer.of(ResponseHead.HTML, render()));
  }

  private String render() {
    StringBuilder page = new StringBuilder(START);
    for (ProbeResult result : history.newestFirst()) {
      page.append("<tr><td>")
          .append(Html.escape(result.request().module().name()))
          .append("</td><td>")
          .append(Html.escape(result.request().target()))
          .append("</td><td>")
          .append(result.verdict().success() ? "Success" : "<strong>Failure</strong>")
          .append("</td><td><a href='logs?id=")
          .append(result.id())
          .append("'>Logs</a></td></tr>\n");
    }
    return page.append("</table></body>\n</html>\n").toString();
  }
}
