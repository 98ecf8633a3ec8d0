package io.warmlead;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The ground plan of the house, held by its tests. */
final class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.warmlead");

  private static final Set<String> TIMES =
      Set.of(
          "java.time.Instant",
          "java.time.LocalDate",
          "java.time.LocalDateTime",
          "java.time.OffsetDateTime",
          "java.time.ZonedDateTime");

  @Test
  void theCoreKnowsNothingOfTheShell() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "io.warmlead.ingest..",
            "io.warmlead.activity..",
            "io.warmlead.feature..",
            "io.warmlead.model..",
            "io.warmlead.temperature..",
            "io.warmlead.decay..",
            "io.warmlead.insight..",
            "io.warmlead.export..",
            "io.warmlead.audit..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.warmlead.lake..",
            "io.warmlead.pipeline..",
            "io.warmlead.cli..",
            "io.warmlead.report..",
            "io.warmlead.simulate..")
        .check(CLASSES);
  }

  @Test
  void contractsAndSettingsDependOnNoRoom() {
    noClasses()
        .that()
        .resideInAnyPackage("io.warmlead.table..", "io.warmlead.config..")
        .should()
        .dependOnClassesThat(
            JavaClass.Predicates.resideInAPackage("io.warmlead..")
                .and(
                    DescribedPredicate.not(
                        JavaClass.Predicates.resideInAnyPackage(
                            "io.warmlead.table..", "io.warmlead.config.."))))
        .check(CLASSES);
  }

  @Test
  void thePipelineKnowsNothingOfTheCommandLine() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.warmlead", "io.warmlead.cli..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.warmlead.cli..", "picocli..")
        .check(CLASSES);
  }

  @Test
  void roomsFormNoCircles() {
    slices().matching("io.warmlead.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void onlyTheLakeReadsAndWrites() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.warmlead.lake..", "io.warmlead.simulate..")
        .should()
        .callMethodWhere(
            DescribedPredicate.describe(
                "reads or writes a Spark source",
                call ->
                    call.getTargetOwner().getPackageName().startsWith("org.apache.spark.sql")
                        && Set.of("read", "readStream", "write", "writeTo", "writeStream")
                            .contains(call.getName())))
        .orShould()
        .dependOnClassesThat()
        .resideInAnyPackage("io.delta..", "org.apache.spark.sql.delta..", "org.apache.hadoop.fs..")
        .because("all doors to tables and files are in lake; settings files are read in config")
        .check(
            CLASSES.that(
                DescribedPredicate.not(
                    JavaClass.Predicates.resideInAPackage("io.warmlead.config.."))));
  }

  @Test
  void onlyMainLooksAtTheClockAndEndsTheProcess() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("io.warmlead.Main")
        .should()
        .callMethodWhere(
            DescribedPredicate.describe("looks at the clock", ArchitectureTest::looksAtTheClock))
        .orShould()
        .callMethodWhere(
            DescribedPredicate.describe(
                "ends the process",
                call ->
                    Set.of("java.lang.System.exit", "java.lang.Runtime.halt")
                        .contains(call.getTargetOwner().getName() + "." + call.getName())))
        .check(CLASSES);
  }

  @Test
  void signaturesOfCommandsNameNoSparkType() {
    fields()
        .that()
        .areDeclaredInClassesThat()
        .resideInAPackage("io.warmlead.cli..")
        .should()
        .notHaveRawType(JavaClass.Predicates.resideInAPackage("org.apache.spark.."))
        .check(CLASSES);
    int seen = 0;
    for (JavaClass command : CLASSES) {
      if (!command.getPackageName().equals("io.warmlead.cli")) {
        continue;
      }
      for (JavaMethod method : command.getMethods()) {
        seen++;
        assertThat(
                Stream.concat(
                        method.getRawParameterTypes().stream(),
                        Stream.of(method.getRawReturnType()))
                    .map(JavaClass::getName))
            .as(method.getFullName())
            .noneMatch(name -> name.startsWith("org.apache.spark"));
      }
    }
    assertThat(seen).isGreaterThan(30);
  }

  private static boolean looksAtTheClock(JavaMethodCall call) {
    String owner = call.getTargetOwner().getName();
    String name = call.getName();
    boolean isBare = call.getTarget().getRawParameterTypes().isEmpty();
    return (TIMES.contains(owner) && name.equals("now") && isBare)
        || (owner.equals("java.time.Clock") && name.startsWith("system"))
        || (owner.equals("java.lang.System") && name.equals("currentTimeMillis"))
        || (owner.equals("org.apache.spark.sql.functions")
            && Set.of("now", "current_timestamp", "current_date", "localtimestamp").contains(name));
  }
}
