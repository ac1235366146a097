package io.sonde.server.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.sonde.telemetry.WebStats.LoginFailure;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ComplaintsTest {
  private static final InetSocketAddress STRANGER = new InetSocketAddress("10.0.0.9", 4711);
  private final Logger logger = (Logger) LoggerFactory.getLogger("complaints");
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @BeforeEach
  void listen() {
    log.start();
    logger.addAppender(log);
    logger.setAdditive(false);
  }

  @AfterEach
  void leave() {
    logger.detachAppender(log);
  }

  private List<String> told() {
    return log.list.stream().map(event -> event.getKeyValuePairs().toString()).toList();
  }

  @Test
  void onceAMinuteItIsSaidHowOftenWhatHappened() {
    Complaints<LoginFailure> complaints =
        new Complaints<>(logger, "Refused logins", LoginFailure.class, 0);
    for (int i = 0; i < 1000; i++) {
      complaints.add(LoginFailure.WRONG, STRANGER, i);
    }
    complaints.add(LoginFailure.UNCHECKED, null, 1000);
    complaints.tell(Complaints.INTERVAL_NANOS - 1);
    assertEquals(List.of("[wrong=\"1\", latest_from=\"10.0.0.9\"]"), told());
    complaints.tell(Complaints.INTERVAL_NANOS);
    complaints.tell(3 * Complaints.INTERVAL_NANOS);
    assertEquals(
        List.of(
            "[wrong=\"1\", latest_from=\"10.0.0.9\"]",
            "[wrong=\"999\", unchecked=\"1\", latest_from=\"local\"]"),
        told());
    assertEquals("Refused logins", log.list.get(0).getMessage());
  }
}
