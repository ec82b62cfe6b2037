package io.rowlake.shape;

/**
 * What columns become on their way to a destination.
 *
 * @param json what becomes of columns of JSON
 * @param floatWidth what Pixeltable's Float, and every column of 64-bit floating point numbers, becomes
 * @param overrides types that hold whatever else is said here
 * @param media what becomes of media
 */
public record ShapeSettings(JsonMode json, FloatWidth floatWidth, TypeOverrides overrides, MediaSettings media) {

    /** What becomes of columns of JSON. */
    public enum JsonMode {
        /** The type that all values have in common: struct, list or scalar, with the union of the keys met. */
        STRUCT,
        /** A column of variants, which takes any value. */
        VARIANT,
        /** The text as it is. In files that are JSON themselves, the value. */
        STRING
    }

    /** What becomes of columns of doubles that are not within another column. */
    public enum FloatWidth {
        FLOAT,
        DOUBLE
    }

    /** JSON as text, doubles as they are, media as their URLs. */
    public static ShapeSettings plain() {
        return new ShapeSettings(JsonMode.STRING, FloatWidth.DOUBLE, TypeOverrides.NONE, MediaSettings.plain());
    }
}
