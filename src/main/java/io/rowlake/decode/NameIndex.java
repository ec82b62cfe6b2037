package io.rowlake.decode;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Positions of names. Sources write their fields in one order, so that a guess from the last position is mostly right. */
final class NameIndex {

    private final List<String> names;
    private final Map<String, Integer> indexes = new HashMap<>();

    NameIndex(List<String> names) {
        this.names = List.copyOf(names);
        for (int i = 0; i < names.size(); i++) {
            indexes.put(names.get(i), i);
        }
    }

    /** The position of a name, which is looked for at {@code guess} first, or -1. */
    int indexOf(String name, int guess) {
        if (guess < names.size() && names.get(guess).equals(name)) {
            return guess;
        }
        return indexes.getOrDefault(name, -1);
    }

    String name(int index) {
        return names.get(index);
    }
}
