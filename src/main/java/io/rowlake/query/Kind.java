package io.rowlake.query;

import io.rowlake.event.ColumnType;
import io.rowlake.event.ColumnType.DecimalType;
import io.rowlake.event.ColumnType.Scalar;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an expression's values are while it is evaluated. Columns of 32 bits count as the wider type. */
enum Kind {
    BOOLEAN(Scalar.BOOLEAN),
    WHOLE(Scalar.LONG),
    FRACTION(Scalar.DOUBLE),
    /** Numbers of a fixed scale: compared and cast, but not computed with. */
    DECIMAL(null),
    TEXT(Scalar.STRING),
    DATE(Scalar.DATE),
    TIME(Scalar.TIME),
    TIMESTAMP(Scalar.TIMESTAMP),
    LOCAL_TIMESTAMP(Scalar.LOCAL_TIMESTAMP),
    TIMESTAMP_NANO(Scalar.TIMESTAMP_NANO),
    LOCAL_TIMESTAMP_NANO(Scalar.LOCAL_TIMESTAMP_NANO),
    UUID(Scalar.UUID),
    BINARY(Scalar.BINARY),
    JSON(Scalar.JSON),
    /** Nothing but nulls: the literal, or a column that isn't there yet. */
    NULL(null);

    static final Set<Kind> NUMBERS = EnumSet.of(WHOLE, FRACTION, DECIMAL);
    static final Set<Kind> TIMES =
            EnumSet.of(DATE, TIME, TIMESTAMP, LOCAL_TIMESTAMP, TIMESTAMP_NANO, LOCAL_TIMESTAMP_NANO);

    private final @Nullable Scalar type;

    Kind(@Nullable Scalar type) {
        this.type = type;
    }

    /** The type of a column of such values, empty where none can be made of them. */
    Optional<Scalar> type() {
        return Optional.ofNullable(type);
    }

    /** How errors call it. */
    String text() {
        return type == null ? name().toLowerCase(Locale.ROOT) : type.toString();
    }

    /** What values of a column type are, empty for lists, structs and media. */
    static Optional<Kind> of(ColumnType type) {
        if (type instanceof DecimalType) {
            return Optional.of(DECIMAL);
        }
        return type instanceof Scalar scalar ? Optional.of(of(scalar)) : Optional.empty();
    }

    private static Kind of(Scalar type) {
        return switch (type) {
            case STRING -> TEXT;
            case INT, LONG -> WHOLE;
            case FLOAT, DOUBLE -> FRACTION;
            case BOOLEAN -> BOOLEAN;
            case TIMESTAMP -> TIMESTAMP;
            case LOCAL_TIMESTAMP -> LOCAL_TIMESTAMP;
            case TIMESTAMP_NANO -> TIMESTAMP_NANO;
            case LOCAL_TIMESTAMP_NANO -> LOCAL_TIMESTAMP_NANO;
            case DATE -> DATE;
            case TIME -> TIME;
            case UUID -> UUID;
            case BINARY -> BINARY;
            case JSON, VARIANT -> JSON;
        };
    }
}
