/** Option names become settings, and settings become wired objects. The only place that knows both. */
@NullMarked
package io.rowlake.config;

import org.jspecify.annotations.NullMarked;
