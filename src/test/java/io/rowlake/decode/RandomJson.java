package io.rowlake.decode;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Values of topics as JSON, among them what hardly any source writes, and bytes that were broken at random. */
final class RandomJson {

    /** Every class of type, and lists of fixed and of free length. */
    static final String SCHEMA = """
            {"primary_key": ["label"], "columns": {
              "label": {"_classname": "StringType"}, "whole": {"_classname": "IntType"},
              "real": {"_classname": "FloatType"}, "flag": {"_classname": "BoolType"},
              "at": {"_classname": "TimestampType"}, "day": {"_classname": "DateType"},
              "uuid": {"_classname": "UUIDType"}, "raw": {"_classname": "BinaryType"},
              "json": {"_classname": "JsonType"}, "image": {"_classname": "ImageType"},
              "vector": {"_classname": "ArrayType", "shape": [null], "numpy_dtype": "float32"},
              "grid": {"_classname": "ArrayType", "shape": [2, 2], "numpy_dtype": "float64"},
              "\\u00e4": {"_classname": "StringType"}}}""";

    private static final List<String> SCHEMAS =
            List.of(SCHEMA, SCHEMA.replace("null]", "6]"), SCHEMA.replace("Int", "Float"));

    private static final List<String> CONNECT_SCHEMAS = List.of("""
            {"type":"struct","fields":[{"field":"label","type":"string"},{"field":"real","type":"double"}]}""", """
            {"type":"struct","fields":[{"field":"label","type":"string"},{"field":"real","type":"float"},
             {"field":"more","type":"array","items":{"type":"int32"}}]}""");

    private static final List<String> NAMES = List.of(
            "label", "whole", "real", "flag", "at", "day", "uuid", "raw", "json", "image", "vector", "grid", "ä");

    private static final List<String> NUMBERS = List.of(("0 -0 1 -1 16777216 16777217 2147483648 9007199254740992"
                    + " 9007199254740993 9223372036854775807 9223372036854775808 -9223372036854775808"
                    + " -9223372036854775809 10000000000000000000 123456789012345678901234567890 0.0 -0.0 0.1 1.50 1e5"
                    + " 1E+5 1e-5 1.0 12.5e1 1e22 1e23 1e-400 1e400 1e99999 1e-99999 4.9e-324 2.4703282292062327e-324"
                    + " 2.2250738585072011e-308 2.2250738585072014e-308 1.7976931348623157e308"
                    + " 1.7976931348623159e308 3.4028235677973366e38 3.4028236e38 9007199254740993.0"
                    + " 9007199254740992.5 0.30000000000000004 0.000000000000000000000000000012345678901234567"
                    + " 0.1234567890123456789012345678901234567890 8.5e-1 01 00 1. 1.e5 .5 - -. +1 1e 1e+ 1.5e- 0x1"
                    + " 1_0 NaN Infinity -Infinity INF -INF +INF -NaN")
            .split(" "));

    private static final List<String> TEXTS = List.of(
            "",
            "x",
            "plain text of some length, longer than a word",
            "\\n\\r\\t\\b\\f\\/\\\\\\\"",
            "\\u0041\\u00e4\\u20AC",
            "\\ud83d\\ude00 and 😀 and ä€",
            "\\ud83d",
            "\\ude00x",
            "\\u12",
            "\\x",
            "\u0001",
            "\u007f",
            "tab\there",
            "2026-01-31T12:00:00.000001Z",
            "2026-01-31",
            "6f9619ff-8b86-d011-b42d-00c04fc964ff",
            "aGVsbG8=",
            "NaN",
            "-Infinity",
            "s3://example-bucket/a.jpg");

    private final Random random;

    RandomJson(Random random) {
        this.random = random;
    }

    /** A row, an envelope, or Connect's JSON with a schema that says nothing; at times broken. */
    byte[] value() {
        byte[] whole = text().getBytes(UTF_8);
        return random.nextInt(3) == 0 ? broken(whole) : whole;
    }

    private String text() {
        return switch (random.nextInt(40)) {
            case 0 ->
                object("op", "\"c\"", "after", row(), "ts_ms", number(), "source", "{\"ts_ms\":" + number() + "}");
            case 1 -> object("op", "\"" + "curdtx".charAt(random.nextInt(6)) + "\"", "before", any(3), "after", row());
            case 2 -> object("schema", "null", "payload", row());
            case 3 -> object("op", any(2), "after", any(3), "before", row(), "schema", any(2), "foreign", any(2));
            case 4 -> any(6);
            case 5 -> object("op", "\"c\"", "after", row(), "ts_ms", "1", "schema", one(SCHEMAS));
            case 6 -> object("schema", one(CONNECT_SCHEMAS), "payload", connectRow());
            default -> row();
        };
    }

