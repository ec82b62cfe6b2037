/** Selects columns and filters rows of a topic by a SQL query, on the columns of a batch. */
@NullMarked
package io.rowlake.query;

import org.jspecify.annotations.NullMarked;
