package io.rowlake.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** Rows of the three workloads as JSON bytes, the same for the same seed. */
final class JsonRows {

    private static final String NARROW_SCHEMA = """
            {"type":"struct","optional":false,"name":"narrow","fields":[\
            {"type":"int64","optional":false,"field":"id"},{"type":"string","optional":true,"field":"label"},\
            {"type":"double","optional":true,"field":"score"},{"type":"boolean","optional":true,"field":"active"},\
            {"type":"int64","optional":true,"field":"ts"}]}""";

    private static final String EMBEDDING_SCHEMA = """
            {"type":"struct","optional":false,"name":"embeddings","fields":[\
            {"type":"int64","optional":false,"field":"id"},{"type":"string","optional":true,"field":"label"},\
            {"type":"array","items":{"type":"float","optional":false},"optional":true,"field":"embedding"}]}""";

    private static final int EMBEDDING_LENGTH = 768;
    private static final int WIDE_GROUPS = 4;

    private final SplittableRandom random = new SplittableRandom(42);

    /** What a row holds. */
    enum Workload {
        /** Five scalars in 90 bytes. */
        NARROW,
        /** Twenty columns, some nested, in 775 bytes. */
        WIDE,
        /** 768 floats in 9.3 kB. */
        EMBEDDINGS
    }

    /** How a row is wrapped. */
    enum Form {
        BARE,
        /** Connect's JSON with schema. */
        CONNECT,
        /** An envelope, without its schema block. */
        ENVELOPE
    }

    static List<byte[]> of(Workload workload, Form form, int count) {
        var rows = new JsonRows();
        List<byte[]> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            values.add(wrapped(form, workload, rows.row(workload, i)).getBytes(UTF_8));
        }
        return values;
    }

    private static String wrapped(Form form, Workload workload, String row) {
        return switch (form) {
            case BARE -> row;
            case CONNECT -> "{\"schema\":" + schema(workload) + ",\"payload\":" + row + "}";
            case ENVELOPE -> "{\"op\":\"c\",\"before\":null,\"after\":" + row + ",\"ts_ms\":1782000000123}";
        };
    }

    private static String schema(Workload workload) {
        return switch (workload) {
            case NARROW -> NARROW_SCHEMA;
            case WIDE -> wideSchema();
            case EMBEDDINGS -> EMBEDDING_SCHEMA;
        };
    }

    private String row(Workload workload, int id) {
        return switch (workload) {
            case NARROW -> narrow(id);
            case WIDE -> wide(id);
            case EMBEDDINGS -> embedding(id);
        };
    }

    private String narrow(int id) {
        return String.format(
                Locale.ROOT,
                "{\"id\":%d,\"label\":\"label-%06d\",\"score\":%s,\"active\":%b,\"ts\":%d}",
                1_000_000 + id,
                random.nextInt(1_000_000),
                random.nextDouble(),
                random.nextBoolean(),
                1_782_000_000_000L + id);
    }

    private String wide(int id) {
        var row = new StringBuilder("{\"id\":").append(1_000_000 + id);
        for (int group = 0; group < WIDE_GROUPS; group++) {
            row.append(",\"title_")
                    .append(group)
                    .append("\":\"")
                    .append(text(20))
                    .append('"');
            row.append(",\"note_")
                    .append(group)
                    .append("\":\"")
                    .append(text(48))
                    .append('"');
            row.append(",\"score_").append(group).append("\":").append(random.nextDouble());
            row.append(",\"count_").append(group).append("\":").append(random.nextInt());
        }
        row.append(",\"tags\":[\"")
                .append(text(6))
                .append("\",\"")
                .append(text(7))
                .append("\",\"");
        row.append(text(5))
                .append("\"],\"place\":{\"lat\":")
                .append(random.nextDouble())
                .append(",\"lon\":");
        row.append(random.nextDouble()).append(",\"city\":\"").append(text(10)).append("\"},\"active\":");
        return row.append(random.nextBoolean()).append('}').toString();
    }

    private static String wideSchema() {
        var schema = new StringBuilder("{\"type\":\"struct\",\"optional\":false,\"name\":\"wide\",\"fields\":[");
        schema.append("{\"type\":\"int64\",\"optional\":false,\"field\":\"id\"}");
        for (int group = 0; group < WIDE_GROUPS; group++) {
            schema.append(field("string", "title_" + group)).append(field("string", "note_" + group));
            schema.append(field("double", "score_" + group)).append(field("int64", "count_" + group));
        }
        schema.append(",{\"type\":\"array\",\"items\":{\"type\":\"string\",\"optional\":false},\"optional\":true,");
        schema.append("\"field\":\"tags\"},{\"type\":\"struct\",\"optional\":true,\"field\":\"place\",\"fields\":[");
        schema.append(field("double", "lat").substring(1)).append(field("double", "lon"));
        schema.append(field("string", "city")).append("]}").append(field("boolean", "active"));
        return schema.append("]}").toString();
    }

    private static String field(String type, String name) {
        return ",{\"type\":\"" + type + "\",\"optional\":true,\"field\":\"" + name + "\"}";
    }

    private String embedding(int id) {
        var row = new StringBuilder("{\"id\":").append(1_000_000 + id).append(",\"label\":\"");
        row.append(text(12)).append("\",\"embedding\":[");
        for (int i = 0; i < EMBEDDING_LENGTH; i++) {
            row.append(i == 0 ? "" : ",").append((float) (2 * random.nextDouble() - 1));
        }
        return row.append("]}").toString();
    }

    private String text(int length) {
        var text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append((char) ('a' + random.nextInt(26)));
        }
        return text.toString();
    }
}
