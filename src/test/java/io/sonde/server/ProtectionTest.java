package io.sonde.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a guard and an encryption can do, whatever they are. */
class ProtectionTest {
  private static final ResponseFields STANDING = ResponseFields.of("X-Frame-Options", "deny");

  @Test
  void fieldsThatAGuardAddsGoWithEveryAnswer() throws Exception {
    try (ServerRig rig = new ServerRig(guard(ProtectionTest::addFields))) {
      for (String path : new String[] {"/-/healthy", "/probe?target=pass", "/metrics", "/none"}) {
        assertEquals("deny", rig.get(path).header("x-frame-options"), path);
      }
      assertEquals(404, rig.get("/none").status());
    }
  }

  @Test
  void aFieldThatTheAnswerHasItselfIsNotSentTwice() throws Exception {
    ResponseFields standing =
        ResponseFields.of("x-content-type-options", "nosniff", "X-Frame-Options", "deny");
    Protection protection =
        guard(
            (root, exchange) -> {
              exchange.addFields(standing);
              root.handle(exchange);
            });
    try (ServerRig rig = new ServerRig(protection);
        Client client = rig.connect()) {
      client.raw("GET /none HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n");
      String answer = client.rest().toLowerCase(Locale.ROOT);
      assertEquals(2, answer.split("x-content-type-options: nosniff", -1).length, answer);
      assertTrue(answer.contains("x-frame-options: deny"), answer);
      assertEquals("nosniff", rig.get("/-/healthy").header("x-content-type-options"));
    }
  }

  @Test
  void aGuardAnswersInPlaceOfTheEndpoint() throws Exception {
    try (ServerRig rig = new ServerRig(guard(ProtectionTest::turnAway))) {
      Client.Answer answer = rig.get("/-/healthy");
      assertEquals(401, answer.status());
      assertEquals("Basic", answer.header("www-authenticate"));
      assertEquals("text/plain; charset=utf-8", answer.header("content-type"));
      assertEquals("Unauthorized\n", answer.body());
    }
  }

  @Test
  void aGuardKnowsWhereARequestCameFrom() throws Exception {
    BlockingQueue<InetSocketAddress> seen = new LinkedBlockingQueue<>();
    Protection protection =
        guard(
            (root, exchange) -> {
              seen.add((InetSocketAddress) exchange.remoteAddress());
              root.handle(exchange);
            });
    try (ServerRig rig = new ServerRig(protection)) {
      rig.get("/-/healthy");
      assertTrue(seen.take().getAddress().isLoopbackAddress());
    }
  }

  @Test
  void whoIsStillBeingGreetedHoldsNoStopUp() throws Exception {
    BlockingQueue<Channel> greeted = new LinkedBlockingQueue<>();
    Protection protection = new Protection(new Greeting(greeted, false), root -> root);
    try (ServerRig rig = new ServerRig(protection);
        Client client = rig.connect()) {
      assertTrue(greeted.take().isActive());
      rig.server.stop(Duration.ofMinutes(1), () -> 0);
      assertTrue(client.ended());
    }
  }

  @Test
  void httpBeginsWhenTheGreetingIsOver() throws Exception {
    BlockingQueue<Channel> greeted = new LinkedBlockingQueue<>();
    Protection protection = new Protection(new Greeting(greeted, true), root -> root);
    try (ServerRig rig = new ServerRig(protection)) {
      assertEquals("Healthy", rig.get("/-/healthy").body());
    }
  }

  private interface Guarding {
    void handle(Endpoint root, Exchange exchange);
  }

  private static Protection guard(Guarding guarding) {
    return new Protection(Encryption.NONE, root -> exchange -> guarding.handle(root, exchange));
  }

  private static void addFields(Endpoint root, Exchange exchange) {
    exchange.addFields(STANDING);
    root.handle(exchange);
  }

  private static void turnAway(Endpoint root, Exchange exchange) {
    exchange.fail(401, "Unauthorized", ResponseFields.of("WWW-Authenticate", "Basic"));
  }

  /** Takes its time before it says that the client speaks HTTP/1. */
  private record Greeting(BlockingQueue<Channel> greeted, boolean ends) implements Encryption {
    @Override
    public boolean isOn() {
      return true;
    }

    @Override
    public boolean http2() {
      return false;
    }

    @Override
    public void begin(Channel channel, Runnable http1, Runnable http2) {
      greeted.add(channel);
      channel.config().setAutoRead(false);
      if (ends) {
        channel.eventLoop().schedule(() -> end(channel, http1), 20, TimeUnit.MILLISECONDS);
      }
    }

    private static void end(Channel channel, Runnable http1) {
      http1.run();
      channel.config().setAutoRead(true);
    }
  }
}
