package io.rowlake.query;

import io.rowlake.batch.ChangeBatch;

/** A part of a query that has a kind, and computes a value for each row of a batch. Not safe for several threads. */
interface Evaluator {

    Kind kind();

    /** One cell a row. They are the evaluator's, and hold until its next call. */
    Cells evaluate(ChangeBatch rows);
}
