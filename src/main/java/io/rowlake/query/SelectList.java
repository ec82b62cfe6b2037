package io.rowlake.query;

import java.util.List;
import java.util.Optional;

/** What a query selects, and which rows. */
record SelectList(List<Item> items, Optional<Syntax> where) {

    sealed interface Item {
        /** Where it begins in the query's text, in characters from 0. */
        int at();
    }

    /** {@code *}. */
    record AllColumns(int at) implements Item {}

    record Selected(Syntax value, Optional<String> alias) implements Item {
        @Override
        public int at() {
            return value.at();
        }
    }
}
