package io.rowlake.cli;

import java.nio.file.Path;

/**
 * One published file of a file set.
 *
 * @param start the source offset it begins with
 * @param end the source offset after its last
 * @param file where the rows lie
 */
record FileEntry(String topic, int partition, long start, long end, long rows, long bytes, Path file) {}
