package io.rowlake.sink.file;

import com.fasterxml.jackson.core.io.NumberOutput;

/**
 * Floating point numbers as the shortest text that reads back as the same number, laid out as Python does, and so the
 * exports of the source: {@code 12345678.0}, {@code 1e+21}, {@code 1.5e-07}.
 */
final class FloatText {

    private static final int FIXED_EXPONENT_MIN = -4;
    private static final int FIXED_EXPONENT_MAX = 15;

    private FloatText() {}

    static String of(double value) {
        return asPython(NumberOutput.toString(value, true));
    }

    static String of(float value) {
        return asPython(NumberOutput.toString(value, true));
    }

    /** Java and Python differ from 10 to the power of 7 on, and below 0.001: {@code -1.25E7}. */
    private static String asPython(String java) {
        int mark = java.indexOf('E');
        if (mark < 0) {
            return java;
        }
        String sign = java.charAt(0) == '-' ? "-" : "";
        int point = java.indexOf('.');
        String fraction = java.substring(point + 1, mark);
        String digits = java.charAt(point - 1) + (fraction.equals("0") ? "" : fraction);
        int exponent = Integer.parseInt(java, mark + 1, java.length(), 10);
        if (exponent < FIXED_EXPONENT_MIN || exponent > FIXED_EXPONENT_MAX) {
            return sign + scientific(digits, exponent);
        }
        return sign + (exponent < 0 ? "0." + "0".repeat(-exponent - 1) + digits : fixed(digits, exponent + 1));
    }

    private static String scientific(String digits, int exponent) {
        String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
        String padding = Math.abs(exponent) < 10 ? "0" : "";
        return mantissa + (exponent < 0 ? "e-" : "e+") + padding + Math.abs(exponent);
    }

    private static String fixed(String digits, int whole) {
        if (digits.length() <= whole) {
            return digits + "0".repeat(whole - digits.length()) + ".0";
        }
        return digits.substring(0, whole) + "." + digits.substring(whole);
    }
}