    private String row() {
        List<String> names = new ArrayList<>(NAMES);
        if (random.nextInt(4) == 0) {
            Collections.shuffle(names, random);
        }
        if (random.nextInt(60) == 0) {
            names.add(NAMES.get(random.nextInt(NAMES.size())));
        }
        List<String> fields = new ArrayList<>();
        for (String name : names) {
            if (random.nextInt(5) > 0) {
                fields.add(random.nextInt(40) == 0 ? name.replace("ä", "\\u00e4") : name);
                fields.add(random.nextInt(200) == 0 ? any(2) : column(name));
            }
        }
        return object(fields.toArray(String[]::new));
    }

    private String connectRow() {
        return random.nextBoolean()
                ? object("label", quoted(), "real", goodNumber(), "more", list("1", "2"))
                : object("real", goodNumber(), "label", quoted());
    }

    private String one(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private String column(String name) {
        return switch (random.nextInt(8) == 0 ? "null" : name) {
            case "null" -> "null";
            case "whole" -> Integer.toString(random.nextInt());
            case "real" -> goodNumber();
            case "flag" -> Boolean.toString(random.nextBoolean());
            case "at" -> "\"2026-01-31T12:00:00.000001Z\"";
            case "day" -> "\"2026-01-31\"";
            case "uuid" -> "\"6f9619ff-8b86-d011-b42d-00c04fc964ff\"";
            case "raw" -> "\"aGVsbG8=\"";
            case "json" -> any(4);
            case "image" -> object("fileurl", quoted(), "localpath", "null");
            case "vector" -> list(goodNumber(), goodNumber(), "1", "-0", goodNumber(), goodNumber());
            case "grid" -> list(list(goodNumber(), goodNumber()), list("0.5", goodNumber()));
            default -> quoted();
        };
    }

    private String any(int depth) {
        return switch (random.nextInt(depth > 0 ? 8 : 5)) {
            case 0 -> number();
            case 1 -> quoted();
            case 2 -> "true";
            case 3 -> "null";
            case 4 -> goodNumber();
            case 5 -> list(any(depth - 1), any(depth - 1));
            case 6 -> object("a", any(depth - 1), random.nextInt(30) == 0 ? "a" : "b", any(depth - 1));
            default -> object("fileurl", quoted(), random.nextInt(20) == 0 ? "k\\u0041" : "k", any(depth - 1));
        };
    }

    private String number() {
        return random.nextInt(6) > 0 ? goodNumber() : one(NUMBERS);
    }

    private String goodNumber() {
        return switch (random.nextInt(4)) {
            case 0 -> Float.toString(random.nextFloat() - 0.5f);
            case 1 -> Double.toString(random.nextGaussian());
            case 2 -> random.nextInt(100) + "." + random.nextInt(1000);
            default ->
                (random.nextBoolean() ? "" : "-") + random.nextInt(10) + "." + (random.nextLong() >>> 1) + "e"
                        + (random.nextInt(60) - 30);
        };
    }

    private String quoted() {
        return "\"" + TEXTS.get(random.nextInt(random.nextInt(20) == 0 ? TEXTS.size() : 6)) + "\"";
    }

    private String list(String... values) {
        return space() + "[" + String.join(space() + "," + space(), values) + space() + "]";
    }

    private String object(String... namesAndValues) {
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.add("\"" + namesAndValues[i] + "\"" + space() + ":" + space() + namesAndValues[i + 1]);
        }
        return space() + "{" + space() + String.join(space() + "," + space(), fields) + "}" + space();
    }

    private String space() {
        return random.nextInt(6) == 0 ? one(List.of(" ", "\n", "\t ", "\r\n")) : "";
    }

    private byte[] broken(byte[] whole) {
        int at = random.nextInt(whole.length);
        return switch (random.nextInt(4)) {
            case 0 -> Arrays.copyOf(whole, at);
            case 1 -> replaced(whole, at, (byte) "{}[]\",:\\ 0e-.tn\0".charAt(random.nextInt(16)));
            case 2 -> replaced(whole, at, (byte) random.nextInt());
            default -> without(whole, at, Math.min(whole.length, at + 1 + random.nextInt(4)));
        };
    }

    private static byte[] replaced(byte[] whole, int at, byte other) {
        whole[at] = other;
        return whole;
    }

    private static byte[] without(byte[] whole, int from, int to) {
        byte[] shorter = Arrays.copyOf(whole, whole.length - (to - from));
        System.arraycopy(whole, to, shorter, from, whole.length - to);
        return shorter;
    }
}
