/** The command line, and the real broker and worker processes that it and the integration tests start. */
@NullMarked
package io.rowlake.cli;

import org.jspecify.annotations.NullMarked;
