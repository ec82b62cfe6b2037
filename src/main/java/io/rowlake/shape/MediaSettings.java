package io.rowlake.shape;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What media become.
 *
 * @param reference of columns that have none of their own
 * @param byColumn of single columns
 * @param rewrites beginnings of references and what takes their place; the first that fits counts
 * @param readers who can open what the destination has
 */
public record MediaSettings(
        Reference reference, Map<String, Reference> byColumn, List<Rewrite> rewrites, Readers readers) {

    public MediaSettings {
        byColumn = Map.copyOf(byColumn);
        rewrites = List.copyOf(rewrites);
    }

    /** How a media file is referred to. */
    public enum Reference {
        /** By its URL. */
        FILEURL,
        /** By its path on the source's machine. */
        LOCALPATH,
        /** Not at all: its bytes are the value. */
        INLINE
    }

    /** Who reads the destination. */
    public enum Readers {
        /** Those on this machine. */
        LOCAL,
        /** Anybody: a reference to a file of this machine is of no use to them. */
        SHARED
    }

    /** A beginning of references, and what takes its place. */
    public record Rewrite(String from, String to) {}

    /** URLs as they are, to be read on this machine. */
    public static MediaSettings plain() {
        return new MediaSettings(Reference.FILEURL, Map.of(), List.of(), Readers.LOCAL);
    }

    /**
     * Reads the options.
     *
     * @param reference as in {@code fileurl} or {@code fileurl, thumbnail:inline}
     * @param rewrite as in {@code file:///mnt/media -> s3://example-bucket/media}, several with commas between
     * @throws IllegalArgumentException if a text is anything else
     */
    public static MediaSettings parse(String reference, String rewrite, Readers readers) {
        Reference common = Reference.FILEURL;
        Map<String, Reference> byColumn = new HashMap<>();
        for (String part : reference.split(",", -1)) {
            int colon = part.lastIndexOf(':');
            if (colon < 0) {
                common = reference(part.strip());
            } else {
                byColumn.put(
                        part.substring(0, colon).strip(),
                        reference(part.substring(colon + 1).strip()));
            }
        }
        return new MediaSettings(common, byColumn, rewrites(rewrite), readers);
    }

    Reference of(String column) {
        return byColumn.getOrDefault(column, reference);
    }

    private static Reference reference(String word) {
        return Arrays.stream(Reference.values())
                .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "must be fileurl, localpath or inline, or one for a column as in thumbnail:inline, but was '"
                                + word + "'"));
    }

    private static List<Rewrite> rewrites(String text) {
        List<Rewrite> rewrites = new ArrayList<>();
        if (text.isBlank()) {
            return rewrites;
        }
        for (String part : text.split(",", -1)) {
            String[] sides = part.split("->", -1);
            if (sides.length != 2 || sides[0].isBlank() || sides[1].isBlank()) {
                throw new IllegalArgumentException(
                        "must be prefix -> prefix, as in file:///mnt/media -> s3://example-bucket/media, but was '"
                                + part.strip() + "'");
            }
            rewrites.add(new Rewrite(sides[0].strip(), sides[1].strip()));
        }
        return rewrites;
    }
}
