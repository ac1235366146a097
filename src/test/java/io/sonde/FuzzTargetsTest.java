package io.sonde;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fuzz targets are no part of the build, but know what they feed: they must follow its names. */
class FuzzTargetsTest {
  private static final Path TARGETS = Path.of("src", "fuzz", "java");
  private static final Path CORPUS = Path.of("src", "fuzz", "corpus");

  @TempDir private Path classes;

  @Test
  void theyCompile() throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      List<String> options =
          List.of(
              "-proc:none",
              "-Xlint:all,-path,-classfile,-processing",
              "-Werror",
              "-classpath",
              System.getProperty("java.class.path"),
              "-d",
              classes.toString());
      compiler
          .getTask(said, files, null, options, null, files.getJavaFileObjectsFromPaths(sources()))
          .call();
    }
    assertEquals("", said.toString());
  }

  @Test
  void eachHasACorpusToBeginWith() throws IOException {
    for (Path source : sources()) {
      String name = source.getFileName().toString().replace(".java", "");
      if (name.endsWith("Fuzz")) {
        assertFalse(sortedFiles(CORPUS.resolve(name)).isEmpty(), name);
      }
    }
  }

  private static List<Path> sources() throws IOException {
    return sortedFiles(TARGETS);
  }

  private static List<Path> sortedFiles(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
