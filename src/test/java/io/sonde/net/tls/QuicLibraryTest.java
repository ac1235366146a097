package io.sonde.net.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;

class QuicLibraryTest {
  @Test
  void theLibraryThatIsThereLoads() {
    assertNull(QuicLibrary.problem());
    assertEquals("yes", QuicLibrary.state());
  }

  @Test
  void whatASystemPropertyForbidsIsSaid() {
    System.setProperty(QuicLibrary.PROPERTY, "no");
    try {
      assertEquals("the system property sonde.quic says no", QuicLibrary.problem());
      assertEquals("no", QuicLibrary.state());
    } finally {
      System.clearProperty(QuicLibrary.PROPERTY);
    }
  }
}
