package io.rowlake.decode;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Named values in an order: a struct with its schema, or a map without one.
 *
 * <p>Values are null, {@link Boolean}, {@link Byte}, {@link Short}, {@link Integer}, {@link Long}, {@link Float},
 * {@link Double}, {@link java.math.BigInteger}, {@link java.math.BigDecimal}, {@link String}, {@code byte[]},
 * {@link java.nio.ByteBuffer}, {@link java.util.Date} (Connect's logical Timestamp, Date and Time, in UTC),
 * {@link List} of such values, {@link java.util.Map} of such values, and {@code Fields}.
 */
public interface Fields {

    /** The schema, empty for a map. The same instance for all records of one schema, so that it can be cached by identity. */
    Optional<SourceType> type();

    /** Names in order; for a struct those of the schema, each once. */
    List<String> names();

    /** The value at a position of {@link #names}. */
    @Nullable
    Object value(int index);

    /** The position of a name, or -1. */
    int indexOf(String name);
}
