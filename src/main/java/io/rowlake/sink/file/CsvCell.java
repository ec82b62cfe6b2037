package io.rowlake.sink.file;

/** The values of one Arrow vector as text, before any quoting. */
interface CsvCell {

    String text(int row);
}
