package io.sonde.page;

import io.sonde.probe.Fact;
import io.sonde.probe.Metric;
import io.sonde.probe.ProbeResult;
import io.sonde.probe.Sample;
import io.sonde.view.SeenHop;
import io.sonde.view.Units;
import java.util.ArrayList;
import java.util.List;

/** What was learnt at one hop, in words. */
final class HopFacts {
  /** Longer dialogues are in the trail. */
  private static final int MOST = 50;

  private HopFacts() {}

  static void write(Html html, SeenHop hop, ProbeResult result) {
    List<String[]> facts = facts(hop, result);
    if (facts.isEmpty()) {
      return;
    }
    html.open(Tag.DL, Look.FACTS);
    facts.stream().limit(MOST).forEach(fact -> Tables.fact(html, fact[0], Texts.cut(fact[1], 500)));
    html.close();
  }

  private static List<String[]> facts(SeenHop hop, ProbeResult result) {
    List<String[]> facts = new ArrayList<>();
    for (Fact fact : hop.facts()) {
      if (fact instanceof Fact.Tls tls) {
        add(facts, "Encryption", encryption(tls));
      } else if (fact instanceof Fact.Response response) {
        add(
            facts,
            "Answer",
            response.version() + " " + response.status() + " " + response.phrase());
      } else if (fact instanceof Fact.Redirect redirect) {
        String verb = redirect.followed() ? "followed to " : "not followed to ";
        add(facts, "Redirect", verb + redirect.location());
      } else if (fact instanceof Fact.Received received) {
        add(facts, "Received in step " + received.step(), received.text());
      } else if (fact instanceof Fact.Sent sent) {
        add(facts, "Sent in step " + sent.step(), Units.count(sent.bytes(), "byte"));
      } else if (fact instanceof Fact.Echo echo) {
        String came = Units.count(echo.bytes(), "byte") + " came back";
        add(facts, "Echo", echo.hopLimit() < 0 ? came : came + ", hop limit " + echo.hopLimit());
      }
    }
    Fact.Redirect redirect = hop.latest(Fact.Redirect.class);
    long bytes = hop.latest(Fact.Response.class) == null ? -1 : bodyBytes(result);
    if (bytes >= 0 && (redirect == null || !redirect.followed())) {
      add(facts, "Body", Units.count(bytes, "byte"));
    }
    return facts;
  }

  private static void add(List<String[]> to, String term, String meaning) {
    to.add(new String[] {term, meaning});
  }

  private static String encryption(Fact.Tls tls) {
    String protocol = tls.applicationProtocol();
    return tls.version()
        + ", "
        + tls.cipher()
        + (protocol == null ? "" : ", ALPN " + protocol)
        + (tls.verified() ? ", certificate verified" : ", certificate not verified");
  }

  /** How long the body was; negative if nobody has looked. */
  private static long bodyBytes(ProbeResult result) {
    for (Sample sample : result.samples()) {
      if (sample.metric() == Metric.PROBE_HTTP_UNCOMPRESSED_BODY_LENGTH) {
        return (long) sample.value();
      }
    }
    return -1;
  }
}
