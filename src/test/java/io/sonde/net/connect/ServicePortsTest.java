package io.sonde.net.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sonde.config.ModuleConfig;
import io.sonde.config.TcpSpec;
import io.sonde.net.file.BlockingWork;
import io.sonde.probe.Phase;
import io.sonde.probe.Reason;
import io.sonde.probe.Verdict;
import io.sonde.testkit.Outcome;
import io.sonde.testkit.ProbeRig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServicePortsTest {
  @RegisterExtension final ProbeRig rig = new ProbeRig();
  @TempDir Path folder;

  private final AtomicInteger port = new AtomicInteger(-1);
  private Path file = Path.of("/no/such/file");

  @BeforeEach
  void writeFile() throws IOException {
    file =
        Files.writeString(
            folder.resolve("services"),
            """
            # Network services, Internet style
            ssh             2222/tcp                        # moved
            tftp            69/udp
            amqp            5672/udp
            amqp            5672/tcp        amqp-alias AMQP2
            broken          x/tcp
            huge            70000/tcp
            alone
            """);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "80, 80",
    "0080, 80",
    "65535, 65535",
    "ssh, 2222",
    "SSH, 2222",
    "amqp, 5672",
    "amqp-alias, 5672",
    "amqp2, 5672",
    "https, 443",
  })
  void aPortIsANumberOrAService(String text, int expected) {
    read(text).passed();
    assertEquals(expected, port.get());
  }

  @ParameterizedTest
  @ValueSource(strings = {"65536", "-1", "+80", "", " 80", "tftp", "broken", "huge", "alone", "#"})
  void anythingElseIsAMistakeInTheTarget(String text) {
    read(text).failedIn(Phase.SETUP, Reason.CONFIG).saying("0 to 65535");
  }

  @Test
  void wellKnownServicesNeedNoFile() {
    file = folder.resolve("missing");
    read("ssh").passed();
    assertEquals(22, port.get());
    read("amqp").failedIn(Phase.SETUP, Reason.CONFIG);
  }

  private Outcome read(String text) {
    ServicePorts ports = new ServicePorts(rig.closing(new BlockingWork()), file);
    return rig.probing(
            run ->
                ports
                    .port(run, text)
                    .thenApply(
                        number -> {
                          port.set(number);
                          return Verdict.PASSED;
                        }),
            ModuleConfig.of("test", Duration.ZERO, TcpSpec.DEFAULT))
        .at(text)
        .ends();
  }
}
