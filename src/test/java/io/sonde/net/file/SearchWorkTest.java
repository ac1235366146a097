package io.sonde.net.file;

import static io.sonde.probe.Phase.CHECK;
import static io.sonde.probe.Reason.INTERNAL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.config.ModuleConfig;
import io.sonde.net.file.SearchWork.Search;
import io.sonde.probe.Verdict;
import io.sonde.testkit.ProbeRig;
import io.sonde.testkit.Probing;
import io.sonde.testkit.Running;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SearchWorkTest {
  private static final int PATIENCE_SECONDS = 30;

  @RegisterExtension final ProbeRig rig = new ProbeRig();
  private final CountDownLatch entered = new CountDownLatch(1);
  private final CountDownLatch left = new CountDownLatch(1);
  private final AtomicInteger completions = new AtomicInteger();
  private SearchWork searches;

  @BeforeEach
  void open() {
    searches = rig.closing(new SearchWork(1, 1));
  }

  @Test
  void whatIsFoundComesToTheProbe() {
    searching(cancelled -> "found").passes();
    assertEquals(1, completions.get());
  }

  @Test
  void aSearchIsToldThatItsProbeHasEnded() throws Exception {
    Running running = searching(this::untilCancelled).starts();
    entered.await();
    running.isAbandoned().ends().wasAbandoned();
    assertTrue(left.await(PATIENCE_SECONDS, TimeUnit.SECONDS));
  }

  @Test
  void whatIsFoundTooLateComesToNobody() throws Exception {
    Running running = searching(this::untilCancelled).starts();
    entered.await();
    running.isAbandoned().ends().wasAbandoned();
    assertTrue(left.await(PATIENCE_SECONDS, TimeUnit.SECONDS));
    searching(cancelled -> "found").passes();
    assertEquals(1, completions.get());
  }

  @Test
  void thatTooManyWaitIsSaid() throws Exception {
    Running first = searching(this::untilCancelled).starts();
    entered.await();
    Running second = searching(cancelled -> "found").starts();
    rig.loop().awaitTrue(() -> searches.waiting() == 1);
    searching(cancelled -> "found").failsIn(CHECK, INTERNAL).saying("too many searches");
    first.isAbandoned().ends().wasAbandoned();
    second.ends().passed();
  }

  private String untilCancelled(BooleanSupplier cancelled) {
    entered.countDown();
    while (!cancelled.getAsBoolean()) {
      Thread.onSpinWait();
    }
    left.countDown();
    return "too late";
  }

  private Probing searching(Search<String> search) {
    return rig.probing(
        run ->
            searches
                .call(run, search)
                .whenComplete((found, error) -> completions.incrementAndGet())
                .thenApply(found -> Verdict.PASSED),
        ModuleConfig.empty("search"));
  }
}
