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
          "probe_duration_seconds",
          "probe_dns_lookup_time_seconds",
          "probe_http_duration_seconds",
          "probe_dns_duration_seconds",
          "probe_icmp_duration_seconds",
          "probe_grpc_duration_seconds");

  /** Those whose phases follow one another. */
  private static final Set<String> OF_PHASES =
      Set.of(
          "probe_http_duration_seconds",
          "probe_dns_duration_seconds",
          "probe_icmp_duration_seconds",
          "probe_grpc_duration_seconds");

  /** Resolving a literal address takes next to no time; whether it is zero tells nothing. */
  private static final Set<String> MAYBE_ZERO =
      Set.of(
          "probe_dns_lookup_time_seconds",
          "probe_http_duration_seconds{phase=\"resolve\"}",
          "probe_dns_duration_seconds{phase=\"resolve\"}",
          "probe_icmp_duration_seconds{phase=\"resolve\"}",
          "probe_grpc_duration_seconds{phase=\"resolve\"}");

  /** What came of one probe: the answer, and what the peer was sent. */
  record Outcome(Http.Answer answer, Arrivals.Taken received) {
    String body() throws IOException {
      return answer.body();
    }

    /** What there is to know, times left out, for whoever writes a case. */
    String told() throws IOException {
      StringBuilder text = new StringBuilder();
      Exposition.parse(body())
          .families()
          .forEach(
              (name, family) -> {
                if (!TIMES.contains(name)) {
                  text.append("\n  ").append(name).append(' ').append(family.series());
                }
              });
      text.append("\n  connections ").append(received.connections());
      for (Arrivals.Request request : received.requests()) {
        text.append("\n  ").append(request.place()).append(": ").append(request.line());
        text.append(" | ").append(String.join(" | ", request.headers()));
        text.append(request.body().isEmpty() ? "" : " || ");
        text.append(TokenScripts.readable(request.body()));
        text.append(request.tls().isEmpty() ? "" : "\n    " + request.tls());
      }
      return text.toString();
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
    comparison.differ(
        "wire:connections", reference.received().connections(), sonde.received().connections());
    comparison.requests(reference.received().requests(), sonde.received().requests());
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
        sum += OF_PHASES.contains(name) ? seconds : 0;
      }
    }
    double whole = Double.parseDouble(sonde.value("probe_duration_seconds"));
    if (sum > whole + 0.001) {
      found.add(new Difference("senseless:sum-of-phases", "at most " + whole, "" + sum));
    }
  }

  private void requests(List<Arrivals.Request> reference, List<Arrivals.Request> sonde) {
    differ("wire:requests", reference.size(), sonde.size());
    for (int i = 0; i < Math.min(reference.size(), sonde.size()); i++) {
      Arrivals.Request theirs = reference.get(i);
      Arrivals.Request ours = sonde.get(i);
      String hop = "wire[" + i + "]:";
      differ(hop + "place", theirs.place(), ours.place());
      differ(hop + "line", theirs.line(), ours.line());
      differ(
          hop + "body", TokenScripts.readable(theirs.body()), TokenScripts.readable(ours.body()));
      lines(hop + "header:", theirs.headers(), ours.headers());
      lines(hop + "tls:", theirs.tls(), ours.tls());
    }
  }

  /** Compares {@code Name: value} lines: those of each name, then the order of the common names. */
  private void lines(String subject, List<String> reference, List<String> sonde) {
    List<String> theirNames = names(reference);
    List<String> ourNames = names(sonde);
    Set<String> names = new TreeSet<>(theirNames);
    names.addAll(ourNames);
    for (String name : names) {
      differ(subject + name, of(name, reference), of(name, sonde));
    }
    Set<String> common = new TreeSet<>(theirNames);
    common.retainAll(ourNames);
    theirNames.retainAll(common);
    ourNames.retainAll(common);
    differ(subject + "order", theirNames, ourNames);
  }

  private static List<String> names(List<String> lines) {
    List<String> names = new ArrayList<>();
    for (String line : lines) {
      names.add(line.substring(0, line.indexOf(':')));
    }
    return names;
  }

  private static List<String> of(String name, List<String> lines) {
    return lines.stream().filter(line -> line.startsWith(name + ":")).toList();
  }
}
