package io.rowlake.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.rowlake.event.SourceOffsets;
import io.rowlake.event.SourcePartition;
import io.rowlake.sink.SinkException;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The end of the source when the connector was started, as its tasks are told: JSON of topic to partition to offset, zero
 * for a partition without records.
 */
public final class ReplaceUntil {

    private static final JsonMapper JSON = new JsonMapper();
    private static final TypeReference<Map<String, Map<Integer, Long>>> FORM = new TypeReference<>() {};

    private ReplaceUntil() {}

    /** The text for {@link SinkOptions#REPLACE_UNTIL}. */
    public static String text(Map<SourcePartition, Long> ends) {
        SortedMap<String, SortedMap<Integer, Long>> byTopic = new TreeMap<>();
        ends.forEach((partition, end) -> byTopic.computeIfAbsent(partition.topic(), topic -> new TreeMap<>())
                .put(partition.partition(), end));
        try {
            return JSON.writeValueAsString(byTopic);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write numbers as JSON", e);
        }
    }

    /**
     * The ends of the topics that go to one table.
     *
     * @throws SinkException if the ends are known, and none of the topics goes there
     */
    static SourceOffsets of(@Nullable String text, String table, Predicate<String> goesThere) {
        if (text == null) {
            return SourceOffsets.none();
        }
        Map<SourcePartition, Long> ends = new HashMap<>();
        boolean anyTopic = false;
        for (Map.Entry<String, Map<Integer, Long>> topic : parse(text).entrySet()) {
            if (goesThere.test(topic.getKey())) {
                anyTopic = true;
                topic.getValue().forEach((partition, end) -> {
                    if (end > 0) {
                        ends.put(new SourcePartition(topic.getKey(), partition), end);
                    }
                });
            }
        }
        if (!anyTopic) {
            throw new SinkException("Cannot replace '" + table + "': none of the connector's topics "
                    + parse(text).keySet() + " goes there by its own name, so it can't be told when the new content is"
                    + " complete. Don't rename topics by a transform where an existing target is replaced");
        }
        return SourceOffsets.of(ends);
    }

    private static Map<String, Map<Integer, Long>> parse(String text) {
        try {
            return JSON.readValue(text, FORM);
        } catch (JsonProcessingException e) {
            throw new SinkException(
                    SinkOptions.REPLACE_UNTIL + " must be JSON of topic to partition to offset but was " + text, e);
        }
    }
}
