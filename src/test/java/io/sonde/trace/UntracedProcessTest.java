package io.sonde.trace;

import static io.sonde.trace.TraceRig.sent;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.testkit.HttpPeer;
import io.sonde.testkit.Peer;
import io.sonde.testkit.SondeProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A daemon that nobody told where spans go. */
class UntracedProcessTest {
  @TempDir private Path folder;

  @Test
  void nothingOfTheLibraryIsLoadedAndTracesAreHandedOnAllTheSame() throws Exception {
    Path loaded = folder.resolve("classes.txt");
    String traceparent = TraceRig.sampled("4".repeat(32));
    Map<String, String> environment = Map.of("JDK_JAVA_OPTIONS", "-Xlog:class+load:file=" + loaded);
    try (Peer peer = HttpPeer.answering(HttpPeer.ok(""));
        Peer other = HttpPeer.answering(HttpPeer.ok(""));
        SondeProcess sonde = TraceRig.start(folder, environment)) {
      sonde.answer(
          "/probe?module=web&target=" + peer.address(), Map.of("traceparent", traceparent));
      assertEquals(traceparent, sent(peer.connection(0).received(), "traceparent"));
      sonde.get("/probe?module=web&target=" + other.address());
      String begun = sent(other.connection(0).received(), "traceparent");
      assertTrue(begun.matches("00-[0-9a-f]{32}-[0-9a-f]{16}-00"), begun);
      assertFalse(sonde.get("/metrics").contains("sonde_trace_spans_exported_total "));
      sonde.terminate();
      String classes = Files.readString(loaded);
      assertTrue(classes.contains("io.sonde.trace.Untraced"));
      assertFalse(classes.contains("io.opentelemetry."), "the library was loaded");
      assertFalse(classes.contains("java.net.http."), "the client was loaded");
    }
  }
}
