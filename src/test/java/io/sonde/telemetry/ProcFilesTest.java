package io.sonde.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcFilesTest {
  @TempDir Path folder;

  @Test
  void limitsAreReadByTheirName() throws IOException {
    Files.writeString(
        folder.resolve("limits"),
        """
        Limit                     Soft Limit           Hard Limit           Units
        Max address space         unlimited            unlimited            bytes
        Max open files            1024                 20000                files
        """);
    assertEquals(1024, files().softLimit("Max open files"));
    assertEquals(Long.MAX_VALUE, files().softLimit("Max address space"));
    assertEquals(ProcFiles.UNKNOWN, files().softLimit("Max nonsense"));
  }

  @Test
  void countsOfIpAreReadByTheirColumn() throws IOException {
    netstat("TcpExt: InOctets\nTcpExt: 5\nIpExt: InNoRoutes InOctets OutOctets\nIpExt: 1 22 333\n");
    assertEquals(22, files().ipCount("InOctets"));
    assertEquals(333, files().ipCount("OutOctets"));
    assertEquals(ProcFiles.UNKNOWN, files().ipCount("Nonsense"));
  }

  @Test
  void whatCannotBeReadIsUnknown() throws IOException {
    assertEquals(ProcFiles.UNKNOWN, files().ipCount("InOctets"));
    assertEquals(ProcFiles.UNKNOWN, files().softLimit("Max open files"));
    netstat("IpExt: InOctets OutOctets\nIpExt: lots\n");
    assertEquals(ProcFiles.UNKNOWN, files().ipCount("InOctets"));
    assertEquals(ProcFiles.UNKNOWN, files().ipCount("OutOctets"));
  }

  private void netstat(String text) throws IOException {
    Files.createDirectories(folder.resolve("net"));
    Files.writeString(folder.resolve("net/netstat"), text);
  }

  private ProcFiles files() {
    return new ProcFiles(folder);
  }
}
