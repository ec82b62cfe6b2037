package io.rowlake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class FailureTraceTest {

    @Test
    void showsTheConnectorsMessageAndTheInnermostCause() {
        String trace = """
                org.apache.kafka.connect.errors.ConnectException: Exiting WorkerSinkTask due to unrecoverable exception.
                \tat org.apache.kafka.connect.runtime.WorkerSinkTask.deliverMessages(WorkerSinkTask.java:634)
                Caused by: org.apache.kafka.connect.errors.ConnectException: Cannot commit to lake.images: no space
                \tat io.rowlake.connect.LakehouseSinkTask.put(LakehouseSinkTask.java:40)
                Caused by: java.io.IOException: disk is full
                \t... 12 more
                """;

        assertThat(FailureTrace.summary(trace)).isEqualTo("Cannot commit to lake.images: no space (disk is full)");
    }

    @Test
    void showsASingleMessageOnce() {
        assertThat(FailureTrace.summary("io.rowlake.sink.SinkException: Cannot open the table: it is gone"))
                .isEqualTo("Cannot open the table: it is gone");
    }

    @Test
    void saysSoWhenThereIsNoTrace() {
        assertThat(FailureTrace.summary("")).isEqualTo("no reason was reported");
    }
}
