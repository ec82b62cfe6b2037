package io.rowlake.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Prints the published files of a topic, and where their chain of offsets is broken. */
final class FileSetReport {

    private static final String INDENT = "  ";

    private final Console console;
    private final Path root;

    FileSetReport(Console console, Path root) {
        this.console = console;
        this.root = root;
    }

    /** Prints one topic and returns the flaws that it has. */
    List<String> print(String topic, List<FileEntry> entries) {
        console.line("Topic " + topic + ": " + Console.number(rows(entries)) + " rows in " + entries.size()
                + (entries.size() == 1 ? " file" : " files"));
        var text = new TextTable("partition", "start", "end", "rows", "bytes", "file");
        for (FileEntry entry : entries) {
            text.row(
                    entry.partition(),
                    entry.start(),
                    entry.end(),
                    entry.rows(),
                    entry.bytes(),
                    entry.file().getFileName());
        }
        text.print(console, INDENT);
        List<String> flaws = flaws(entries);
        flaws.forEach(flaw -> console.line(INDENT + flaw));
        console.line(INDENT + "under " + root.resolve(topic));
        return flaws;
    }

    static long rows(List<FileEntry> entries) {
        return entries.stream().mapToLong(FileEntry::rows).sum();
    }

    /** Gaps and overlaps between files that follow each other, and files that are gone or of another length. */
    static List<String> flaws(List<FileEntry> entries) {
        var flaws = new ArrayList<String>();
        for (int index = 0; index < entries.size(); index++) {
            FileEntry entry = entries.get(index);
            if (index > 0 && entries.get(index - 1).partition() == entry.partition()) {
                addBreak(flaws, entries.get(index - 1), entry);
            }
            addDamage(flaws, entry);
        }
        return flaws;
    }

    private static void addBreak(List<String> flaws, FileEntry before, FileEntry entry) {
        String where = "in partition " + entry.partition() + ": offsets ";
        if (before.end() < entry.start()) {
            flaws.add("Gap " + where + before.end() + " to " + (entry.start() - 1) + " are in no file");
        } else if (before.end() > entry.start()) {
            flaws.add("Overlap " + where + entry.start() + " to " + (before.end() - 1) + " are in two files");
        }
    }

    private static void addDamage(List<String> flaws, FileEntry entry) {
        try {
            if (!Files.exists(entry.file())) {
                flaws.add("Missing file " + entry.file());
            } else if (Files.size(entry.file()) != entry.bytes()) {
                flaws.add("File " + entry.file() + " has " + Files.size(entry.file()) + " bytes but was published with "
                        + entry.bytes());
            }
        } catch (IOException e) {
            throw new CommandException("Cannot look at " + entry.file() + ": " + CommandException.reason(e), e);
        }
    }
}
