package io.rowlake.shape;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonParser.NumberType;
import io.rowlake.event.ColumnType;
import io.rowlake.event.ColumnType.Scalar;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The types that scalars of JSON have in common. */
final class JsonScalars {

    private JsonScalars() {}

    /**
     * The type for the value that the parser is at and those before it, empty if there is none.
     *
     * @param current of the values before, null if there are none
     * @param settled whether that type stands already where only the widenings of Iceberg can change it
     */
    static Optional<ColumnType> common(@Nullable ColumnType current, JsonParser parser, boolean settled)
            throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_NUMBER_INT -> whole(current, parser);
            case VALUE_NUMBER_FLOAT -> floating(current, settled);
            case VALUE_STRING -> other(current, Scalar.STRING);
            default -> other(current, Scalar.BOOLEAN);
        };
    }

    private static Optional<ColumnType> whole(@Nullable ColumnType current, JsonParser parser) throws IOException {
        if (current == Scalar.FLOAT || current == Scalar.DOUBLE) {
            return Optional.of(current);
        }
        if (parser.getNumberType() == NumberType.BIG_INTEGER) {
            throw new MisfitException("must be a whole number of 64 bits but was " + JsonTexts.found(parser));
        }
        if (current == Scalar.INT && parser.getNumberType() == NumberType.INT) {
            return Optional.of(Scalar.INT);
        }
        return current == null || current == Scalar.INT || current == Scalar.LONG
                ? Optional.of(Scalar.LONG)
                : fixed(current);
    }

    private static Optional<ColumnType> floating(@Nullable ColumnType current, boolean settled) {
        if (current == null || (current == Scalar.LONG && !settled)) {
            return Optional.of(Scalar.DOUBLE);
        }
        return current == Scalar.FLOAT || current == Scalar.DOUBLE ? Optional.of(current) : fixed(current);
    }

    private static Optional<ColumnType> other(@Nullable ColumnType current, Scalar type) {
        if (current == null || current == type) {
            return Optional.of(type);
        }
        return fixed(current);
    }

    /** A type that no JSON asks for stays; whether a value can be taken to it shows when it is. */
    private static Optional<ColumnType> fixed(ColumnType current) {
        boolean isOfJson = current == Scalar.INT
                || current == Scalar.LONG
                || current == Scalar.FLOAT
                || current == Scalar.DOUBLE
                || current == Scalar.STRING
                || current == Scalar.BOOLEAN;
        return isOfJson ? Optional.empty() : Optional.of(current);
    }

    /** What an error calls values of a type. */
    static String name(ColumnType type) {
        if (type == Scalar.INT || type == Scalar.LONG) {
            return "a whole number";
        }
        if (type == Scalar.FLOAT || type == Scalar.DOUBLE) {
            return "a number";
        }
        if (type == Scalar.BOOLEAN) {
            return "true or false";
        }
        return type == Scalar.STRING ? "text" : "of type " + TypeText.of(type);
    }
}
