package io.rowlake;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The drawing of docs/architecture.md, executable. */
final class ArchitectureTest {

    private static final String ROOT = "io.rowlake.";

    /** Lowest first. A package may import from the layers below its own, never from a neighbour. */
    private static final List<List<String>> LAYERS = List.of(
            List.of("event"),
            List.of("batch"),
            List.of("decode", "query", "shape", "sink"),
            List.of("pipeline", "sink.iceberg", "sink.file"),
            List.of("config"),
            List.of("connect", "cli"));

    private static final JavaClasses PRODUCTION = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.rowlake");

    @Test
    void seesTheProductionClasses() {
        assertThat(PRODUCTION.size()).isGreaterThan(120);
    }

    @Test
    void everyPackageHasALayer() {
        List<String> layered =
                LAYERS.stream().flatMap(List::stream).map(name -> ROOT + name).toList();

        assertThat(PRODUCTION.stream().map(JavaClass::getPackageName).distinct())
                .isSubsetOf(layered);
    }

    @Test
    void dependenciesPointDown() {
        for (int layer = 0; layer < LAYERS.size(); layer++) {
            for (String name : LAYERS.get(layer)) {
                noClasses()
                        .that()
                        .resideInAPackage(ROOT + name)
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(notBelow(layer, name))
                        .check(PRODUCTION);
            }
        }
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.rowlake.(**)").should().beFreeOfCycles().check(PRODUCTION);
    }

    @Test
    void eventsDependOnTheJdkAlone() {
        classes()
                .that()
                .resideInAPackage("io.rowlake.event")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "io.rowlake.event", "org.jspecify.annotations")
                .check(PRODUCTION);
    }

    @Test
    void onlyTheEdgeKnowsKafkaConnect() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.rowlake.connect", "io.rowlake.cli")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.kafka.connect..")
                .check(PRODUCTION);
    }

    @Test
    void onlyTheEdgeAndTheConfigurationKnowKafka() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.rowlake.connect", "io.rowlake.cli", "io.rowlake.config")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.kafka..")
                .check(PRODUCTION);
    }

    @Test
    void onlyTheIcebergSinkAndTheCommandLineKnowIceberg() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.rowlake.sink.iceberg", "io.rowlake.cli")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.iceberg..", "org.apache.parquet..")
                .check(PRODUCTION);
    }

    @Test
    void packagesAreNullMarked() {
        assertThat(PRODUCTION.stream().map(JavaClass::getPackage).distinct())
                .allMatch(javaPackage -> javaPackage.isAnnotatedWith(NullMarked.class));
    }

    @Test
    void theCoreDoesNotReadTheClock() {
        noClasses()
                .that(resideInAnyPackage(
                        ROOT + "event..",
                        ROOT + "batch..",
                        ROOT + "decode..",
                        ROOT + "query..",
                        ROOT + "shape..",
                        ROOT + "pipeline..",
                        ROOT + "sink.."))
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Instant.class, "now")
                .check(PRODUCTION);
    }

    private static String[] notBelow(int layer, String name) {
        var forbidden = new ArrayList<String>();
        for (int other = layer; other < LAYERS.size(); other++) {
            LAYERS.get(other).stream()
                    .filter(neighbour -> !neighbour.equals(name))
                    .forEach(neighbour -> forbidden.add(ROOT + neighbour));
        }
        return forbidden.toArray(String[]::new);
    }
}
