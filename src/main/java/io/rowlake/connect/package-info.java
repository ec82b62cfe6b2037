/** The border to Kafka Connect: its records, schemas and structs become our own here. */
@NullMarked
package io.rowlake.connect;

import org.jspecify.annotations.NullMarked;
