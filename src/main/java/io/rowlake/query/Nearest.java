package io.rowlake.query;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The name that was perhaps meant. */
final class Nearest {

    private static final int SHOWN_MAX = 20;

    private Nearest() {}

    /** The name that differs least, empty if all differ in more than a third of it. */
    static Optional<String> of(String wrong, Collection<String> names) {
        return names.stream()
                .filter(name -> distance(wrong, name) <= Math.max(2, wrong.length() / 3))
                .min(Comparator.comparingInt(name -> distance(wrong, name)));
    }

    /** As in {@code label, width. Did you mean 'width'?} */
    static String hint(String wrong, List<String> names) {
        String known = String.join(", ", names.subList(0, Math.min(SHOWN_MAX, names.size())));
        String more = names.size() > SHOWN_MAX ? ", and " + (names.size() - SHOWN_MAX) + " more" : "";
        return known
                + more
                + of(wrong, names).map(name -> ". Did you mean '" + name + "'?").orElse("");
    }

    /** How many characters have to be put in, taken out or changed. Case counts less than a letter. */
    private static int distance(String from, String to) {
        String a = from.toLowerCase(Locale.ROOT);
        String b = to.toLowerCase(Locale.ROOT);
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
