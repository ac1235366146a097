package io.sonde;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.sonde.config.ProbeSpec;
import io.sonde.probe.Prober;
import io.sonde.probe.Probers;
import io.sonde.testkit.ServiceContract;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/**
 * The arrows of the design: {@code Main, cli, api -> server -> exposition, history, telemetry,
 * view, Probers -> probe.xxx -> net.* -> probe -> config}. A class may know what stands to the
 * right of it, and all may count.
 */
class ArchitectureTest {
  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.sonde");
  private static final JavaClasses TESTS =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
          .importPackages("io.sonde");

  @Test
  void configurationIsPlainData() {
    onlyKnows("io.sonde.config..", "io.sonde.config..");
    check(
        noClasses()
            .that()
            .resideInAPackage("io.sonde.config..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.netty.."));
  }

  @Test
  void countingKnowsNothingOfWhatIsCounted() {
    onlyKnows("io.sonde.count..", "io.sonde.count..");
    check(
        noClasses()
            .that()
            .resideInAPackage("io.sonde.count..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.netty..", "io.prometheus.."));
  }

  /** The jar has no more of it: see the filter in {@code pom.xml}. */
  @Test
  void ofBouncyCastleOnlyAsn1IsUsed() {
    check(
        noClasses()
            .should()
            .dependOnClassesThat(
                JavaClass.Predicates.resideInAPackage("org.bouncycastle..")
                    .and(
                        JavaClass.Predicates.resideOutsideOfPackages(
                            "org.bouncycastle.asn1..", "org.bouncycastle.util.."))));
  }

  /** So that a process that needs no condition never loads its classes. */
  @Test
  void onlyConditionsKnowTheirLibrary() {
    check(
        noClasses()
            .that()
            .haveNameNotMatching("io\\.sonde\\.config\\.Cel\\w+(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.cel..", "com.google.protobuf.."));
  }

  @Test
  void theVocabularyKnowsNoProtocolAndNoFormat() {
    check(
        classes()
            .that()
            .resideInAPackage("io.sonde.probe")
            .and(areNotTheBinder())
            .should()
            .onlyDependOnClassesThat(
                areOutsideOr("io.sonde.probe", "io.sonde.config..").and(areNotTheBinder())));
  }

  @Test
  void theNetworkKnowsNoProber() {
    check(
        classes()
            .that()
            .resideInAPackage("io.sonde.net..")
            .should()
            .onlyDependOnClassesThat(
                areOutsideOr("io.sonde.net..", "io.sonde.probe", "io.sonde.config..")
                    .and(areNotTheBinder())));
  }

  @Test
  void noProberKnowsAnother() {
    Set<String> probers =
        MAIN.stream()
            .map(JavaClass::getPackageName)
            .filter(name -> name.startsWith("io.sonde.probe."))
            .collect(Collectors.toCollection(TreeSet::new));
    for (String prober : probers) {
      check(
          classes()
              .that()
              .resideInAPackage(prober)
              .should()
              .onlyDependOnClassesThat(
                  areOutsideOr(prober, "io.sonde.net..", "io.sonde.probe", "io.sonde.config..")
                      .and(areNotTheBinder())));
    }
  }

  /** Beside them there may be a record: what a constructor takes. */
  @Test
  void aPackageOfProbersShowsNothingElse() {
    Map<String, Set<String>> probers =
        proberClasses().stream()
            .collect(
                Collectors.groupingBy(
                    JavaClass::getPackageName,
                    Collectors.mapping(
                        JavaClass::getSimpleName, Collectors.toCollection(TreeSet::new))));
    probers.forEach(
        (name, types) -> {
          Set<String> shown =
              MAIN.stream()
                  .filter(type -> type.getPackageName().equals(name))
                  .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                  .filter(type -> !type.getEnclosingClass().isPresent() && !type.isRecord())
                  .map(JavaClass::getSimpleName)
                  .collect(Collectors.toCollection(TreeSet::new));
          assertEquals(types, shown, name);
        });
  }

  @Test
  void theBinderIsTheOneClassThatKnowsEveryProber() {
    check(
        noClasses()
            .that(areNotTheBinder())
            .and()
            .resideOutsideOfPackage("io.sonde.probe.*..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.sonde.probe.*.."));
    check(
        classes()
            .that()
            .haveSimpleName("Probers")
            .should()
            .onlyDependOnClassesThat(
                areOutsideOr("io.sonde.probe..", "io.sonde.net..", "io.sonde.config..")));
  }

  @Test
  void resultsAreKeptAndRenderedByThoseWhoDoNotMeasure() {
    String[] below = {
      "io.sonde.exposition..",
      "io.sonde.history..",
      "io.sonde.telemetry..",
      "io.sonde.view..",
      "io.sonde.probe",
      "io.sonde.config.."
    };
    onlyKnows("io.sonde.exposition..", below);
    onlyKnows("io.sonde.history..", below);
    onlyKnows("io.sonde.telemetry..", below);
    onlyKnows("io.sonde.view..", below);
  }

  @Test
  void theServerKnowsNeitherCommandsNorEntry() {
    check(
        noClasses()
            .that()
            .resideInAPackage("io.sonde.server..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.sonde", "io.sonde.api..", "io.sonde.cli.."));
    check(
        noClasses()
            .that()
            .resideInAPackage("io.sonde.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.sonde"));
  }

  @Test
  void partsOfTheNetworkDoNotNeedEachOtherInCircles() {
    check(slices().matching("io.sonde.net.(*)..").should().beFreeOfCycles());
  }

  /**
   * The dialers ask the target policy first; HTTP/3 lies upon their sockets; the name servers of
   * the system are exempt; the others are about sockets of this very process.
   */
  @Test
  void nobodyConnectsPastTheTargetPolicy() {
    Set<String> connecting = new TreeSet<>();
    for (JavaClass type : MAIN) {
      boolean connects =
          type.getMethodCallsFromSelf().stream().anyMatch(ArchitectureTest::connects)
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

  private static List<JavaClass> proberClasses() {
    return MAIN.stream()
        .filter(type -> type.isAssignableTo(Prober.class) && !type.isInterface())
        .filter(type -> type.getPackageName().startsWith("io.sonde.probe."))
        .filter(type -> type.getSimpleName().endsWith("Prober"))
        .toList();
  }

  private static void onlyKnows(String packages, String... known) {
    check(
        classes()
            .that()
            .resideInAPackage(packages)
            .should()
            .onlyDependOnClassesThat(areOutsideOr(known).and(areNotTheBinder())));
  }

  private static DescribedPredicate<JavaClass> areOutsideOr(String... packages) {
    return JavaClass.Predicates.resideOutsideOfPackage("io.sonde..")
        .or(JavaClass.Predicates.resideInAPackage("io.sonde.count"))
        .or(JavaClass.Predicates.resideInAnyPackage(packages));
  }

  private static DescribedPredicate<JavaClass> areNotTheBinder() {
    return DescribedPredicate.not(
        JavaClass.Predicates.belongToAnyOf(Probers.class).as("are Probers"));
  }

  private static void check(ArchRule rule) {
    rule.allowEmptyShould(true).check(MAIN);
  }
}
