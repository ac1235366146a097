package io.sonde.net.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.config.HttpSpec;
import io.sonde.config.ModuleConfig;
import io.sonde.probe.Failure;
import io.sonde.probe.ProbeRequest;
import io.sonde.probe.ProbeResult;
import io.sonde.probe.ProbeRun;
import io.sonde.probe.Reason;
import io.sonde.testkit.VirtualLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BodyMemoryTest {
  private static final long KIB = 1 << 10;
  private static final long CAPACITY = 1_000 * KIB;
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final VirtualLoop virtual = new VirtualLoop();
  private final BodyMemory memory = new BodyMemory(CAPACITY);
  private final List<ProbeResult> results = new ArrayList<>();
  private long probes;

  /** A body, the probe that reads it, and what it was told while it waited. */
  private final class Body {
    private final ProbeRun run;
    private final BodyMemory.Share share;
    private final List<Boolean> answers = new ArrayList<>();

    private Body() {
      ModuleConfig module = ModuleConfig.of("test", Duration.ZERO, HttpSpec.DEFAULT);
      run =
          ProbeRun.start(
              ++probes,
              new ProbeRequest(module, "target", null, TIMEOUT),
              started -> new CompletableFuture<>(),
              virtual.loop(),
              results::add);
      share = memory.share(run);
      run.onSettle(share::leave);
    }

    private Body takes(int kib) {
      assertTrue(share.take(kib * KIB), () -> "expected room for " + kib + " KiB");
      return this;
    }

    private Body waitsFor(int kib) {
      assertFalse(share.take(kib * KIB), () -> "expected no room for " + kib + " KiB");
      share.await(kib * KIB).thenAccept(answers::add);
      virtual.settle();
      return this;
    }

    private void ends() {
      run.abandon();
      virtual.settle();
    }

    private void wasTold(Boolean... expected) {
      assertEquals(List.of(expected), answers);
    }
  }

  @AfterEach
  void everythingIsGivenBack() {
    virtual.advance(TIMEOUT);
    assertEquals(0, memory.taken());
    assertEquals(0, memory.waiting());
  }

  @Test
  void aShareIsKeptUntilItsLastUserHasLeft() {
    BodyMemory.Share share = memory.impatientShare();
    assertTrue(share.take(10));
    assertTrue(share.enter());
    share.leave();
    assertEquals(10, memory.taken());
    share.leave();
    assertEquals(0, memory.taken());
    assertFalse(share.enter());
  }

  @Test
  void onlyTheFirstLargeBodyGrowsOnceAQuarterIsTaken() {
    Body earliest = new Body().takes(100);
    Body later = new Body().takes(100).waitsFor(100);
    earliest.takes(400);
    later.wasTold();
    earliest.ends();
    later.wasTold(true);
  }

  @Test
  void aBodyThatHasGrownLetsTheNextOneGrow() {
    Body earliest = new Body().takes(300);
    Body later = new Body().waitsFor(200);
    earliest.share.hasGrown();
    virtual.settle();
    later.wasTold(true);
  }

  @Test
  void aSmallBodyGrowsOutOfTurn() {
    new Body().takes(600);
    new Body().waitsFor(100);
    new Body().takes(4).takes(60).waitsFor(1);
  }

  @Test
  void whoCannotWaitNeedNotLetOthersGoFirst() {
    Body first = new Body().takes(300);
    BodyMemory.Share impatient = memory.impatientShare();
    assertTrue(impatient.take(500 * KIB));
    assertFalse(impatient.take(500 * KIB));
    first.takes(100);
    impatient.leave();
  }

  @Test
  void thoseWhoWaitTakeTurns() {
    Body first = new Body().takes(900);
    Body second = new Body().waitsFor(800);
    Body third = new Body().waitsFor(500);
    first.ends();
    second.wasTold(true);
    third.wasTold();
    second.ends();
    third.wasTold(true);
  }

  @Test
  void whereNobodyCouldGoOnTheLastOneFails() {
    Body earliest = new Body().takes(200).takes(250);
    Body middle = new Body().takes(60);
    Body latest = new Body().takes(60);
    earliest.waitsFor(450);
    middle.waitsFor(200);
    latest.waitsFor(200);
    latest.wasTold(false);
    earliest.wasTold();
    latest.ends();
    earliest.wasTold(true);
    middle.wasTold();
  }

  @Test
  void whatCanNeverFitIsRefusedAtOnce() {
    new Body().takes(600).waitsFor(500).wasTold(false);
  }

  @Test
  void noMoreMayWaitThanThereIsRoomForWhatTheyStillReceive() {
    new Body().takes(1_000);
    long most = CAPACITY / (64 * KIB);
    for (int i = 0; i < most; i++) {
      new Body().waitsFor(100).wasTold();
    }
    new Body().waitsFor(100).wasTold(false);
  }

  @Test
  void theDeadlineOfOneThatWaitsIsBlamedOnTheMemory() {
    Body first = new Body().takes(1_000);
    Body second = new Body().waitsFor(100);
    virtual.advance(TIMEOUT);
    second.wasTold();
    assertEquals(Reason.TIMEOUT, reason(first));
    assertEquals(Reason.BODY_LIMIT, reason(second));
  }

  private Reason reason(Body body) {
    ProbeResult result =
        results.stream().filter(ended -> ended.id() == body.run.id()).findFirst().orElseThrow();
    Failure failure = result.verdict().failure();
    assertNotNull(failure);
    return failure.reason();
  }
}
