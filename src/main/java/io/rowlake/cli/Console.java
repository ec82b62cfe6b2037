package io.rowlake.cli;

import java.io.PrintWriter;
import java.util.Locale;

/** What a command prints: plain lines, and one line that is rewritten where a terminal can do that. */
final class Console {

    private static final long PLAIN_PROGRESS_NANOS = 5_000_000_000L;

    private final PrintWriter out;
    private final ProgressStyle style;
    private int progressWidth;
    private long lastPlainProgress = System.nanoTime() - PLAIN_PROGRESS_NANOS;

    /** How progress is shown. */
    enum ProgressStyle {
        REWRITTEN_LINE,
        PLAIN_LINES
    }

    Console(PrintWriter out, ProgressStyle style) {
        this.out = out;
        this.style = style;
    }

    /** A console on this writer, with a rewritten line when the process has a terminal. */
    @SuppressWarnings("SystemConsoleNull") // On Java 17 null means that there is no terminal.
    static Console on(PrintWriter out) {
        return new Console(out, System.console() == null ? ProgressStyle.PLAIN_LINES : ProgressStyle.REWRITTEN_LINE);
    }

    void line(String text) {
        clearProgress();
        out.println(text.stripTrailing());
        out.flush();
    }

    void blank() {
        line("");
    }

    /** A name in a column of its own and what there is to say of it. */
    void item(String name, String text) {
        line(String.format(Locale.ROOT, "  %-10s  %s", name, text));
    }

    /** Shows how far something is, in place of the last such line; without a terminal only now and then. */
    void progress(String text) {
        if (style == ProgressStyle.REWRITTEN_LINE) {
            out.print("\r" + padded(text, progressWidth));
            out.flush();
            progressWidth = text.length();
        } else if (System.nanoTime() - lastPlainProgress >= PLAIN_PROGRESS_NANOS) {
            lastPlainProgress = System.nanoTime();
            out.println(text);
            out.flush();
        }
    }

    /** Takes the line of the progress away, so that others may write there. */
    void clearProgress() {
        if (progressWidth > 0) {
            out.print("\r" + " ".repeat(progressWidth) + "\r");
            out.flush();
            progressWidth = 0;
        }
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    /** A number with its thousands apart: {@code 100,000}. */
    static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** A number of things, of which more than one take an s. */
    static String count(long number, String thing) {
        return number(number) + " " + thing + (number == 1 ? "" : "s");
    }

    /** Seconds with one decimal, since a moment of {@link System#nanoTime()}. */
    static String secondsSince(long startNanos) {
        return String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - startNanos) / 1e9);
    }
}
