package io.sonde.net.file;

import static io.sonde.probe.Phase.SETUP;
import static io.sonde.probe.Reason.CONFIG;
import static io.sonde.probe.Reason.INTERNAL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.config.ModuleConfig;
import io.sonde.probe.ProbeFailure;
import io.sonde.probe.Verdict;
import io.sonde.testkit.ProbeRig;
import io.sonde.testkit.Probing;
import io.sonde.testkit.Running;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BlockingWorkTest {
  @RegisterExtension final ProbeRig rig = new ProbeRig();
  private final CountDownLatch gate = new CountDownLatch(1);
  private final CountDownLatch entered = new CountDownLatch(1);
  private final AtomicBoolean onLoop = new AtomicBoolean();
  private BlockingWork work;

  @BeforeEach
  void open() {
    work = rig.closing(new BlockingWork(1, 1));
  }

  @Test
  void workIsDoneElsewhereAndItsResultComesOnTheLoop() {
    AtomicBoolean workedOnLoop = new AtomicBoolean(true);
    working(
            () -> {
              workedOnLoop.set(rig.loop().inEventLoop());
              return "";
            })
        .passes();
    assertFalse(workedOnLoop.get());
    assertTrue(onLoop.get());
  }

  @Test
  void whatTheWorkThrowsIsWhatTheStageThrows() {
    working(
            () -> {
              throw new ProbeFailure(SETUP, CONFIG, "no such file");
            })
        .failsIn(SETUP, CONFIG)
        .saying("no such file");
  }

  @Test
  void aFullQueueIsSaid() throws Exception {
    Running first = working(this::waitAtGate).starts();
    entered.await();
    Running second = working(() -> "").starts();
    rig.loop().awaitTrue(() -> work.waiting() == 1);
    working(() -> "").failsIn(SETUP, INTERNAL).saying("does a file system hang?");
    gate.countDown();
    first.ends().passed();
    second.ends().passed();
  }

  @Test
  void workThatNobodyWaitsForAnyMoreIsDropped() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    Running first = working(this::waitAtGate).starts();
    entered.await();
    Running second =
        working(
                () -> {
                  done.set(true);
                  return "";
                })
            .starts();
    rig.loop().awaitTrue(() -> work.waiting() == 1);
    second.isAbandoned().ends().wasAbandoned();
    assertEquals(0, work.waiting());
    gate.countDown();
    first.ends().passed();
    assertFalse(done.get());
  }

  @Test
  void aRunThatEndsDoesNotWaitForItsWork() throws Exception {
    Running running = working(this::waitAtGate).starts();
    entered.await();
    running.isAbandoned().ends().wasAbandoned();
    gate.countDown();
  }

  private String waitAtGate() throws InterruptedException {
    entered.countDown();
    gate.await();
    return "";
  }

  private Probing working(Callable<String> task) {
    return rig.probing(
        run ->
            work.call(run, task)
                .thenApply(
                    result -> {
                      onLoop.set(run.loop().inEventLoop());
                      return Verdict.PASSED;
                    }),
        ModuleConfig.empty("work"));
  }
}
