package io.sonde.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.probe.Trail.Level;
import io.sonde.testkit.Network;
import io.sonde.testkit.Outcome;
import io.sonde.testkit.ProbeRig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The known ways to reach through a prober whom it should not. */
class PivotTest {
  private static final Path PAGE = Path.of("docs/security.md");

  @RegisterExtension final ProbeRig rig = new ProbeRig();
  private Network network;

  @BeforeEach
  void open() {
    network = rig.closing(new Network(PivotScene.HOSTS));
  }

  static List<Pivot> pivots() {
    return Stream.of(
            DirectPivots.spellings(),
            DirectPivots.names(),
            DirectPivots.probers(),
            DetourPivots.redirects(),
            DetourPivots.proxies(),
            DetourPivots.tokens(),
            RulePivots.all())
        .flatMap(List::stream)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("pivots")
  void aPivotIsBlockedBeforeAnythingIsSent(Pivot pivot) {
    PivotScene scene = pivot.scene().apply(new PivotScene(rig, network));
    Outcome outcome =
        scene.isProtected().failedIn(pivot.phase(), Reason.BLOCKED_BY_POLICY).saying(pivot.rule());
    assertTrue(
        outcome.notes(Level.WARN).contains("Blocked by target policy")
            || pivot.phase() == Phase.SETUP,
        "noted");
    scene.demandUntouched();
  }

  /** So that the tests above fail for no other reason. */
  @ParameterizedTest
  @MethodSource("pivots")
  void withoutPolicyItLeadsThere(Pivot pivot) {
    PivotScene scene = pivot.scene().apply(new PivotScene(rig, network));
    Outcome outcome = scene.unprotected();
    Failure failure = outcome.result().verdict().failure();
    assertNotEquals(
        Reason.BLOCKED_BY_POLICY, failure == null ? null : failure.reason(), "no policy");
    scene.demandReached();
  }

  @Test
  void theDocumentListsEveryPivot() throws Exception {
    List<String> rows = new ArrayList<>();
    for (Pivot pivot : pivots()) {
      rows.add(pivot.row(rows.size() + 1));
    }
    List<String> listed =
        Files.readAllLines(PAGE).stream().filter(line -> line.matches("\\| \\d+ \\|.*")).toList();
    assertEquals(String.join("\n", rows), String.join("\n", listed));
  }
}
