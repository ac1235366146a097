package io.sonde.net.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class QuicLibraryTest {
  @Test
  void theLibraryThatIsThereLoads() {
    assertTrue(QuicLibrary.isAvailable());
    assertNull(QuicLibrary.problem());
    assertTrue(QuicLibrary.isAvailable());
  }

  @Test
  void whatASystemPropertyForbidsIsSaid() {
    System.setProperty(QuicLibrary.PROPERTY, "no");
    try {
      assertFalse(QuicLibrary.isAvailable());
      assertEquals("the system property sonde.quic says no", QuicLibrary.problem());
    } finally {
      System.clearProperty(QuicLibrary.PROPERTY);
    }
  }
}
