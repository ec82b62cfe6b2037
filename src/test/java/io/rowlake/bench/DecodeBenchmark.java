package io.rowlake.bench;

import com.sun.management.ThreadMXBean;
import io.rowlake.batch.BatchBuilder;
import io.rowlake.batch.BatchFullException;
import io.rowlake.batch.BatchMemory;
import io.rowlake.bench.JsonRows.Form;
import io.rowlake.bench.JsonRows.Workload;
import io.rowlake.decode.DecodeSettings;
import io.rowlake.decode.DecodeSettings.Deletes;
import io.rowlake.decode.DecodeSettings.EventFormat;
import io.rowlake.decode.DecodeSettings.FixedArrays;
import io.rowlake.decode.Payload;
import io.rowlake.decode.RawRecord;
import io.rowlake.decode.RowTarget;
import io.rowlake.decode.TopicDecoder;
import io.rowlake.event.SourcePartition;
import io.rowlake.event.SourcePosition;
import io.rowlake.event.TableSchema;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Rows a second of CPU time, from JSON to a batch, on one thread: as bytes, which take the fast path, and as text, which takes the
 * standard path. Run its {@code main}; arguments are names of workloads.
 */
public final class DecodeBenchmark {

    private static final long BATCH_BYTES = 16 << 20;
    private static final int ROUNDS = 5;
    private static final long ROUND_NANOS = 1_000_000_000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private DecodeBenchmark() {}

    /** Prints one line for each workload, form and path. */
    public static void main(String[] arguments) {
        List<Workload> workloads = new ArrayList<>();
        for (String argument : arguments) {
            workloads.add(Workload.valueOf(argument));
        }
        for (Workload workload : workloads.isEmpty() ? List.of(Workload.values()) : workloads) {
            int count = workload == Workload.EMBEDDINGS ? 2_000 : 20_000;
            for (Form form : Form.values()) {
                List<byte[]> rows = JsonRows.of(workload, form, count);
                measure(workload, form, "bytes", rows, Payload.JsonBytes::new);
                measure(workload, form, "text", rows, DecodeBenchmark::text);
            }
        }
    }

    private static Payload text(byte[] row) {
        return new Payload.Text(new String(row, StandardCharsets.UTF_8));
    }

    private static void measure(
            Workload workload, Form form, String path, List<byte[]> rows, Function<byte[], Payload> payload) {
        var partition = new SourcePartition("rows", 0);
        List<RawRecord> records = new ArrayList<>(rows.size());
        for (byte[] row : rows) {
            var position = new SourcePosition(partition, records.size());
            records.add(new RawRecord("rows", position, 0, Payload.Absent.ABSENT, payload.apply(row)));
        }
        double best = 0;
        long bytesPerRow = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            try (Batches batches = new Batches()) {
                long allocated = THREADS.getCurrentThreadAllocatedBytes();
                long start = System.nanoTime();
                long cpuStart = THREADS.getCurrentThreadCpuTime();
                long decoded = 0;
                while (System.nanoTime() - start < ROUND_NANOS) {
                    batches.decodeAll(records);
                    decoded += records.size();
                }
                double seconds = (THREADS.getCurrentThreadCpuTime() - cpuStart) / 1e9;
                best = Math.max(best, decoded / seconds);
                bytesPerRow = Math.min(bytesPerRow, (THREADS.getCurrentThreadAllocatedBytes() - allocated) / decoded);
            }
        }
        System.out.printf(
                "%-10s %-8s %-5s %,12.0f rows/s %8.1f MB/s %,6d B allocated a row%n",
                workload, form, path, best, best * rows.get(0).length / 1e6, bytesPerRow);
    }

    /** Takes batches and throws them away. */
    private static final class Batches implements RowTarget, AutoCloseable {

        private static final DecodeSettings SETTINGS =
                new DecodeSettings(EventFormat.AUTO, Deletes.KEEP, FixedArrays.LIST, Optional.empty());

        private final BatchMemory memory = new BatchMemory();
        private final TopicDecoder decoder = new TopicDecoder(SETTINGS, this);
        private @Nullable TableSchema schema;
        private @Nullable BatchBuilder builder;

        void decodeAll(List<RawRecord> records) {
            for (RawRecord record : records) {
                try {
                    decoder.decode(record);
                } catch (BatchFullException e) {
                    finish();
                    decoder.decode(record);
                }
            }
        }

        private void finish() {
            if (builder != null && builder.rows() > 0) {
                builder.build().close();
            } else if (builder != null) {
                builder.close();
            }
            builder = null;
        }

        @Override
        public Optional<TableSchema> destination() {
            return Optional.empty();
        }

        @Override
        public BatchBuilder batch(TableSchema source, Completeness completeness) {
            if (builder == null || !source.equals(schema)) {
                finish();
                schema = source;
                builder = new BatchBuilder(memory, source, BATCH_BYTES);
            }
            return builder;
        }

        @Override
        public void close() {
            finish();
            memory.close();
        }
    }
}
