package io.rowlake.chaos;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;

/** Which sequences of each key a destination has, and everything that is wrong with them. */
final class Sequences {

    private static final int SHOWN_MAX = 20;

    private final Map<String, Seen> byKey = new TreeMap<>();
    private final StringBuilder wrong = new StringBuilder();
    private long rows;
    private long faults;

    /** The sequences of one key. */
    private static final class Seen {
        private long next;
    }

    /** The checksum that a row carries. */
    static long checksum(String topic, String key, long sequence) {
        var crc = new CRC32();
        crc.update((topic + "|" + key + "|" + sequence).getBytes(StandardCharsets.UTF_8));
        return crc.getValue();
    }

    /** Takes a row. Rows of a key have to come in the order in which the destination has them. */
    void add(Row row) {
        rows++;
        if (row.checksum() != checksum(row.topic(), row.key(), row.sequence())) {
            report(row + " has a wrong checksum");
        }
        Seen seen = byKey.computeIfAbsent(row.topic() + " " + row.key(), any -> new Seen());
        if (row.sequence() == seen.next) {
            seen.next++;
        } else {
            report(row + (row.sequence() < seen.next ? " occurs twice or too late" : " comes before " + seen.next));
            seen.next = Math.max(seen.next, row.sequence() + 1);
        }
    }

    /** One row of a destination. */
    record Row(String topic, String key, long sequence, long checksum) {}

    /** Says what is wrong, if the destination has not each sequence once up to those that were sent; else empty. */
    String differenceFrom(Map<String, Long> sent) {
        var missing = new StringBuilder();
        sent.forEach((key, end) -> {
            Seen seen = byKey.get(key);
            long has = seen == null ? 0 : seen.next;
            if (has != end) {
                missing.append(key)
                        .append(" ends at ")
                        .append(has)
                        .append(" instead of ")
                        .append(end)
                        .append("; ");
            }
        });
        byKey.keySet().stream()
                .filter(key -> !sent.containsKey(key))
                .forEach(key -> missing.append(key).append(" was never sent; "));
        long expected = sent.values().stream().mapToLong(Long::longValue).sum();
        if (rows != expected) {
            missing.append(rows).append(" rows instead of ").append(expected).append("; ");
        }
        return wrong.toString() + missing;
    }

    long rows() {
        return rows;
    }

    private void report(String what) {
        faults++;
        if (faults <= SHOWN_MAX) {
            wrong.append(what).append("; ");
        }
    }
}
