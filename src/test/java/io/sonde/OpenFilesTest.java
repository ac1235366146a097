package io.sonde;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenFilesTest {
  @ParameterizedTest
  @CsvSource({"20000, 9900", "1024, 412", "256, 96", "64, 16", "9223372036854775807, 100000"})
  void aProbeNeedsTwoDescriptors(long openFiles, int probes) {
    assertEquals(probes, OpenFiles.probesWithin(openFiles));
  }

  @Test
  void thisProcessHasALimit() {
    assertTrue(OpenFiles.probesWithinLimit() >= 16);
  }
}
