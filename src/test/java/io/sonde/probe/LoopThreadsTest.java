package io.sonde.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LoopThreadsTest {
  private final AtomicInteger deaths = new AtomicInteger();
  private final LoopThreads threads = new LoopThreads(deaths::incrementAndGet);

  @Test
  void aLoopThatEndsUnexpectedlyIsTold() throws InterruptedException {
    Thread thread = threads.newThread(() -> {});
    thread.start();
    thread.join();
    assertEquals(1, deaths.get());
  }

  @Test
  void soIsOneThatDies() throws InterruptedException {
    Thread thread =
        threads.newThread(
            () -> {
              throw new OutOfMemoryError("thrown by a test");
            });
    thread.setUncaughtExceptionHandler((dead, error) -> {});
    thread.start();
    thread.join();
    assertEquals(1, deaths.get());
  }

  @Test
  void loopsThatAreShutDownMayEnd() {
    Loops loops = Loops.start(2, deaths::incrementAndGet);
    loops.all().forEach(loop -> loop.submit(() -> {}).syncUninterruptibly());
    loops.close();
    assertEquals(0, deaths.get());
  }
}
