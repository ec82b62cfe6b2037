/** The one port: where tables are kept. */
@NullMarked
package io.rowlake.sink;

import org.jspecify.annotations.NullMarked;
