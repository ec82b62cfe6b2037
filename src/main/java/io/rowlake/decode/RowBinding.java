package io.rowlake.decode;

import io.rowlake.batch.BatchBuilder;
import io.rowlake.batch.ValueAppender;
import io.rowlake.decode.SourceSchema.SourceColumn;
import java.util.List;

/** The columns of a source schema tied to those of one batch. */
final class RowBinding {

    private final SourceSchema schema;
    private final BatchBuilder builder;
    private final NameIndex names;
    private final ValueReader[] readers;
    private final ValueAppender[] appenders;
    private final int[] targets;
    private final boolean hasTellingNames;

    RowBinding(SourceSchema schema, BatchBuilder builder, ValueReaders valueReaders) {
        List<SourceColumn> columns = schema.columns();
        this.schema = schema;
        this.builder = builder;
        this.names = new NameIndex(columns.stream().map(SourceColumn::name).toList());
        this.hasTellingNames = columns.stream().anyMatch(column -> Layout.isTellingName(column.name()));
        this.readers = new ValueReader[columns.size()];
        this.appenders = new ValueAppender[columns.size()];
        this.targets = new int[columns.size()];
        for (int i = 0; i < readers.length; i++) {
            targets[i] = builder.schema().indexOf(names.name(i));
            appenders[i] = builder.column(targets[i]);
            readers[i] = valueReaders.reader(columns.get(i).form(), appenders[i].type());
        }
    }

    /** Whether the binding is that of the schema and the batch. */
    @SuppressWarnings("ReferenceEquality") // Asked for each record: a schema stays one instance until it changes.
    boolean binds(SourceSchema otherSchema, BatchBuilder otherBuilder) {
        return schema == otherSchema && builder == otherBuilder;
    }

    BatchBuilder builder() {
        return builder;
    }

    NameIndex names() {
        return names;
    }

    /** Whether rows of the schema could be taken for something else by a look at some of their fields. */
    boolean hasTellingNames() {
        return hasTellingNames;
    }

    /** Appends the current value of the tokens. */
    void read(int column, Tokens tokens) {
        if (builder.isSet(targets[column])) {
            throw new BadEventException(
                    "the row must have each column once but has " + Found.quoted(names.name(column)) + " twice");
        }
        try {
            readers[column].read(tokens, appenders[column]);
        } catch (WrongValueException problem) {
            throw problem.inColumn(names.name(column));
        }
    }
}
