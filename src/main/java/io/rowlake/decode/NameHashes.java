package io.rowlake.decode;

import java.util.Arrays;

/**
 * Names that were met in the objects that are open, to find one that is met twice.
 *
 * <p>Names are compared by their hashes: two names that differ and have one hash, which is rare, count as one name.
 */
final class NameHashes {

    private static final int ENTRIES_MIN = 64;
    /** Up to here comparing each with each is faster than sorting. */
    private static final int PAIRWISE_MAX = 16;

    private static final long OFFSET_BASIS = 0xCBF29CE484222325L;
    private static final long PRIME = 0x100000001B3L;

    private long[] hashes = new long[ENTRIES_MIN];
    private int count;

    /** The hash of a name (FNV-1a). */
    static long hash(byte[] bytes, int from, int to) {
        long hash = OFFSET_BASIS;
        for (int i = from; i < to; i++) {
            hash = (hash ^ bytes[i]) * PRIME;
        }
        return hash;
    }

    void clear() {
        count = 0;
    }

    /** Where the names of an object begin that is opened now. */
    int mark() {
        return count;
    }

    void add(long hash) {
        if (count == hashes.length) {
            hashes = Arrays.copyOf(hashes, 2 * count);
        }
        hashes[count++] = hash;
    }

    /** Forgets the names since the mark, and says whether each of them was met once. */
    boolean close(int mark) {
        boolean distinct = count - mark <= PAIRWISE_MAX ? areDistinct(mark) : areDistinctSorted(mark);
        count = mark;
        return distinct;
    }

    private boolean areDistinct(int mark) {
        for (int i = mark + 1; i < count; i++) {
            for (int j = mark; j < i; j++) {
                if (hashes[i] == hashes[j]) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean areDistinctSorted(int mark) {
        Arrays.sort(hashes, mark, count);
        for (int i = mark + 1; i < count; i++) {
            if (hashes[i] == hashes[i - 1]) {
                return false;
            }
        }
        return true;
    }
}
