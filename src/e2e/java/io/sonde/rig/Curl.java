package io.sonde.rig;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Requests by curl, as people and scripts send them. */
public final class Curl {
  private static final String LIMIT_SECONDS = "20";
  private static final Pattern FIGURES = Pattern.compile("\n([0-9]{3}) ([0-9.]+)(?=\n|$)");

  private Curl() {}

  /**
   * What curl got.
   *
   * @param status 0 if there was no response
   * @param version of HTTP, such as {@code 2}
   * @param head the status line and the headers, names in lower case
   * @param body the body as it came
   * @param error what curl had to say
   */
  public record Answer(int status, String version, String head, String body, String error) {
    /** The value of a header, or an empty text. */
    public String header(String name) {
      for (String line : head.split("\n")) {
        if (line.startsWith(name.toLowerCase(Locale.ROOT) + ":")) {
          return line.substring(name.length() + 1).trim();
        }
      }
      return "";
    }
  }

  /** Runs curl; whether it succeeds shows in the answer alone. */
  public static Answer get(Path folder, String url, String... options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("sh", "-c", "curl \"$@\" 2>&1 || true", "sh"));
    command.addAll(List.of("-sS", "--http1.1", "-i", "--max-time", LIMIT_SECONDS));
    command.addAll(List.of("--path-as-is", "-w", "\n%{http_code} %{http_version}"));
    command.addAll(List.of(options));
    command.add(url);
    return parse(Child.run(folder, command.toArray(String[]::new)));
  }

  private static Answer parse(String output) {
    Matcher figures = FIGURES.matcher(output);
    if (!figures.find()) {
      return new Answer(0, "", "", "", output);
    }
    String whole = output.substring(0, figures.start());
    int status = Integer.parseInt(figures.group(1));
    int split = whole.indexOf("\r\n\r\n");
    if (status == 0 || split < 0) {
      return new Answer(status, figures.group(2), "", "", whole);
    }
    StringBuilder head = new StringBuilder();
    for (String line : whole.substring(0, split).split("\r\n")) {
      int colon = Math.max(0, line.indexOf(':'));
      head.append(line.substring(0, colon).toLowerCase(Locale.ROOT));
      head.append(line.substring(colon)).append('\n');
    }
    return new Answer(status, figures.group(2), head.toString(), whole.substring(split + 4), "");
  }
}
