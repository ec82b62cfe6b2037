/** Real Kafka for the integration tests. */
@NullMarked
package io.rowlake.cluster;

import org.jspecify.annotations.NullMarked;
