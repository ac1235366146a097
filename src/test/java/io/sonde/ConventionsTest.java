package io.sonde;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static io.sonde.ArchitectureTest.MAIN;
import static io.sonde.ArchitectureTest.TESTS;
import static io.sonde.ArchitectureTest.check;
import static io.sonde.ArchitectureTest.proberClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.lang.ArchRule;
import io.sonde.config.ProbeSpec;
import io.sonde.probe.Probers;
import io.sonde.testkit.ServiceContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** What all classes have in common, wherever they stand. */
class ConventionsTest {
  private static final int MOST_LINES = 300;

  /**
   * The dialers ask the target policy first; HTTP/3 lies upon their sockets; the name servers of
   * the system are exempt; the others are about sockets of this very process.
   */
  @Test
  void nobodyConnectsPastTheTargetPolicy() {
    Set<String> connecting = new TreeSet<>();
    for (JavaClass type : MAIN) {
      boolean connects =
          type.getMethodCallsFromSelf().stream().anyMatch(ConventionsTest::connects)
              || type.getConstructorCallsFromSelf().stream()
                  .anyMatch(call -> call.getTargetOwner().getName().equals("java.net.Socket"));
      if (connects) {
        connecting.add(type.getName().replaceAll("\\$.*", "").replaceAll(".*\\.", ""));
      }
    }
    assertEquals(
        Set.of(
            "ArrivalTimes",
            "DatagramDialer",
            "Dialer",
            "DnsExchange",
            "DryServer",
            "Http3Dial",
            "LibC",
            "UnixDialer",
            "UnixSocketFile"),
        connecting);
  }

  private static boolean connects(JavaMethodCall call) {
    String owner = call.getTargetOwner().getName();
    return switch (call.getName()) {
      case "connect" -> !owner.startsWith("io.sonde.") || owner.endsWith(".LibC");
      case "newSocket", "newDatagram", "newUnixSocket" -> owner.endsWith(".Transport");
      case "openConnection", "openStream" -> owner.equals("java.net.URL");
      default -> false;
    };
  }

  @Test
  void onlyTheEntryEndsTheProcess() {
    check(
        noClasses()
            .that()
            .doNotHaveFullyQualifiedName("io.sonde.Main")
            .should()
            .callMethod(System.class, "exit", int.class)
            .orShould()
            .callMethod(Runtime.class, "exit", int.class));
  }

  @Test
  void nobodySleeps() {
    ArchRule rule = noClasses().should().callMethod(Thread.class, "sleep", long.class);
    check(rule);
    rule.check(TESTS);
  }

  @Test
  void everyPackageSaysThatNullIsTheException() {
    Set<String> unmarked =
        MAIN.stream()
            .map(JavaClass::getPackage)
            .filter(p -> p.tryGetAnnotationOfType(NullMarked.class).isEmpty())
            .map(JavaPackage::getName)
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(Set.of(), unmarked, "packages without @NullMarked in package-info.java");
  }

  @Test
  void everyKindOfProbeIsBound() {
    Set<String> bound =
        MAIN.get(Probers.class).getInstanceofChecks().stream()
            .map(check -> check.getRawType())
            .filter(type -> type.isAssignableTo(ProbeSpec.class))
            .map(JavaClass::getSimpleName)
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> wanted =
        Arrays.stream(ProbeSpec.class.getPermittedSubclasses())
            .map(Class::getSimpleName)
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(wanted, bound, "specs that Probers tells apart by instanceof");
  }

  @Test
  void everyProberKeepsTheContract() {
    Set<String> heirs =
        TESTS.stream()
            .filter(type -> type.isAssignableTo(ServiceContract.class))
            .map(JavaClass::getName)
            .collect(Collectors.toSet());
    for (JavaClass prober : proberClasses()) {
      assertTrue(
          heirs.contains(prober.getName() + "Test"),
          () -> prober.getName() + "Test extends ServiceContract");
    }
  }

  /** What is longer does more than one thing. */
  @Test
  void noFileIsLongerThanSomebodyReadsInOneGo() throws IOException {
    List<String> tooLong = new ArrayList<>();
    for (String root : List.of("src/main/java", "src/test/java")) {
      try (Stream<Path> files = Files.walk(Path.of(root))) {
        for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
          int lines = Files.readAllLines(file).size();
          if (lines > MOST_LINES) {
            tooLong.add(file + " has " + lines + " lines");
          }
        }
      }
    }
    assertEquals(List.of(), tooLong);
  }
}
