/** From records, of any carrier and any envelope, to rows of batches. */
@NullMarked
package io.rowlake.decode;

import org.jspecify.annotations.NullMarked;
