package io.sonde.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The schemas that are shipped for editors are what the program prints. */
class SchemaCommandTest {
  private final Terminal terminal = Terminal.plain();

  @ParameterizedTest
  @CsvSource({"schema, sonde", "schema --web, web"})
  void aShippedCopyIsWhatIsPrinted(String command, String name) throws IOException {
    assertEquals(0, terminal.runs(command));
    String shipped = Files.readString(Path.of("config", name + ".schema.json"));
    String refresh = "refresh it: sonde " + command + " > config/" + name + ".schema.json";
    assertEquals(shipped, terminal.output(), refresh);
  }
}
