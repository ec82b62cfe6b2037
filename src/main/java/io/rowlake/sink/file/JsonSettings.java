package io.rowlake.sink.file;

/** One JSON object a line. */
public record JsonSettings(NonFinite nonFinite) implements FormatSettings {

    /** What is written for NaN and the infinities, which JSON has no numbers for. */
    public enum NonFinite {
        NULL,
        /** {@code "NaN"}, {@code "Infinity"}, {@code "-Infinity"}. */
        STRING,
        /** The same bare, as Python writes and reads it. Not valid JSON. */
        TOKEN
    }

    public static JsonSettings defaults() {
        return new JsonSettings(NonFinite.NULL);
    }
}
