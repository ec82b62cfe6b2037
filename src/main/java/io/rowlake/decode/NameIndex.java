package io.rowlake.decode;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Positions of names. Sources write their fields in one order, so that a guess from the last position is mostly right. */
final class NameIndex {

    static final int NONE = -1;

    private static final byte[] NEVER_PLAIN = {};

    private final List<String> names;
    private final Map<String, Integer> indexes = new HashMap<>();
    /** Each name as JSON has it, with the quote at its end; nothing for names that have to be escaped. */
    private final byte[][] quoted;
    /** Positions by the hash of the bytes; where a slot is taken the next one is used. */
    private final int[] slots;

    NameIndex(List<String> names) {
        this.names = List.copyOf(names);
        this.quoted = new byte[names.size()][];
        this.slots = new int[Integer.highestOneBit(2 * names.size() + 1) * 2];
        Arrays.fill(slots, NONE);
        for (int i = 0; i < names.size(); i++) {
            indexes.put(names.get(i), i);
            quoted[i] = quoted(names.get(i));
            if (quoted[i].length > 0) {
                slots[freeSlot(quoted[i])] = i;
            }
        }
    }

    private static byte[] quoted(String name) {
        boolean escaped = name.chars().anyMatch(letter -> letter < ' ' || letter == '"' || letter == '\\');
        boolean encodable = StandardCharsets.UTF_8.newEncoder().canEncode(name);
        return encodable && !escaped ? (name + '"').getBytes(StandardCharsets.UTF_8) : NEVER_PLAIN;
    }

    private int freeSlot(byte[] name) {
        int slot = slot(NameHashes.hash(name, 0, name.length - 1));
        while (slots[slot] != NONE) {
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }

    private int slot(long hash) {
        return (int) (hash ^ hash >>> Integer.SIZE) & (slots.length - 1);
    }

    /** The position of a name, which is looked for at {@code guess} first, or {@link #NONE}. */
    int indexOf(String name, int guess) {
        if (guess < names.size() && names.get(guess).equals(name)) {
            return guess;
        }
        return indexes.getOrDefault(name, NONE);
    }

    /** The position of a name without escapes, which the bytes end with a quote, or {@link #NONE}. */
    int indexOf(byte[] bytes, int from, int to) {
        int slot = slot(NameHashes.hash(bytes, from, to));
        while (slots[slot] != NONE) {
            byte[] name = quoted[slots[slot]];
            if (Arrays.equals(name, 0, name.length, bytes, from, to + 1)) {
                return slots[slot];
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        return NONE;
    }

    /** How many bytes the name at {@code guess} takes with its quote, if the bytes go on with it; else 0. */
    int lengthAt(int guess, byte[] bytes, int from) {
        if (guess >= quoted.length) {
            return 0;
        }
        byte[] name = quoted[guess];
        int length = name.length;
        if (length > bytes.length - from) {
            return 0;
        }
        for (int i = 0; i < length; i++) {
            if (name[i] != bytes[from + i]) {
                return 0;
            }
        }
        return length;
    }

    String name(int index) {
        return names.get(index);
    }
}
