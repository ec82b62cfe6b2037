package io.rowlake.decode;

import io.rowlake.batch.BatchBuilder;
import io.rowlake.decode.RowTarget.Completeness;
import io.rowlake.decode.SourceSchema.SourceColumn;
import io.rowlake.decode.Tokens.Token;
import io.rowlake.event.TableSchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Takes rows to the batch of the current schema.
 *
 * <p>Where the schema is inferred, columns that it doesn't have are gathered as {@link #additions}; the row is then to be
 * taken back and read again with the schema that has them.
 */
final class RowReader {

    private final RowTarget target;
    private final ValueReaders valueReaders = new ValueReaders();
    private final Map<String, SourceColumn> additions = new LinkedHashMap<>();
    private @Nullable SourceSchema schema;
    private @Nullable TableSchema tableSchema;
    private @Nullable RowBinding binding;
    private boolean inRecord;
    private boolean inferring;
    private boolean metTellingName;

    RowReader(RowTarget target) {
        this.target = target;
    }

    /** Forgets the batch, which its owner may have built since the last record. */
    void beginRecord() {
        inRecord = false;
    }

    /** Reads rows of a schema from now on, which must have all their columns. */
    void useDeclared(SourceSchema declared) {
        inferring = false;
        bind(declared);
        begin();
    }

    /** Reads rows from now on whose columns beyond those of the schema are inferred. No columns, no batch. */
    void useInferred(SourceSchema inferred) {
        inferring = true;
        if (inferred.columns().isEmpty() && target.destination().isEmpty()) {
            binding = null;
        } else {
            bind(inferred);
        }
        begin();
    }

    private void begin() {
        additions.clear();
        metTellingName = binding != null && binding.hasTellingNames();
    }

    @SuppressWarnings("ReferenceEquality") // Asked for each record: a schema stays one instance until it changes.
    private void bind(SourceSchema next) {
        try {
            if (next != schema || tableSchema == null) {
                tableSchema = next.tableSchema();
                schema = next;
            }
            BatchBuilder builder = target.batch(tableSchema, inferring ? Completeness.INFERRED : Completeness.DECLARED);
            if (binding == null || !binding.binds(next, builder)) {
                binding = new RowBinding(next, builder, valueReaders);
            }
            inRecord = true;
        } catch (IllegalArgumentException e) {
            throw new BadEventException("its schema does not fit: " + e.getMessage());
        }
    }

    /** The batch in use, empty before anything is known of the columns. */
    @Nullable
    BatchBuilder builder() {
        return binding == null ? null : binding.builder();
    }

    /** Takes back what was appended of this record. */
    void rollback() {
        if (binding != null && inRecord) {
            binding.builder().rollbackRow();
        }
    }

    /** The columns that were met and are not in the inferred schema. */
    List<SourceColumn> additions() {
        return List.copyOf(additions.values());
    }

    boolean hasAdditions() {
        return !additions.isEmpty();
    }

    /** Whether rows of the schema in use could be taken for something else by a look at some of their fields. */
    boolean hasTellingNames() {
        return binding != null && binding.hasTellingNames();
    }

    /** Whether a column was met, or could have been, that would tell another layout. */
    boolean metTellingName() {
        return metTellingName;
    }

    /** Appends the values of the current object. */
    void read(Tokens tokens) {
        int column = -1;
        while (tokens.next() == Token.NAME) {
            column = binding == null ? NameIndex.NONE : tokens.nameIn(binding.names(), column + 1);
            tokens.next();
            if (binding == null || column < 0) {
                readUnknown(tokens);
            } else {
                binding.read(column, tokens);
            }
        }
    }

    /**
     * Appends the values of the current object that belong to the key.
     *
     * @param key the names of its columns, or empty if every field of the object is one
     * @return whether all of them were there
     */
    boolean readKey(Tokens tokens, List<String> key) {
        int found = 0;
        boolean complete = true;
        while (tokens.next() == Token.NAME) {
            boolean wanted = key.isEmpty() || key.contains(tokens.name());
            int column = wanted && binding != null ? tokens.nameIn(binding.names(), 0) : NameIndex.NONE;
            tokens.next();
            if (!wanted) {
                tokens.skip();
            } else if (tokens.token() == Token.NULL) {
                complete = false;
            } else {
                readKeyValue(column, tokens);
                found++;
            }
        }
        return complete && found > 0 && (key.isEmpty() || found == key.size());
    }

    /** Appends the current value as that of a column. */
    void readSingle(String name, Tokens tokens) {
        if (binding != null) {
            binding.read(binding.names().indexOf(name, 0), tokens);
        }
    }

    private void readKeyValue(int column, Tokens tokens) {
        if (binding == null || column < 0) {
            readUnknown(tokens);
        } else {
            binding.read(column, tokens);
        }
    }

    private void readUnknown(Tokens tokens) {
        String name = tokens.name();
        if (!inferring) {
            throw new BadEventException("column " + Found.quoted(name) + " is not in the schema: send the schema that"
                    + " has it with the event, or add it to the pinned schema of the topic");
        }
        metTellingName |= Layout.isTellingName(name);
        if (tokens.token() == Token.NULL) {
            // Its type shows with the first value.
            return;
        }
        additions.put(name, new SourceColumn(name, inferred(name, tokens)));
    }

    private ValueForm inferred(String name, Tokens tokens) {
        Object value = Objects.requireNonNull(NeutralValues.read(tokens), "Nulls are left out");
        return target.destination()
                .flatMap(table -> table.column(name))
                .map(column -> SchemaInference.guided(value, column.type()))
                .orElseGet(() -> SchemaInference.form(value));
    }
}
