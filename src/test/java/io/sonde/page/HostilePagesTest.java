package io.sonde.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.config.HttpSpec;
import io.sonde.config.ModuleConfig;
import io.sonde.exposition.GoQuote;
import io.sonde.probe.Fact;
import io.sonde.probe.Metric;
import io.sonde.probe.PeerCertificate;
import io.sonde.probe.Phase;
import io.sonde.probe.ProbeRequest;
import io.sonde.probe.ProbeResult;
import io.sonde.probe.Reason;
import io.sonde.probe.Sample;
import io.sonde.probe.Span;
import io.sonde.probe.Trail;
import io.sonde.probe.Verdict;
import io.sonde.testkit.HostilePeers;
import io.sonde.testkit.Results;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Whatever targets, modules and peers write, pages have the markup that the code writes. */
class HostilePagesTest {
  private static final String EVIL = HostilePeers.LINES;
  private static final Pattern ELEMENT = Pattern.compile("<(/?)([a-zA-Z0-9!]+)([^<>]*)>");
  private static final Pattern ATTRIBUTES = Pattern.compile("( [a-zA-Z0-9-]+(=\"[^\"<>]*\")?)*");
  private static final Set<String> TAGS =
      Arrays.stream(Tag.values()).map(Tag::label).collect(Collectors.toSet());

  private static ProbeResult hostile(int size) {
    String text = EVIL.repeat(size);
    PeerCertificate certificate =
        new PeerCertificate(
            text,
            text,
            Results.START,
            Results.START,
            text,
            text,
            many(text, size),
            many(text, size));
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact.Request(0, EVIL, text));
    facts.add(new Fact.Certificates(0, Collections.nCopies(size, certificate)));
    facts.add(new Fact.Tls(0, EVIL, EVIL, EVIL, false));
    facts.add(new Fact.Response(0, EVIL, 302, text));
    facts.add(new Fact.Redirect(0, text, true));
    for (int i = 0; i < size; i++) {
      facts.add(new Fact.Received(1, i, text));
    }
    Trail.Entry note = new Trail.Entry(0, Trail.Level.WARN, EVIL, List.of(EVIL, Trail.cut(text)));
    return new ProbeResult(
        7,
        new ProbeRequest(
            ModuleConfig.of(EVIL, Duration.ZERO, HttpSpec.DEFAULT.withHeaders(Map.of(EVIL, text))),
            text,
            EVIL,
            Duration.ofSeconds(5)),
        Verdict.failed(Phase.CHECK, Reason.STATUS, text),
        false,
        Results.START,
        0,
        Duration.ofMillis(3),
        List.of(new Span(Phase.CHECK, 0, -5, Long.MAX_VALUE / 2, false)),
        List.of(new Sample(Metric.PROBE_EXPECT_INFO, List.of("a"), List.of(Trail.cut(text)), 1)),
        facts,
        Collections.nCopies(Math.min(size * 10, 501), note));
  }

  private static List<String> many(String text, int size) {
    return Collections.nCopies(size, text);
  }

  @Test
  void strangersWriteTextOnly() throws Exception {
    for (String page : PageRig.of(hostile(1))) {
      assertFalse(page.contains("<script>alert"), page);
      assertTrue(
          page.codePoints().allMatch(point -> point == '\n' || GoQuote.isPrintable(point)), page);
      Matcher element = ELEMENT.matcher(page);
      int end = 0;
      while (element.find()) {
        assertFalse(page.substring(end, element.start()).contains("<"), page);
        String name = element.group(2);
        assertTrue(TAGS.contains(name) || name.equals("!DOCTYPE"), name);
        assertTrue(
            ATTRIBUTES.matcher(element.group(3)).matches() || name.equals("!DOCTYPE"),
            element.group());
        assertFalse(element.group(3).matches("(?i).* (style|on[a-z]+)=.*"), element.group());
        end = element.end();
      }
    }
  }

  @Test
  void linksLeadToWhereTheCodeLeads() throws Exception {
    for (String page : PageRig.of(hostile(1))) {
      Matcher link = Pattern.compile("(href|src|action)=\"([^\"]*)\"").matcher(page);
      while (link.find()) {
        assertTrue(
            link.group(2)
                .matches(
                    "(\\.\\./|\\./)?[a-z.]*(/[a-z0-9.]+)?([?#].*)?|https://(logs|boards)\\.example/.*"),
            link.group());
      }
    }
  }

  @Test
  void pagesAreBoundedWhateverPeersSend() throws Exception {
    PageRig rig = new PageRig();
    ProbeResult huge = hostile(200);
    rig.history.add(huge);
    assertEquals(1, rig.history.targets().size());
    rig.all(huge)
        .forEach((name, page) -> assertTrue(page.length() < 600_000, name + page.length()));
  }

  @Test
  void theOverviewIsBoundedWhateverTargetsAre() throws Exception {
    PageRig rig = new PageRig();
    for (int i = 0; i < 60; i++) {
      rig.history.add(of(i, i + "\u00e4".repeat(30_000)));
    }
    String page = rig.overview("target=" + "a".repeat(10_000));
    assertFalse(page.contains("a".repeat(300)), "a filter of any length");
    assertTrue(rig.overview("").length() < 300_000, "of any length: " + rig.overview("").length());
  }

  private static ProbeResult of(long id, String target) {
    ProbeResult like = hostile(1);
    ProbeRequest request =
        new ProbeRequest(like.request().module(), target, null, like.request().timeout());
    return new ProbeResult(
        id,
        request,
        like.verdict(),
        false,
        like.startedAt(),
        0,
        like.duration(),
        like.spans(),
        like.samples(),
        like.facts(),
        like.trail());
  }
}
