package io.rowlake.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The check must be able to fail. */
final class OutcomeCheckTest {

    private static final int ROWS = 100;

    private final List<SequencedRow> rows = new ArrayList<>(IntStream.range(0, ROWS)
            .mapToObj(number -> SequencedRow.of("alpha-" + number % 2, number / 2, 1, "payload" + number))
            .toList());

    @Test
    void anUntouchedOutcomeHasNoFindings() {
        assertThat(findings()).isEmpty();
    }

    @Test
    void aDroppedRowIsFound() {
        rows.remove(42);

        assertThat(findings()).containsExactly("lake: alpha-0 21 is missing");
    }

    @Test
    void theLastRowOfAKeyIsMissedToo() {
        rows.remove(ROWS - 1);

        assertThat(findings()).containsExactly("lake: alpha-1 49 is missing");
    }

    @Test
    void aDoubledRowIsFound() {
        rows.add(60, rows.get(42));

        assertThat(findings()).containsExactly("lake: alpha-0 21 stands there twice, in row 60");
    }

    @Test
    void rowsOfOneKeyThatAreSwappedAreFound() {
        Collections.swap(rows, 42, 44);

        assertThat(findings()).containsExactly("lake: alpha-0 21 comes after 22, in row 44");
    }

    @Test
    void rowsOfTwoKeysHaveNoOrder() {
        Collections.swap(rows, 42, 43);

        assertThat(findings()).isEmpty();
    }

    @Test
    void aChangedValueIsFound() {
        SequencedRow row = rows.get(42);
        rows.set(42, new SequencedRow(row.key(), row.sequence(), row.partition(), "other", row.checksum()));

        assertThat(findings()).containsExactly("lake: alpha-0 21 does not fit its checksum, in row 42");
    }

    @Test
    void aRowThatNobodySentIsFound() {
        rows.add(SequencedRow.of("alpha-0", 50, 1, "payload"));

        assertThat(findings()).containsExactly("lake: alpha-0 50 was never acknowledged, in row 100");
    }

    private List<String> findings() {
        var check = new OutcomeCheck("lake", Map.of("alpha-0", ROWS / 2L, "alpha-1", ROWS / 2L));
        for (int number = 0; number < rows.size(); number++) {
            check.row(rows.get(number), "row " + number);
        }
        return check.findings();
    }
}
