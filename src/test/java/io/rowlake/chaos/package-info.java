/**
 * Chaos: real processes (a broker, workers, a REST catalog, an S3 server), faults drawn from a seed, and a checker that
 * reads what came out with none of the connector's code. Run it with {@code mvn verify -Pchaos -Dchaos.minutes=30}.
 */
package io.rowlake.chaos;
