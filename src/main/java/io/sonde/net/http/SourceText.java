package io.sonde.net.http;

import io.sonde.config.Source;
import io.sonde.net.file.ModuleFiles;
import io.sonde.net.file.TrackedFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A text that stands in the configuration or in a file that may change at any time. */
final class SourceText {
  private final String inline;
  private final @Nullable TrackedFile file;

  private SourceText(String inline, @Nullable TrackedFile file) {
    this.inline = inline;
    this.file = file;
  }

  static SourceText of(Source source, ModuleFiles files) {
    return source.file().isEmpty()
        ? new SourceText(source.inline().reveal(), null)
        : ofFile(source.file(), files);
  }

  static SourceText of(String text) {
    return new SourceText(text, null);
  }

  static SourceText ofFile(String path, ModuleFiles files) {
    return new SourceText("", files.at(path));
  }

  /** Whether {@link #text} blocks. */
  boolean readsFile() {
    return file != null;
  }

  /**
   * The text; that of a file without white space around it.
   *
   * @throws IOException if the file cannot be read; the message quotes nothing of it
   */
  String text() throws IOException {
    return file == null ? inline : new String(file.read().bytes(), StandardCharsets.UTF_8).strip();
  }
}
