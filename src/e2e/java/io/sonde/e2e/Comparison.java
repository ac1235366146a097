package io.sonde.e2e;

import io.sonde.rig.Exposition;
import io.sonde.rig.Http;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds every difference between two answers to the same probe, save for times, of which it demands
 * only that the same ones are there, that the same ones are zero, and that they make sense.
 */
final class Comparison {
  private static final Set<String> TIMES =
      Set.of(
          "probe_duration_seconds", "probe_dns_lookup_time_seconds", "probe_http_duration_seconds");

  /** Resolving a literal address takes next to no time; whether it is zero tells nothing. */
  private static final Set<String> MAYBE_ZERO =
      Set.of("probe_dns_lookup_time_seconds", "probe_http_duration_seconds{phase=\"resolve\"}");

  /** What came of one probe: the answer, and what the peer was sent. */
  record Outcome(Http.Answer answer, List<Peer.Request> received) {
    String body() throws IOException {
      return answer.body();
    }
  }

  /** One difference: a short name that the table of expected ones can match, and both sides. */
  record Difference(String subject, String reference, String sonde) {
    @Override
    public String toString() {
      return subject + ": reference <" + reference + ">, Sonde <" + sonde + ">";
    }
  }

  private final List<Difference> found = new ArrayList<>();

  private Comparison() {}

  static List<Difference> of(Outcome reference, Outcome sonde) throws IOException {
    Comparison comparison = new Comparison();
    comparison.answers(reference, sonde);
    comparison.requests(reference.received(), sonde.received());
    return comparison.found;
  }

  private void differ(String subject, Object reference, Object sonde) {
    if (!Objects.equals(reference, sonde)) {
      found.add(new Difference(subject, reference.toString(), sonde.toString()));
    }
  }

  private void answers(Outcome reference, Outcome sonde) throws IOException {
    int theirs = reference.answer().status();
    int ours = sonde.answer().status();
    differ("status:" + theirs + "->" + ours, theirs, ours);
    differ(
        "content-type",
        reference.answer().header("content-type"),
        sonde.answer().header("content-type"));
    if (theirs == 200 && ours == 200) {
      metrics(Exposition.parse(reference.body()), Exposition.parse(sonde.body()));
    } else if (theirs == ours) {
      differ("text", reference.body(), sonde.body());
    }
  }

  private void metrics(Exposition reference, Exposition sonde) {
    Set<String> names = new TreeSet<>(reference.families().keySet());
    names.addAll(sonde.families().keySet());
    for (String name : names) {
      Exposition.Family theirs = reference.families().get(name);
      Exposition.Family ours = sonde.families().get(name);
      if (theirs == null || ours == null) {
        String side = theirs == null ? "only-sonde:" : "only-reference:";
        found.add(
            new Difference(
                side + name,
                theirs == null ? "absent" : theirs.series().toString(),
                ours == null ? "absent" : ours.series().toString()));
      } else {
        differ("help:" + name, theirs.help(), ours.help());
        differ("type:" + name, theirs.type(), ours.type());
        series(name, theirs, ours);
      }
    }
    sense(sonde);
  }

  private void series(String name, Exposition.Family reference, Exposition.Family sonde) {
    Set<String> labels = new TreeSet<>(reference.series().keySet());
    labels.addAll(sonde.series().keySet());
    for (String label : labels) {
      String theirs = reference.series().get(label);
      String ours = sonde.series().get(label);
      String series = name + label;
      if (theirs == null) {
        found.add(new Difference("only-sonde:" + series, "absent", ours));
      } else if (ours == null) {
        found.add(new Difference("only-reference:" + series, theirs, "absent"));
      } else if (!TIMES.contains(name)) {
        values(series, theirs, ours);
      } else if (!MAYBE_ZERO.contains(series)) {
        differ("zero:" + series, zero(theirs), zero(ours));
      }
    }
  }

  private void values(String series, String reference, String sonde) {
    if (Double.parseDouble(reference) != Double.parseDouble(sonde)) {
      differ("value:" + series + ":" + reference + "->" + sonde, reference, sonde);
    } else {
      differ("format:" + series, reference, sonde);
    }
  }

  private static String zero(String value) {
    return Double.parseDouble(value) == 0 ? "zero" : "above zero";
  }

  /** Times are not negative, and the phases take no longer than the whole. */
  private void sense(Exposition sonde) {
    double sum = 0;
    for (String name : TIMES) {
      Exposition.Family family = sonde.families().get(name);
      if (family == null) {
        continue;
      }
      for (String value : family.series().values()) {
        double seconds = Double.parseDouble(value);
        if (!(seconds >= 0 && seconds < 60)) {
          found.add(new Difference("senseless:" + name, "0 to 60", value));
        }
        sum += name.equals("probe_http_duration_seconds") ? seconds : 0;
      }
    }
    double whole = Double.parseDouble(sonde.value("probe_duration_seconds"));
    if (sum > whole + 0.001) {
      found.add(new Difference("senseless:sum-of-phases", "at most " + whole, "" + sum));
    }
  }

  private void requests(List<Peer.Request> reference, List<Peer.Request> sonde) {
    differ("wire:requests", reference.size(), sonde.size());
    for (int i = 0; i < Math.min(reference.size(), sonde.size()); i++) {
      Peer.Request theirs = reference.get(i);
      Peer.Request ours = sonde.get(i);
      String hop = "wire[" + i + "]:";
      differ(hop + "line", theirs.line(), ours.line());
      differ(hop + "body", theirs.body(), ours.body());
      Set<String> names = names(theirs);
      names.addAll(names(ours));
      for (String name : names) {
        differ(hop + "header:" + name, lines(theirs, name), lines(ours, name));
      }
    }
  }

  private static Set<String> names(Peer.Request request) {
    Set<String> names = new TreeSet<>();
    for (String header : request.headers()) {
      names.add(header.substring(0, header.indexOf(':')));
    }
    return names;
  }

  private static List<String> lines(Peer.Request request, String name) {
    return request.headers().stream().filter(line -> line.startsWith(name + ":")).toList();
  }
}
