package io.rowlake.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.rowlake.cli.CommandException;
import io.rowlake.cli.LocalWorker;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The fixture itself: real processes start, survive what a test does to them, and are gone afterwards. */
final class ClusterIT {

    @TempDir
    private Path directory;

    @Test
    void workerAnswersAndRefusesAnUnknownConnector() {
        try (KafkaCluster cluster = KafkaCluster.start(directory);
                LocalWorker worker = cluster.startWorker()) {
            assertThat(worker.rest().connectors()).isEmpty();
            assertThatThrownBy(() -> worker.rest().putConfig("none", Map.of("connector.class", "no.such.Connector")))
                    .isInstanceOf(CommandException.class)
                    .hasMessageStartingWith("Cannot create connector 'none': Failed to find any class that implements"
                            + " Connector and which name matches no.such.Connector");
        }
    }

    @Test
    void killedWorkerComesBackAsAnotherProcess() {
        try (KafkaCluster cluster = KafkaCluster.start(directory);
                LocalWorker worker = cluster.startWorker()) {
            long before = worker.pid();

            worker.kill();

            assertThat(isRunning(before)).isFalse();
            worker.restart();
            assertThat(worker.pid()).isNotEqualTo(before);
            assertThat(worker.rest().isHealthy()).isTrue();
        }
    }

    @Test
    void closedClusterLeavesNoProcess() {
        LocalWorker first;
        LocalWorker second;
        try (KafkaCluster cluster = KafkaCluster.start(directory)) {
            first = cluster.startWorker(settings -> settings.named("worker-1"));
            second = cluster.startWorker(settings -> settings.named("worker-2"));
        }

        assertThat(List.of(first.pid(), second.pid())).noneMatch(ClusterIT::isRunning);
        assertThat(ProcessHandle.current().children().map(ProcessHandle::info))
                .noneMatch(info -> info.commandLine().orElse("").contains(directory.toString()));
    }

    @Test
    void childrenOfAKilledParentEnd() throws IOException {
        Process parent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Drowlake.cluster.lib=" + System.getProperty("rowlake.cluster.lib"),
                        "-Drowlake.plugin.path=" + System.getProperty("rowlake.plugin.path"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ClusterParent.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<Long> children = pids(parent);
        assertThat(children).hasSize(2).allMatch(ClusterIT::isRunning);

        parent.destroyForcibly();

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(children).noneMatch(ClusterIT::isRunning));
    }

    private static List<Long> pids(Process parent) throws IOException {
        try (var output = new BufferedReader(new InputStreamReader(parent.getInputStream(), StandardCharsets.UTF_8))) {
            String line = output.lines()
                    .filter(text -> text.matches("\\d+ \\d+"))
                    .findFirst()
                    .orElseThrow();
            return Arrays.stream(line.split(" ", -1)).map(Long::valueOf).toList();
        }
    }

    private static boolean isRunning(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }
}
