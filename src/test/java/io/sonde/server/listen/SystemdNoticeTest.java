package io.sonde.server.listen;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sonde.probe.Transport;
import io.sonde.testkit.NoticeSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemdNoticeTest {
  @TempDir private Path folder;

  private static SystemdNotice noticeTo(String path) {
    return SystemdNotice.of(Map.of("NOTIFY_SOCKET", path), Transport.EPOLL);
  }

  @Test
  void systemdIsToldAtItsPath() throws Exception {
    String path = folder.resolve("notify").toString();
    try (NoticeSocket systemd = new NoticeSocket(path)) {
      SystemdNotice notice = noticeTo(path);
      notice.ready();
      notice.stopping();
      assertEquals("READY=1", systemd.await());
      assertEquals("STOPPING=1", systemd.await());
    }
  }

  @Test
  void systemdIsToldAtItsAbstractName() throws Exception {
    String name = "sonde-" + UUID.randomUUID();
    try (NoticeSocket systemd = new NoticeSocket('\0' + name)) {
      noticeTo('@' + name).ready();
      assertEquals("READY=1", systemd.await());
    }
  }

  @Test
  void nobodyNeedHear() {
    assertDoesNotThrow(() -> noticeTo(folder.resolve("none").toString()).ready());
    assertDoesNotThrow(() -> SystemdNotice.of(Map.of(), Transport.EPOLL).ready());
    assertDoesNotThrow(
        () -> SystemdNotice.of(Map.of("NOTIFY_SOCKET", "/x"), Transport.NIO).ready());
  }
}
