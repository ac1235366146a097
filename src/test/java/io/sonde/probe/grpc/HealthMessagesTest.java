package io.sonde.probe.grpc;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HealthMessagesTest {
  @Test
  void aServiceWithALongNameIsAskedFor() {
    String name = "a".repeat(300);
    byte[] request = HealthMessages.request(name);
    assertTrue(new String(request, StandardCharsets.ISO_8859_1).endsWith("\n\u00ac\u0002" + name));
  }
}
