package io.sonde.exposition;

import io.sonde.probe.ProbeResult;
import io.sonde.probe.Trail;
import java.util.ArrayList;
import java.util.List;

/**
 * The page that explains one probe: what it noted on its way, the metrics it gave, and the module
 * as it was in force. Made only when somebody reads it.
 */
public final class DebugPage {
  private static final String SOURCE = "probe";

  private DebugPage() {}

  /**
   * Renders the page.
   *
   * @param moduleYaml the module, without its name, as configuration text
   */
  public static String render(ProbeResult result, LogSyntax syntax, String moduleYaml) {
    StringBuilder page = new StringBuilder(8 * 1024).append("Logs for the probe:\n");
    for (Trail.Entry entry : result.trail()) {
      appendEntry(page, result, entry, syntax);
    }
    TextBuffer metrics = new TextBuffer();
    MetricsText.write(result.samples(), new Format(false, Escaping.ALLOW_UTF_8, ""), metrics);
    page.append("\n\n\nMetrics that would have been returned:\n").append(metrics);
    return page.append("\n\n\nModule configuration:\n").append(moduleYaml).toString();
  }

  /** Appends one note of a run as a log record. */
  public static void appendEntry(
      StringBuilder to, ProbeResult result, Trail.Entry entry, LogSyntax syntax) {
    List<Object> attributes = new ArrayList<>(4 + entry.attributes().size());
    attributes.add("module");
    attributes.add(result.request().module().name());
    attributes.add("target");
    attributes.add(result.request().target());
    attributes.addAll(entry.attributes());
    syntax.append(
        to, result.timeOf(entry), entry.level().name(), SOURCE, entry.message(), attributes);
  }
}
