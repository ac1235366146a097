package io.sonde.page;

import io.sonde.config.HttpSpec;
import io.sonde.config.ProberKind;
import io.sonde.exposition.GoQuote;
import io.sonde.probe.Fact;
import io.sonde.probe.ProbeRequest;
import io.sonde.probe.ProbeResult;
import io.sonde.server.WebLocation;
import io.sonde.view.Json;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** What one may want to paste into a terminal or into the configuration of Prometheus. */
final class Snippets {
  private final WebLocation location;

  Snippets(WebLocation location) {
    this.location = location;
  }

  void write(Html html, ProbeResult result) {
    ProbeRequest request = result.request();
    html.open(Tag.SECTION).leaf(Tag.H2, "Do it again");
    String curl = curl(result);
    if (curl != null) {
      write(html, "The request, from a terminal", curl);
    }
    write(html, "The probe, from a terminal", probe(request));
    write(
        html,
        "As a scrape job of Prometheus",
        scrapeJob(request.module().name(), request.target()));
    html.close();
  }

  private static void write(Html html, String heading, String text) {
    html.leaf(Tag.H3, heading).open(Tag.PRE, Look.BARE).lines(text).close();
  }

  private static @Nullable String curl(ProbeResult result) {
    Fact.Request first = null;
    for (Fact fact : result.facts()) {
      if (first == null && fact instanceof Fact.Request request) {
        first = request;
      }
    }
    if (first == null || result.request().module().prober() != ProberKind.HTTP) {
      return null;
    }
    HttpSpec http = result.request().module().http();
    long seconds = Math.max(1, result.request().timeout().toSeconds());
    return "curl --verbose"
        + (first.method().equals("GET") ? "" : " --request " + shell(first.method()))
        + (http.client().followRedirects() ? " --location" : "")
        + (http.enableHttp3() ? " --http3-only" : "")
        + " --max-time "
        + seconds
        + " --url "
        + shell(first.url())
        + (http.headers().isEmpty()
            ? ""
            : "\n# the module adds the headers " + GoQuote.quote(names(http)));
  }

  private static String names(HttpSpec http) {
    return String.join(", ", http.headers().keySet());
  }

  private String probe(ProbeRequest request) {
    String hostname = request.hostname();
    Link link = Link.to("probe").with("module", request.module().name());
    link = link.with("target", twice(request.target()));
    link = link.with("hostname", hostname == null ? "" : hostname).with("debug", "true");
    return "curl " + shell(link.from(base()));
  }

  /** The daemon takes one more layer of escapes away from targets; some would lose by that. */
  private static String twice(String target) {
    return target.indexOf('%') >= 0 || target.indexOf('+') >= 0 ? Link.encoded(target, "") : target;
  }

  private String base() {
    String url = location.externalUrl();
    return url.endsWith("/") ? url : url + "/";
  }

  /** A job that probes this target and others like it. */
  String scrapeJob(String module, String target) {
    URI url = URI.create(base());
    String authority = url.getRawAuthority() == null ? "localhost:9115" : url.getRawAuthority();
    String scheme = url.getScheme() == null ? "http" : url.getScheme();
    return """
        - job_name: %s
          scheme: %s
          metrics_path: %s
          params:
            module: [%s]
          static_configs:
            - targets: [%s]
          relabel_configs:
            - source_labels: [__address__]
              target_label: __param_target
            - source_labels: [__param_target]
              target_label: instance
            - source_labels: [__param_module]
              target_label: module
            - target_label: __address__
              replacement: %s"""
        .formatted(
            Json.of(module),
            Json.of(scheme),
            Json.of(url.getRawPath() + "probe"),
            Json.of(module),
            Json.of(target),
            Json.of(authority));
  }

  /** One word for a shell, whatever is in it. */
  private static String shell(String text) {
    if (text.codePoints().allMatch(GoQuote::isPrintable)) {
      return "'" + text.replace("'", "'\\''") + "'";
    }
    String quoted = GoQuote.quote(text);
    return "$'" + quoted.substring(1, quoted.length() - 1).replace("'", "\\'") + "'";
  }
}
