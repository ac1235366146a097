package io.sonde.server.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.config.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordHashTest {
  private static final String HELLO =
      "$2y$04$lvUqlysK7ydn7R021O.D5.vPvrux9Cn6qik6OCSL8zPi4y3Z0OT52";

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"$2y$", "$2b$", "$2a$", "$2x$", "$2$"})
  void everyVersionIsCheckedAlike(String version) {
    PasswordHash hash = PasswordHash.of(version + HELLO.substring(4));
    assertEquals(4, hash.cost());
    assertTrue(hash.matches(bytes("hello")));
    assertFalse(hash.matches(bytes("hellp")));
    assertFalse(hash.matches(bytes("")));
  }

  /** Only 72 bytes count, as everywhere else. */
  @ParameterizedTest
  @CsvSource({"71, false", "72, true", "73, true", "200, true"})
  void whatIsBeyond72BytesHasNoMeaning(int length, boolean matches) {
    PasswordHash hash =
        PasswordHash.of("$2y$04$HjAmtljMqjS7D2MuB.7Pm.WEv9iaMcsePcjYPm1qN8rnv5qNsNKQi");
    assertEquals(matches, hash.matches(bytes("abcdefgh".repeat(25).substring(0, length))));
  }

  @Test
  void aDummyTakesAsLongAndBelongsToNobody() {
    PasswordHash dummy = PasswordHash.dummy(5);
    assertEquals(5, dummy.cost());
    assertEquals(60, dummy.text().length());
    assertFalse(dummy.matches(bytes("hello")));
    assertFalse(dummy.text().equals(PasswordHash.dummy(5).text()));
  }

  @Test
  void somebodyUnknownIsCheckedAtTheHighestCost() {
    Users users =
        new Users(Map.of("a", Secret.of(HELLO), "b", Secret.of("$2b$06$" + HELLO.substring(7))));
    assertEquals(6, users.hashFor("nobody").cost());
    assertFalse(users.knows("nobody"));
    assertFalse(login(users, "Basic bm9ib2R5OmhlbGxv").check());
    assertFalse(login(users, "Basic YTp3cm9uZw==").check());
    assertTrue(login(users, "Basic YTpoZWxsbw==").check());
  }

  private static Login login(Users users, String field) {
    return new Login(users, Objects.requireNonNull(Credentials.parse(field)));
  }

  @ParameterizedTest
  @CsvSource({
    "Basic YTpi, a, b",
    "basic YTpi, a, b",
    "BASIC YTpiOmM=, a, b:c",
    "Basic Og==, '', ''",
    "Basic w6k6w6k=, é, é"
  })
  void credentialsAreRead(String field, String user, String password) {
    Credentials credentials = Objects.requireNonNull(Credentials.parse(field));
    assertEquals(user, credentials.user());
    assertEquals(password, new String(credentials.password(), StandardCharsets.UTF_8));
  }
}
