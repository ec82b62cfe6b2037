package io.rowlake.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Locale;
import java.util.zip.CRC32;

/**
 * One record of the producer, and the row that became of it: each key counts its own from zero, and the checksum is of all
 * the rest.
 *
 * @param key as in {@code alpha-17}, the topic in front
 * @param partition that the key belongs to
 */
record SequencedRow(String key, long sequence, int partition, String payload, String checksum) {

    static SequencedRow of(String key, long sequence, int partition, String payload) {
        return new SequencedRow(key, sequence, partition, payload, checksum(key, sequence, partition, payload));
    }

    boolean isWhole() {
        return checksum.equals(checksum(key, sequence, partition, payload));
    }

    /** As the producer writes it. The texts have nothing that JSON escapes. */
    String json() {
        return "{\"k\":\"" + key + "\",\"s\":" + sequence + ",\"p\":" + partition + ",\"v\":\"" + payload
                + "\",\"c\":\"" + checksum + "\"}";
    }

    private static String checksum(String key, long sequence, int partition, String payload) {
        var crc = new CRC32();
        crc.update((key + "|" + sequence + "|" + partition + "|" + payload).getBytes(UTF_8));
        return String.format(Locale.ROOT, "%08x", crc.getValue());
    }
}
