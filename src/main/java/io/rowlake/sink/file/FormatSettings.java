package io.rowlake.sink.file;

/** How rows become text. */
public sealed interface FormatSettings permits JsonSettings, CsvSettings {}
