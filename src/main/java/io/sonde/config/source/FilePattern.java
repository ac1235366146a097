package io.sonde.config.source;

import io.sonde.config.ConfigException;
import io.sonde.config.Problem;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * A file, a folder, or a pattern like {@code conf.d/*.yml} whose wildcards stand for parts of
 * names. What exists by the very name is no pattern. Hidden names, as those by which Kubernetes
 * mounts the contents of a ConfigMap, are neither found in folders nor matched.
 */
final class FilePattern {
  /** More files than anybody has; a wildcard too many is told before it fills the memory. */
  static final int MAX_FILES = 1_000;

  private static final String WILDCARDS = "*?[{";

  private final String text;

  FilePattern(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }

  /** The file or folder; null if it is a pattern, or nothing that could be a file. */
  @Nullable Path path() {
    try {
      Path path = Path.of(text);
      return hasWildcards(text) && !Files.exists(path) ? null : path;
    } catch (InvalidPathException ignored) {
      return null;
    }
  }

  /**
   * The files, as they are now, those of a folder in the order of their names. A file that is named
   * need not exist.
   *
   * @throws ConfigException if a folder cannot be listed, or if there are no files
   */
  List<Path> files() throws ConfigException {
    try {
      Path path = path();
      if (path != null && !Files.isDirectory(path)) {
        return List.of(path);
      }
      List<Path> found =
          path == null ? matching(Path.of(text)) : list(path, FilePattern::isConfiguration);
      if (found.isEmpty()) {
        throw failure(
            path == null
                ? "no file matches " + text
                : "no file in " + text + " whose name ends in .yml or .yaml");
      }
      if (found.size() > MAX_FILES) {
        throw failure("more than " + MAX_FILES + " files: " + text);
      }
      return found;
    } catch (InvalidPathException | PatternSyntaxException e) {
      throw failure("no file name and no pattern: " + text.replace("\0", "\\0"));
    } catch (IOException | DirectoryIteratorException e) {
      throw failure("cannot list the files of " + text + ": " + e.getMessage());
    }
  }

  private static boolean isConfiguration(Path file) {
    String name = String.valueOf(file.getFileName());
    return (name.endsWith(".yml") || name.endsWith(".yaml")) && !Files.isDirectory(file);
  }

  private static List<Path> matching(Path pattern) throws IOException {
    List<Path> found = new ArrayList<>();
    Path root = pattern.getRoot();
    found.add(root == null ? Path.of("") : root);
    for (int i = 0; i < pattern.getNameCount(); i++) {
      String name = pattern.getName(i).toString();
      boolean last = i + 1 == pattern.getNameCount();
      List<Path> next = new ArrayList<>();
      for (Path folder : found) {
        if (hasWildcards(name)) {
          PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + name);
          next.addAll(
              list(
                  folder,
                  path -> matcher.matches(path.getFileName()) && Files.isDirectory(path) != last));
        } else if (Files.exists(folder.resolve(name))) {
          next.add(folder.resolve(name));
        }
      }
      found = next;
    }
    return found;
  }

  /** What a folder holds and is not hidden, in the order of the names. */
  private static List<Path> list(Path folder, Predicate<Path> wanted) throws IOException {
    List<Path> found = new ArrayList<>();
    if (!Files.isDirectory(folder)) {
      return found;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        if (!entry.getFileName().toString().startsWith(".")
            && wanted.test(entry)
            && found.size() <= MAX_FILES) {
          found.add(entry);
        }
      }
    }
    found.sort(null);
    return found;
  }

  private static boolean hasWildcards(String text) {
    return text.chars().anyMatch(each -> WILDCARDS.indexOf(each) >= 0);
  }

  private ConfigException failure(String message) {
    return ConfigException.ofProblems(
        List.of(new Problem(text, 0, 0, "", "", Problem.Severity.ERROR, message, "")));
  }
}
