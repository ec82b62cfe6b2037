/** Tables of an Iceberg catalog. */
@NullMarked
package io.rowlake.sink.iceberg;

import org.jspecify.annotations.NullMarked;
