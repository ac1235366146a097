package io.sonde.server.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.config.Secret;
import io.sonde.server.guard.LoginQueue.Entry;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class LoginQueueTest {
  private static final Secret HELLO =
      Secret.of("$2y$04$lvUqlysK7ydn7R021O.D5.vPvrux9Cn6qik6OCSL8zPi4y3Z0OT52");

  private final LoginQueue queue = new LoginQueue();
  private final LoginKey.Maker keys = new LoginKey.Maker();
  private final Users users = new Users(Map.of("prom", HELLO));
  private final List<String> told = new ArrayList<>();

  private record Waiter(String name, List<String> told) implements LoginQueue.Waiter {
    @Override
    public void checked(boolean isRight) {
      told.add(name + " " + isRight);
    }

    @Override
    public void refused() {
      told.add(name + " refused");
    }
  }

  private Login login(String password) {
    byte[] pair = ("prom:" + password).getBytes(StandardCharsets.UTF_8);
    String field = "Basic " + Base64.getEncoder().encodeToString(pair);
    return new Login(users, Objects.requireNonNull(Credentials.parse(field)));
  }

  private static Origin origin(int host) {
    return Origin.of(new InetSocketAddress("10.0.0." + host, 1));
  }

  private LoginKey add(int host, String password) {
    LoginKey key = login(password).key(keys);
    queue.add(key, login(password), origin(host), new Waiter(host + password, told));
    return key;
  }

  private void endNext() {
    Entry next = queue.next();
    assertNotNull(next);
    queue.end(next, false);
  }

  @Test
  void originsTakeTurnsHoweverMuchTheySend() {
    add(1, "a");
    add(1, "b");
    add(1, "c");
    add(2, "z");
    for (int i = 0; i < 4; i++) {
      endNext();
    }
    assertEquals(List.of("1a false", "2z false", "1b false", "1c false"), told);
    assertNull(queue.next());
    assertTrue(queue.isEmpty());
  }

  @Test
  void oneOriginHasAFewPlacesOnly() {
    for (int i = 0; i <= LoginQueue.MOST_OF_ONE_ORIGIN; i++) {
      add(1, "p" + i);
    }
    assertEquals(List.of("1p4 refused"), told);
  }

  @Test
  void whoHasMostWaitingMakesRoomForANewcomer() {
    for (int host = 1; host <= 4; host++) {
      for (int i = 0; i < LoginQueue.MOST_OF_ONE_ORIGIN; i++) {
        add(host, "p" + host + i);
      }
    }
    assertEquals(List.of(), told);
    add(9, "new");
    assertEquals(List.of("1p13 refused"), told);
  }

  @Test
  void aFullQueueOfManyOriginsRefusesTheNewcomer() {
    for (int host = 1; host <= LoginQueue.CAPACITY; host++) {
      add(host, "p" + host);
    }
    add(100, "q");
    assertEquals(List.of("100q refused"), told);
  }

  @Test
  void equalLoginsWaitForOneCheck() {
    add(1, "same");
    add(2, "same");
    Entry begun = queue.next();
    assertNotNull(begun);
    add(3, "same");
    assertNull(queue.next());
    queue.end(begun, true);
    assertEquals(List.of("1same true", "2same true", "3same true"), told);
  }

  @Test
  void whoLeavesIsForgottenAndSoIsALoginThatNobodyWaitsFor() {
    LoginKey key = add(1, "same");
    add(2, "same");
    queue.leave(key, new Waiter("1same", told));
    endNext();
    assertEquals(List.of("2same false"), told);
    key = add(1, "gone");
    queue.leave(key, new Waiter("1gone", told));
    assertTrue(queue.isEmpty());
    assertNull(queue.next());
    add(1, "gone");
    endNext();
    assertEquals("1gone false", told.get(1));
  }

  @Test
  void whoLeavesDuringTheCheckIsNotTold() {
    LoginKey key = add(1, "a");
    Entry begun = queue.next();
    assertNotNull(begun);
    queue.leave(key, new Waiter("1a", told));
    queue.end(begun, false);
    assertEquals(List.of(), told);
  }

  @Test
  void differentPartsNeverMakeTheSameKey() {
    Users two = new Users(Map.of("prom", Secret.of("$2y$05$" + HELLO.reveal().substring(7))));
    assertNotEquals(login("x").key(keys), login("y").key(keys));
    assertEquals(login("x").key(keys), login("x").key(keys));
    Credentials same = Objects.requireNonNull(Credentials.parse("Basic cHJvbTp4"));
    assertNotEquals(login("x").key(keys), new Login(two, same).key(keys), "another hash");
  }
}
