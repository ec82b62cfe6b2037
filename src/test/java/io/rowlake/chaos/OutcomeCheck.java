package io.rowlake.chaos;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Compares the rows of one destination, in the order in which they were published, with what Kafka has acknowledged.
 *
 * <p>Every sequence of every key must be there, once, after the one before it, and whole.
 */
final class OutcomeCheck {

    private static final int FINDINGS_MAX = 200;

    private final String destination;
    private final Map<String, Long> acknowledged;
    private final Map<String, BitSet> seen = new TreeMap<>();
    private final Map<String, Integer> latest = new TreeMap<>();
    private final List<String> findings = new ArrayList<>();
    private long rows;
    private long wrong;

    /** The check of a destination. For each key: how many of its sequences are acknowledged, from zero. */
    OutcomeCheck(String destination, Map<String, Long> acknowledged) {
        this.destination = destination;
        this.acknowledged = Map.copyOf(acknowledged);
    }

    /**
     * Takes the next row.
     *
     * @param place where it stands, for whoever looks into a finding
     */
    void row(SequencedRow row, String place) {
        rows++;
        int sequence = Math.toIntExact(row.sequence());
        if (!row.isWhole()) {
            finding(row, "does not fit its checksum", place);
        }
        if (sequence < 0 || sequence >= acknowledged.getOrDefault(row.key(), 0L)) {
            finding(row, "was never acknowledged", place);
            return;
        }
        BitSet ofKey = seen.computeIfAbsent(row.key(), any -> new BitSet());
        if (ofKey.get(sequence)) {
            finding(row, "stands there twice", place);
            return;
        }
        ofKey.set(sequence);
        int before = latest.getOrDefault(row.key(), -1);
        if (sequence < before) {
            finding(row, "comes after " + before, place);
        }
        latest.merge(row.key(), sequence, Math::max);
    }

    /** What is wrong, now that all rows were taken; empty where nothing is. */
    List<String> findings() {
        var all = new ArrayList<>(findings);
        long more = wrong;
        for (Map.Entry<String, Long> key : acknowledged.entrySet()) {
            BitSet ofKey = seen.getOrDefault(key.getKey(), new BitSet());
            int end = Math.toIntExact(key.getValue());
            for (int gap = ofKey.nextClearBit(0); gap < end; gap = ofKey.nextClearBit(gap + 1)) {
                more++;
                if (all.size() < FINDINGS_MAX) {
                    all.add(destination + ": " + key.getKey() + " " + gap + " is missing");
                }
            }
        }
        if (more > all.size()) {
            all.add(destination + ": and " + (more - all.size()) + " more findings");
        }
        return all;
    }

    long rows() {
        return rows;
    }

    private void finding(SequencedRow row, String what, String place) {
        wrong++;
        if (findings.size() < FINDINGS_MAX) {
            findings.add(destination + ": " + row.key() + " " + row.sequence() + " " + what + ", in " + place);
        }
    }
}
