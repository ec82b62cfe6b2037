package io.rowlake.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class SourceOffsetsTest {

    private static final SourcePartition FIRST = new SourcePartition("images", 0);
    private static final SourcePartition SECOND = new SourcePartition("images", 1);
    private static final SourcePartition OTHER = new SourcePartition("audio", 7);

    @Test
    void newerOffsetsReplaceOlderAndKeepTheRest() {
        SourceOffsets older = SourceOffsets.of(Map.of(FIRST, 3L, SECOND, 5L));

        SourceOffsets merged = older.updatedWith(SourceOffsets.of(Map.of(SECOND, 4L, OTHER, 1L)));

        assertThat(merged).isEqualTo(SourceOffsets.of(Map.of(FIRST, 3L, SECOND, 4L, OTHER, 1L)));
        assertThat(older).isEqualTo(SourceOffsets.of(Map.of(FIRST, 3L, SECOND, 5L)));
    }

    @Test
    void partitionsAreListedByTopicAndNumber() {
        assertThat(SourceOffsets.of(Map.of(SECOND, 5L, FIRST, 3L, OTHER, 1L)))
                .hasToString("{audio-7=1, images-0=3, images-1=5}");
    }

    @Test
    void keepsTheGivenPartitionsOnly() {
        SourceOffsets all = SourceOffsets.of(Map.of(FIRST, 3L, SECOND, 5L));

        assertThat(all.of(List.of(SECOND, OTHER))).isEqualTo(SourceOffsets.of(SECOND, 5L));
        assertThat(all.of(List.of())).isEqualTo(SourceOffsets.none());
    }

    @Test
    void anUnknownPartitionHasNoOffset() {
        assertThat(SourceOffsets.of(FIRST, 3).next(SECOND)).isEqualTo(OptionalLong.empty());
        assertThat(SourceOffsets.of(FIRST, 3).next(FIRST)).isEqualTo(OptionalLong.of(3));
        assertThat(SourceOffsets.none().isEmpty()).isTrue();
    }

    @Test
    void equalOffsetsHaveEqualHashes() {
        assertThat(SourceOffsets.of(FIRST, 3)).hasSameHashCodeAs(SourceOffsets.of(Map.of(FIRST, 3L)));
        assertThat(SourceOffsets.of(FIRST, 3)).isNotEqualTo(SourceOffsets.of(FIRST, 4));
    }

    @Test
    void aPositionPrintsAsKafkaNamesIt() {
        assertThat(new SourcePosition(FIRST, 4711)).hasToString("images-0@4711");
    }

    @Test
    void negativeNumbersAreRefused() {
        assertThatThrownBy(() -> new SourcePartition("images", -1))
                .hasMessage("partition must not be negative but was -1");
        assertThatThrownBy(() -> new SourcePosition(FIRST, -1)).hasMessage("offset must not be negative but was -1");
    }
}
