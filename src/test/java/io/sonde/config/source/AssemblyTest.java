package io.sonde.config.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.config.ConfigException;
import io.sonde.config.ConfigLoader;
import io.sonde.config.PolicyPreset;
import io.sonde.config.TargetPolicySpec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AssemblyTest {
  private static final String BROKEN = "modules: {x: {prober: nope}}";

  private final Assembly strict = new Assembly(ConfigLoader::parse, false);
  private final Assembly keeping = new Assembly(ConfigLoader::parse, true);

  @Test
  void modulesOfAllFilesAreJoined() throws Exception {
    Assembled all = strict.join(List.of(text("a.yml", "one"), text("b.yml", "two", "three")));
    assertEquals(Set.of("one", "two", "three"), all.config().modules().keySet());
    assertEquals(Map.of("a.yml", true, "b.yml", true), all.files());
    assertNull(all.failure());
  }

  @Test
  void aNameInTwoFilesIsAProblemThatNamesBothPlaces() {
    ConfigException e =
        assertThrows(
            ConfigException.class,
            () -> strict.join(List.of(text("a.yml", "x", "one"), text("b.yml", "y", "one"))));
    String message = String.valueOf(e.getMessage());
    assertTrue(message.startsWith("error parsing config file: "), message);
    assertTrue(
        message.contains("module \"one\" is already defined in a.yml:3:3 (b.yml:3:3"), message);
  }

  @Test
  void aNewFileCannotTakeANameThatAnOlderOneHasEvenIfItComesFirst() throws Exception {
    ConfigText old = text("b.yml", "one");
    strict.join(List.of(old));
    assertThrows(ConfigException.class, () -> strict.join(List.of(text("a.yml", "one"), old)));
    keeping.join(List.of(old));
    Assembled all = keeping.join(List.of(text("a.yml", "one", "two"), old));
    assertEquals(Set.of("one"), all.config().modules().keySet());
    assertEquals(Map.of("a.yml", false, "b.yml", true), all.files());
    assertEquals(List.of("a.yml"), all.config().absentFiles());
  }

  @Test
  void aModuleCanMoveFromOneFileToAnother() throws Exception {
    keeping.join(List.of(text("a.yml", "one", "two"), text("b.yml", "three")));
    Assembled all = keeping.join(List.of(text("a.yml", "one"), text("b.yml", "three", "two")));
    assertNull(all.failure());
    assertEquals(Set.of("one", "two", "three"), all.config().modules().keySet());
  }

  @Test
  void allProblemsOfAllFilesAreTold() {
    ConfigException e =
        assertThrows(
            ConfigException.class,
            () -> strict.join(List.of(of("a.yml", BROKEN), of("b.yml", BROKEN))));
    assertEquals(List.of("a.yml", "b.yml"), e.problems().stream().map(p -> p.file()).toList());
  }

  @Test
  void anUnchangedTextIsNotParsedAgain() throws Exception {
    ConfigText a = text("a.yml", "one");
    Assembled before = strict.join(List.of(a, text("b.yml", "two")));
    Assembled after = strict.join(List.of(a, text("b.yml", "three")));
    assertSame(before.config().modules().get("one"), after.config().modules().get("one"));
    assertEquals(1, after.fresh().size());
    assertNotEquals(before.hash(), after.hash());
  }

  @Test
  void aBadFileKeepsItsLastGoodModulesWhileOthersChange() throws Exception {
    Assembled good = keeping.join(List.of(text("a.yml", "one"), text("b.yml", "two")));
    Assembled all = keeping.join(List.of(of("a.yml", BROKEN), text("b.yml", "three")));
    assertEquals(Set.of("one", "three"), all.config().modules().keySet());
    assertEquals(Map.of("a.yml", false, "b.yml", true), all.files());
    assertTrue(
        String.valueOf(Objects.requireNonNull(all.failure()).getMessage()).contains("a.yml:1:"));
    Assembled again = keeping.join(List.of(text("a.yml", "one"), text("b.yml", "two")));
    assertNull(again.failure());
    assertEquals(good.hash(), again.hash());
  }

  @Test
  void atTheFirstLoadABadFileIsLeftOutAndNamed() throws Exception {
    Assembled all = keeping.join(List.of(of("a.yml", BROKEN), text("b.yml", "two")));
    assertEquals(List.of("a.yml"), all.config().absentFiles());
    assertEquals(Set.of("two"), all.config().modules().keySet());
    assertThrows(
        ConfigException.class,
        () -> new Assembly(ConfigLoader::parse, true).join(List.of(of("a.yml", BROKEN))));
  }

  @Test
  void aFileWithAPolicyThatNeverLoadedForbidsEverything() throws Exception {
    ConfigText broken = of("p.yml", "modules: {}\ntarget_policy: {preset: nope}\n");
    Assembled all = keeping.join(List.of(broken, text("b.yml", "two")));
    assertEquals(List.of(TargetPolicySpec.NOBODY), all.config().targetPolicies());
  }

  @Test
  void aPolicyStaysInForceWhileItsFileIsBrokenOrCannotBeRead() throws Exception {
    ConfigText good = of("p.yml", "modules: {}\ntarget_policy: {preset: remote}\n");
    List<TargetPolicySpec> policy =
        keeping.join(List.of(good, text("b.yml", "two"))).config().targetPolicies();
    assertEquals(List.of(TargetPolicySpec.of(PolicyPreset.REMOTE)), policy);
    for (ConfigText bad : List.of(of("p.yml", BROKEN), ConfigText.read(Path.of("p.yml")))) {
      Assembled all = keeping.join(List.of(bad, text("b.yml", "three")));
      assertEquals(policy, all.config().targetPolicies());
      assertEquals(Set.of("three"), all.config().modules().keySet());
      assertEquals(Map.of("p.yml", false, "b.yml", true), all.files());
    }
  }

  @Test
  void nothingIsLoadedBesideAFileThatNobodyCouldEverRead() throws Exception {
    ConfigText unread = ConfigText.read(Path.of("none.yml"));
    ConfigText one = text("b.yml", "one");
    assertThrows(ConfigException.class, () -> keeping.join(List.of(unread, one)));
    keeping.join(List.of(one));
    assertThrows(ConfigException.class, () -> keeping.join(List.of(unread, text("b.yml", "two"))));
    assertEquals(Set.of("one"), keeping.join(List.of(one)).config().modules().keySet());
  }

  @Test
  void whatALastGoodFileLostToAnotherIsNotInForceWhenItComesBack() throws Exception {
    ConfigText first = text("a.yml", "one", "two");
    keeping.join(List.of(first, text("b.yml", "three")));
    keeping.join(List.of(of("a.yml", BROKEN), text("b.yml", "three")));
    Assembled taken = keeping.join(List.of(of("a.yml", BROKEN), text("b.yml", "two")));
    assertEquals(Map.of("a.yml", false, "b.yml", false), taken.files());
    Assembled back = keeping.join(List.of(first, text("b.yml", "four")));
    assertNull(back.failure());
    assertEquals(Set.of("one", "two", "four"), back.config().modules().keySet());
  }

  @Test
  void aFileThatIsGoneTakesItsModulesWithIt() throws Exception {
    keeping.join(List.of(text("a.yml", "one"), text("b.yml", "two")));
    Assembled all = keeping.join(List.of(text("b.yml", "two")));
    assertEquals(Set.of("two"), all.config().modules().keySet());
    assertEquals(Set.of("b.yml"), all.files().keySet());
  }

  @Test
  void theHashOfOneFileIsThatOfItsBytes() throws Exception {
    assertEquals(
        "384ca157", strict.join(List.of(of("a.yml", "modules: {}\n"))).hash().substring(0, 8));
  }

  private static ConfigText text(String file, String... modules) {
    StringBuilder text = new StringBuilder("modules:\n");
    for (String module : modules) {
      text.append("  ").append(module).append(": {prober: tcp}\n");
    }
    return of(file, text.toString());
  }

  private static ConfigText of(String file, String text) {
    return ConfigText.of(file, text.getBytes(StandardCharsets.UTF_8));
  }
}
