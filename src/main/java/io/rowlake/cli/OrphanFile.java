package io.rowlake.cli;

import java.time.Instant;
import java.util.Comparator;

/** A file that a destination doesn't refer to. */
record OrphanFile(String name, long bytes, Instant written) implements Comparable<OrphanFile> {

    private static final Comparator<OrphanFile> ORDER =
            Comparator.comparing(OrphanFile::written).thenComparing(OrphanFile::name);

    /** The same file, named as it is seen from the place. */
    OrphanFile below(String place, String path) {
        return new OrphanFile(path.startsWith(place) ? path.substring(place.length()) : path, bytes, written);
    }

    /** The oldest first. */
    @Override
    public int compareTo(OrphanFile other) {
        return ORDER.compare(this, other);
    }
}
