package io.rowlake.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rowlake.decode.ConnectTypeCase;
import io.rowlake.decode.SourceType;
import io.rowlake.event.MalformedEventException;
import io.rowlake.event.SourcePartition;
import io.rowlake.event.SourcePosition;
import java.util.List;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class SchemaTranslatorTest {

    private static final SourcePosition POSITION = new SourcePosition(new SourcePartition("images", 0), 4711);

    private final SchemaTranslator translator = new SchemaTranslator();

    static List<ConnectTypeCase> cases() {
        return ConnectTypeCase.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyKindAndLogicalNameIsTranslated(ConnectTypeCase known) {
        assertThat(translator.type(known.schema(), POSITION)).isEqualTo(known.type());
    }

    @Test
    void equalSchemasHaveOneType() {
        SourceType first = translator.type(row("a"), POSITION);

        SourceType second = translator.type(row("a"), POSITION);

        assertThat(second).isSameAs(first);
    }

    @Test
    void aTypeOutlivesAnyNumberOfEqualSchemas() {
        Schema kept = row("a");
        SourceType first = translator.type(kept, POSITION);
        for (int i = 0; i <= 2 * SchemaTranslator.CACHED_SCHEMAS_MAX; i++) {
            translator.type(row("a"), POSITION);
        }

        SourceType again = translator.type(kept, POSITION);

        assertThat(again).isSameAs(first);
    }

    @Test
    void aTypeIsForgottenBehindTooManyOthers() {
        SourceType first = translator.type(row("a"), POSITION);
        for (int i = 0; i < SchemaTranslator.CACHED_SCHEMAS_MAX; i++) {
            translator.type(row("b" + i), POSITION);
        }

        SourceType again = translator.type(row("a"), POSITION);

        assertThat(again).isEqualTo(first).isNotSameAs(first);
    }

    @Test
    void aSchemaThatRefersToItselfIsRefused() {
        SchemaBuilder node = SchemaBuilder.struct().name("com.example.Node");
        node.field("next", node);

        assertThatThrownBy(() -> translator.type(node, POSITION))
                .isInstanceOf(MalformedEventException.class)
                .hasMessage(
                        "Cannot decode event at images-0@4711: schema must be at most 64 levels deep but is deeper at"
                                + " 'com.example.Node', as a schema is that refers to itself; columns need a depth that ends");
    }

    @ParameterizedTest
    @EnumSource(names = {"BYTES", "ARRAY", "MAP", "STRUCT"})
    void aMapWhoseKeysHaveNoTextIsRefused(Schema.Type keys) {
        Schema map =
                SchemaBuilder.map(new SchemaBuilder(keys), Schema.STRING_SCHEMA).build();

        assertThatThrownBy(() -> translator.type(map, POSITION))
                .isInstanceOf(MalformedEventException.class)
                .hasMessage(
                        "Cannot decode event at images-0@4711: keys of a map must be strings, numbers or booleans but"
                                + " its schema has " + keys);
    }

    private static Schema row(String field) {
        return SchemaBuilder.struct().field(field, Schema.OPTIONAL_INT64_SCHEMA).build();
    }
}
