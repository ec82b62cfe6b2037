/** Faults of every kind while connectors run, and a check of what became of the records that shares no code with them. */
@NullMarked
package io.rowlake.chaos;

import org.jspecify.annotations.NullMarked;
