package io.sonde.probe.tcp;

import io.sonde.config.Bytes;
import io.sonde.config.LabelTemplate;
import io.sonde.config.Regex;
import io.sonde.net.dialogue.Shown;
import io.sonde.net.dialogue.Template;
import io.sonde.probe.Metric;
import io.sonde.probe.Phase;
import io.sonde.probe.ProbeFailure;
import io.sonde.probe.ProbeRun;
import io.sonde.probe.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The labels that a match gives {@link Metric#PROBE_EXPECT_INFO}.
 *
 * @param names sorted
 * @param values in the order of the names
 */
record ExpectLabels(List<String> names, List<Template> values) {
  private static final String RESERVED = "__";

  static ExpectLabels of(List<LabelTemplate> labels, Regex expect) {
    List<LabelTemplate> sorted =
        labels.stream().sorted(Comparator.comparing(LabelTemplate::name)).toList();
    return new ExpectLabels(
        sorted.stream().map(LabelTemplate::name).toList(),
        sorted.stream().map(label -> Template.compile(Bytes.of(label.value()), expect)).toList());
  }

  /** Why no series can have these labels; null if there is no such reason. */
  @Nullable String problem() {
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      if (name.isEmpty() || name.startsWith(RESERVED) || (i > 0 && name.equals(names.get(i - 1)))) {
        return "query_response: label \"" + name + "\" is empty, reserved or there twice";
      }
    }
    return null;
  }

  /**
   * Writes the series for a match: what the peer sent as it sent it, but for secrets.
   *
   * @throws ProbeFailure if the peer sent what cannot be a label's value
   */
  void write(ProbeRun run, byte[] matched, int[] offsets) {
    List<String> texts = new ArrayList<>(values.size());
    for (int i = 0; i < values.size(); i++) {
      byte[] text = values.get(i).expand(matched, offsets);
      try {
        texts.add(
            run.trail()
                .shown(
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text)).toString()));
      } catch (CharacterCodingException ignored) {
        throw new ProbeFailure(
            Phase.CHECK,
            Reason.PROTOCOL,
            "the peer's text for label " + names.get(i) + " is not UTF-8: " + Shown.of(text));
      }
    }
    run.samples().set(Metric.PROBE_EXPECT_INFO, names, texts, 1);
  }
}
