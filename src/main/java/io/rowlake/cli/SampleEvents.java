package io.rowlake.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.SplittableRandom;

/** Generated inserts into a table of five scalar columns. The same number always makes the same event. */
final class SampleEvents {

    private static final long SEED = 20_261_123L;
    private static final long FIRST_TIMESTAMP_MILLIS = 1_782_000_000_000L;
    private static final List<String> LABELS =
            List.of("heron", "kingfisher", "otter", "marsh frog", "dragonfly", "water lily", "pike", "beaver");

    private final ObjectMapper json = new ObjectMapper();

    byte[] key(long number) {
        return bytes(json.createObjectNode().put("id", number));
    }

    /** An insert without a schema block: its types are found from the values. */
    byte[] value(long number) {
        var random = new SplittableRandom(SEED + number);
        ObjectNode event = json.createObjectNode().put("op", "c").putNull("before");
        event.putObject("after")
                .put("id", number)
                .put("label", LABELS.get(random.nextInt(LABELS.size())))
                .put("width", 320 + random.nextInt(3_520))
                .put("confidence", (500_000 + random.nextInt(500_000)) / 1e6)
                .put("checked", random.nextInt(4) == 0);
        event.putObject("source").put("connector", "rowlake-demo").put("table", "demo.generated");
        event.put("ts_ms", FIRST_TIMESTAMP_MILLIS + number);
        return bytes(event);
    }

    private byte[] bytes(ObjectNode node) {
        try {
            return json.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write a sample event as JSON", e);
        }
    }
}
