package io.rowlake.decode;

import io.rowlake.decode.Layout.Shape;
import io.rowlake.decode.SourceSchema.SourceColumn;
import io.rowlake.decode.SourceType.Field;
import io.rowlake.decode.SourceType.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the columns of one topic: from an event's own schema block, the last one seen, else from the pinned
 * schema, else from the last Connect schema, else from the values seen so far.
 */
final class TopicSchemas {

    private final DecodeSettings settings;
    private @Nullable JsonBlock ownBlock;
    private @Nullable SourceSchema own;
    private @Nullable JsonBlock connectBlock;
    private @Nullable SourceType connectType;
    private @Nullable SourceSchema connect;
    private SourceSchema inferred = new SourceSchema(List.of(), List.of());

    TopicSchemas(DecodeSettings settings) {
        this.settings = settings;
    }

    /** Whether the columns are stated, by whomever, and not inferred. */
    boolean isDeclared() {
        return own != null || settings.schema().isPresent() || connect != null;
    }

    /** The same instance until it changes. */
    SourceSchema current() {
        if (own != null) {
            return own;
        }
        if (settings.schema().isPresent()) {
            return settings.schema().get();
        }
        return connect == null ? inferred : connect;
    }

    /** The schema block of an envelope that was last seen. */
    @Nullable
    JsonBlock lastOwnBlock() {
        return ownBlock;
    }

    /** The schema block beside a payload that was last seen. */
    @Nullable
    JsonBlock lastConnectBlock() {
        return connectBlock;
    }

    /** Whether the event brings no schema, or the one last seen. */
    boolean knows(Event event) {
        return isKnown(event.ownSchema, ownBlock) && isKnown(event.connectSchema, connectBlock);
    }

    /** Whether the carrier brings no type, or the one last seen. */
    @SuppressWarnings("ReferenceEquality") // Asked for each record: types are one instance for one schema.
    boolean knows(Optional<SourceType> type) {
        return type.isEmpty() || type.get() == connectType;
    }

    @SuppressWarnings("ReferenceEquality") // Who reads a block takes the last one for one of the same bytes.
    private static boolean isKnown(@Nullable JsonBlock found, @Nullable JsonBlock last) {
        return found == null || found == last;
    }

    /** Takes over the schema blocks that the event has. */
    void learn(Event event, Layout layout, Payload key) {
        if (event.ownSchema != null && !isKnown(event.ownSchema, ownBlock)) {
            JsonBlock block = event.ownSchema.copy();
            SourceSchema next =
                    PixeltableSchemas.read(block.bytes(), block.offset(), block.length(), settings.fixedArrays());
            own = next.equals(own) ? own : next;
            ownBlock = block;
        }
        if (event.connectSchema != null && !isKnown(event.connectSchema, connectBlock)) {
            JsonBlock block = event.connectSchema.copy();
            learn(ConnectJsonTypes.read(block.bytes(), block.offset(), block.length()), layout, key);
            connectBlock = block;
        }
    }

    /** Takes over a type of whole values, as far as nothing better is known. */
    void learn(SourceType root, Layout layout, Payload key) {
        Optional<SourceType> row = rowType(root, layout.shape());
        if (own == null && settings.schema().isEmpty() && row.isPresent()) {
            SourceSchema next = ConnectSchemas.rowSchema(row.get(), primaryKey(row.get(), key));
            connect = next.equals(connect) ? connect : next;
        }
        connectType = root;
    }

    private static Optional<SourceType> rowType(SourceType root, Shape shape) {
        return switch (shape) {
            case ROW -> Optional.of(root).filter(type -> type.kind() == Kind.STRUCT);
            case ENVELOPE -> ConnectSchemas.afterType(root);
        };
    }

    private static List<String> primaryKey(SourceType row, Payload key) {
        List<String> columns = row.fields().stream().map(Field::name).toList();
        List<String> names = KeyReader.names(key);
        return columns.containsAll(names) ? names : List.of();
    }

    /** Adds inferred columns. */
    void extend(List<SourceColumn> additions, List<String> primaryKey) {
        List<SourceColumn> columns = new ArrayList<>(inferred.columns());
        columns.addAll(additions);
        List<String> names = columns.stream().map(SourceColumn::name).toList();
        List<String> known = inferred.primaryKey().isEmpty() ? primaryKey : inferred.primaryKey();
        inferred = new SourceSchema(columns, names.containsAll(known) ? known : List.of());
    }
}
