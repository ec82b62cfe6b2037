/** Changes held as Arrow columns, bounded in bytes. */
@NullMarked
package io.rowlake.batch;

import org.jspecify.annotations.NullMarked;
