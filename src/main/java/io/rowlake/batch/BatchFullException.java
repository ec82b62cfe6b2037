package io.rowlake.batch;

/**
 * The row under construction doesn't fit beside the rows before it: take the row back, build the batch, and append the
 * row to the next one. Carries no stack trace, since it occurs once a batch in regular work.
 */
public final class BatchFullException extends RuntimeException {

    BatchFullException(long bytesMax) {
        super("The row does not fit into the batch of at most " + bytesMax + " bytes", null, false, false);
    }
}
