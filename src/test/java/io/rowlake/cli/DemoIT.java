package io.rowlake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's first command, with fewer rows. */
final class DemoIT {

    @TempDir
    private Path directory;

    @Test
    void showsWhatCameOutAndGoesOnWhereItWasWhenItIsRunAgain() {
        Shell first = demo(2_000);
        Shell second = demo(3_000);

        assertThat(first.err()).isEmpty();
        assertThat(first.exitCode()).isZero();
        assertThat(first.out())
                .contains("lake.images, 75 rows", "lake.features, 8 rows", "lake.generated, 2,000 rows")
                .contains("images, 75 rows in", "generated, 2,000 rows in")
                .contains("Look at it yourself");
        assertThat(second.exitCode()).isZero();
        assertThat(second.out())
                .contains("lake.images, 75 rows", "lake.generated, 3,000 rows", "generated, 3,000 rows in");
        assertThat(ProcessHandle.current().children().map(ProcessHandle::info))
                .noneMatch(info -> info.commandLine().orElse("").contains(directory.toString()));
    }

    private Shell demo(int rows) {
        return new Shell("demo", "--dir", directory.toString(), "--rows", String.valueOf(rows));
    }
}
