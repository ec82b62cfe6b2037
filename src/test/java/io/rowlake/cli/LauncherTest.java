package io.rowlake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script in front of the commands, with a stand-in for Java that says what it was called with. */
final class LauncherTest {

    private static final String JAVA = """
            #!/bin/sh
            if [ "$1" = -version ]; then echo 'openjdk version "17.0.1"' >&2; exit; fi
            pwd
            for word; do last=$word; done
            echo "$last"
            """;

    @TempDir
    private Path directory;

    @Test
    void commandRunsInTheDirectoryOfTheCallerWithItsWordsAsTheyAre() throws IOException {
        Path home = builtHome();
        Path java = Files.createDirectories(directory.resolve("jdk/bin")).resolve("java");
        Files.writeString(java, JAVA);
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
        Path caller = Files.createDirectory(directory.resolve("caller")).toRealPath();

        var launcher = new ProcessBuilder(
                        home.resolve("rowlake").toString(), "export", "--set", "query=SELECT label WHERE width > 500")
                .directory(caller.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        launcher.environment().put("JAVA_HOME", directory.resolve("jdk").toString());
        String said = new String(launcher.start().getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(said.lines()).containsExactly(caller.toString(), "query=SELECT label WHERE width > 500");
    }

    private Path builtHome() throws IOException {
        Path home = Files.createDirectory(directory.resolve("home"));
        for (String each : List.of("src/main", "src/assembly", "target/plugin/rowlake/lib", "target/cluster/lib")) {
            Files.createDirectories(home.resolve(each));
        }
        Files.copy(
                Path.of(System.getProperty("rowlake.home", "."), "rowlake"),
                home.resolve("rowlake"),
                StandardCopyOption.COPY_ATTRIBUTES);
        Files.writeString(home.resolve("pom.xml"), "");
        Files.writeString(home.resolve("target/.rowlake-built"), "");
        return home;
    }
}
