package io.sonde;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.sonde.probe.Prober;
import io.sonde.probe.Probers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The arrows of the design: {@code Main, cli, api, page -> server -> exposition, history,
 * telemetry, view, Probers -> probe.xxx -> net.* -> probe -> config}. A class may know what stands
 * to the right of it, and all may count.
 */
class ArchitectureTest {
  static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.sonde");
  static final JavaClasses TESTS =
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

  /** So that a process that exports no traces never loads its classes. */
  @Test
  void onlyTracesKnowTheirLibrary() {
    check(
        noClasses()
            .that()
            .haveNameNotMatching(
                "io\\.sonde\\.trace\\.(OtlpTracing|WatchedExporter|\\w*Span\\w*)(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.opentelemetry.."));
  }

  /** What they tell is theirs to put together; the server only asks for it. */
  @Test
  void tracesKnowWhatIsMeasuredAndNobodyWhoAsks() {
    onlyKnows(
        "io.sonde.trace..",
        "io.sonde.trace..",
        "io.sonde.telemetry..",
        "io.sonde.net.http",
        "io.sonde.probe",
        "io.sonde.config..");
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
            .resideInAnyPackage("io.sonde", "io.sonde.api..", "io.sonde.cli..", "io.sonde.page.."));
    check(
        noClasses()
            .that()
            .resideInAPackage("io.sonde.page..")
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

  static List<JavaClass> proberClasses() {
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

  static void check(ArchRule rule) {
    rule.allowEmptyShould(true).check(MAIN);
  }
}
