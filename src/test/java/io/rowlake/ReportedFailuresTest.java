package io.rowlake;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/reported-failures.md names tests, which must be there. */
final class ReportedFailuresTest {

    private static final Pattern NAMED_TEST = Pattern.compile("`([A-Z]\\w+)#(\\w+)`");
    private static final int ROWS_MIN = 50;

    @Test
    void everyRowNamesTestsThatExist() throws IOException {
        List<String> rows = rows();
        Map<String, String> sources = sources();

        assertThat(rows)
                .hasSizeGreaterThan(ROWS_MIN)
                .allMatch(row -> NAMED_TEST.matcher(row).find());
        assertThat(rows.stream()
                        .flatMap(row -> NAMED_TEST.matcher(row).results())
                        .filter(test -> !isTest(sources.getOrDefault(test.group(1), ""), test.group(2)))
                        .map(MatchResult::group))
                .isEmpty();
    }

    @Test
    void theConnectorWritesToNoTopic() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.rowlake.cli")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.kafka.clients.producer..")
                .check(new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("io.rowlake"));
    }

    private static boolean isTest(String source, String method) {
        return Pattern.compile("@(Test|RepeatedTest|Property|ParameterizedTest)\\b[^;{}]*\\bvoid " + method + "\\(")
                .matcher(source.replaceAll("\"[^\"\n]*\"", "").replaceAll("[(=]\\s*\\{[^{}]*}", ""))
                .find();
    }

    /** The lines of the tables, without their heads. */
    private static List<String> rows() throws IOException {
        return Files.readAllLines(Path.of("docs", "reported-failures.md")).stream()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| Report "))
                .toList();
    }

    /** The tests' sources by the name of the class; those of one name in two packages together. */
    private static Map<String, String> sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src", "test", "java"))) {
            return files.filter(path -> path.toString().endsWith(".java"))
                    .filter(path -> !path.endsWith("package-info.java"))
                    .collect(Collectors.toMap(
                            path -> path.getFileName().toString().replace(".java", ""),
                            ReportedFailuresTest::read,
                            String::concat));
        }
    }

    private static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
