package io.rowlake.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TableNameTest {

    @Test
    void thePartAfterTheLastDotIsTheTable() {
        TableName name = TableName.parse("a.b.images");

        assertThat(name).isEqualTo(new TableName(List.of("a", "b"), "images"));
        assertThat(name).hasToString("a.b.images");
    }

    @ParameterizedTest
    @CsvSource({"images", ".images", "lake.", "a..images"})
    void aNameWithoutANamespaceIsRefused(String text) {
        assertThatThrownBy(() -> TableName.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("must be namespace-qualified, as in 'my_namespace.my_table'")
                .hasMessageStartingWith("Table name '");
    }
}
