/** The vocabulary: tables, columns, operations and source offsets. Depends on the JDK alone. */
@NullMarked
package io.rowlake.event;

import org.jspecify.annotations.NullMarked;
