/** Gives the columns of a batch the types that its destination is to keep. */
@NullMarked
package io.rowlake.shape;

import org.jspecify.annotations.NullMarked;
