/**
 * A model check of the commit protocol. Real are the pipeline, the sinks of Iceberg and of files, Parquet and the ledger;
 * modelled are what surrounds them: Kafka's consumer group, processes that are stopped, replaced or killed at any step
 * that they take at the store, and stores in memory that refuse, fail, or lose an answer. One process runs at a time, the
 * time is virtual, and every decision is drawn from a seed, so that a run repeats.
 */
@NullMarked
package io.rowlake.model;

import org.jspecify.annotations.NullMarked;
