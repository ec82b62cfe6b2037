/** Tables kept as JSONL or CSV files, committed exactly once through a chain of directories. */
@NullMarked
package io.rowlake.sink.file;

import org.jspecify.annotations.NullMarked;
