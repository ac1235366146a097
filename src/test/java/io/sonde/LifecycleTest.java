package io.sonde;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.testkit.NoticeSocket;
import io.sonde.testkit.SondeProcess;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From ready to gone, as balancers and systemd see it. */
class LifecycleTest {
  @TempDir private Path folder;

  @Test
  void balancersAreToldBeforeTheListenersClose() throws Exception {
    String path = folder.resolve("notify").toString();
    try (NoticeSocket systemd = new NoticeSocket(path);
        SondeProcess sonde =
            SondeProcess.start(folder, Map.of("NOTIFY_SOCKET", path), "--shutdown.delay=10m")) {
      assertEquals("READY=1", systemd.await());
      assertEquals("Ready", sonde.get("/-/ready"));
      sonde.process().destroy();
      assertEquals("STOPPING=1", systemd.await());
      HttpResponse<String> readiness = awaitNotReady(sonde);
      assertEquals("Shutting down\n", readiness.body());
      assertEquals("Healthy", sonde.get("/-/healthy"));
      assertTrue(sonde.get("/probe?target=127.0.0.1:1").contains("probe_success 0"));
      assertEquals(0, endAtOnce(sonde.process()));
    }
  }

  /** Systemd is told first. */
  private static HttpResponse<String> awaitNotReady(SondeProcess sonde) throws Exception {
    HttpResponse<String> answer = sonde.answer("/-/ready");
    while (answer.statusCode() != 503) {
      answer = sonde.answer("/-/ready");
    }
    return answer;
  }

  /** Two signals within a moment count as one. */
  private static int endAtOnce(Process process) throws InterruptedException {
    do {
      process.destroy();
    } while (!process.waitFor(200, TimeUnit.MILLISECONDS));
    return process.exitValue();
  }
}
