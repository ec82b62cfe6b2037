package io.rowlake.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowlake.chaos.Sequences.Row;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The checker of the chaos tests finds what is wrong. */
final class SequencesTest {

    private static final Map<String, Long> SENT = Map.of("t a", 3L);

    @Test
    void eachSequenceOnceAndInOrderIsRight() {
        assertThat(of(0, 1, 2).differenceFrom(SENT)).isEmpty();
    }

    @Test
    void aMissingRowIsFound() {
        assertThat(of(0, 2).differenceFrom(SENT)).isEqualTo(row(2) + " comes before 1; 2 rows instead of 3; ");
    }

    @Test
    void aMissingLastRowIsFound() {
        assertThat(of(0, 1).differenceFrom(SENT)).isEqualTo("t a ends at 2 instead of 3; 2 rows instead of 3; ");
    }

    @Test
    void aRowThatOccursTwiceIsFound() {
        assertThat(of(0, 1, 1, 2).differenceFrom(SENT))
                .isEqualTo(row(1) + " occurs twice or too late; 4 rows instead of 3; ");
    }

    @Test
    void rowsOutOfOrderAreFound() {
        assertThat(of(0, 2, 1).differenceFrom(SENT))
                .isEqualTo(row(2) + " comes before 1; " + row(1) + " occurs twice or too late; ");
    }

    @Test
    void aKeyThatIsMissingAltogetherIsFound() {
        assertThat(of(0, 1, 2).differenceFrom(Map.of("t a", 3L, "t b", 1L)))
                .isEqualTo("t b ends at 0 instead of 1; 3 rows instead of 4; ");
    }

    @Test
    void aRowThatWasNeverSentIsFound() {
        assertThat(of(0, 1, 2).differenceFrom(Map.of())).isEqualTo("t a was never sent; 3 rows instead of 0; ");
    }

    @Test
    void aRowThatWasChangedIsFound() {
        var seen = new Sequences();
        seen.add(new Row("t", "a", 0, 12));

        assertThat(seen.differenceFrom(Map.of("t a", 1L)))
                .isEqualTo("Row[topic=t, key=a, sequence=0, checksum=12] has a wrong checksum; ");
    }

    private static Sequences of(long... sequences) {
        var seen = new Sequences();
        List<Row> rows = Arrays.stream(sequences).mapToObj(SequencesTest::row).toList();
        rows.forEach(seen::add);
        return seen;
    }

    private static Row row(long sequence) {
        return new Row("t", "a", sequence, Sequences.checksum("t", "a", sequence));
    }
}
