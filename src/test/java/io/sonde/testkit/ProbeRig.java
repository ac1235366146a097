package io.sonde.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sonde.config.ModuleConfig;
import io.sonde.probe.Prober;
import io.sonde.probe.Transport;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Runs probers for tests on an event loop that remembers. Registered as a JUnit extension, it gives
 * each test a loop of its own and ends each test with the demand that nothing is left: every run
 * has settled exactly once and kept the rules of every result, no channel is open, no timer armed,
 * no buffer kept.
 */
public final class ProbeRig implements BeforeEachCallback, AfterEachCallback {
  private final Transport transport = Transport.choose();
  private final List<Running> runs = new ArrayList<>();
  private final Deque<AutoCloseable> resources = new ArrayDeque<>();
  private @Nullable RecordingLoop loop;

  /** The loop of this test. */
  public RecordingLoop loop() {
    if (loop == null) {
      loop = new RecordingLoop(transport);
    }
    return loop;
  }

  /** How the loop waits for sockets; {@code -Dsonde.transport=nio} forces one. */
  public Transport transport() {
    return transport;
  }

  /** Begins a sentence: {@code rig.probing(prober, module).at(peer.address()).passes()}. */
  public Probing probing(Prober prober, ModuleConfig module) {
    return new Probing(this, prober, module);
  }

  /** Closes {@code resource} at the end of the test, before the demand that nothing is left. */
  public <R extends AutoCloseable> R closing(R resource) {
    resources.push(resource);
    return resource;
  }

  Running start(Running running) {
    runs.add(running);
    return running;
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    runs.clear();
    loop();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    RecordingLoop used = loop();
    loop = null;
    try {
      runs.forEach(Running::verify);
      resources.forEach(Threads::closeQuietly);
      resources.clear();
      assertEquals(List.of(), used.leftovers(), "nothing is left when the probes are over");
    } finally {
      used.shutdownGracefully(0, 0, TimeUnit.SECONDS);
    }
  }
}
