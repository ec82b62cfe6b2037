/** The one process: records in, rows batched, staged and committed, offsets back. */
@NullMarked
package io.rowlake.pipeline;

import org.jspecify.annotations.NullMarked;
