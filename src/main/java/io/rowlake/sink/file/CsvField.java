package io.rowlake.sink.file;

/** One column of a file, for the rows of one batch. */
interface CsvField {

    String name();

    /** Puts the value of a row into its field. Returns whether the line can hold it. */
    boolean set(CsvLine line, int index, int row);

    /** A column that the rows don't have: null in each. */
    record Absent(String name) implements CsvField {

        @Override
        public boolean set(CsvLine line, int index, int row) {
            return line.setNull(index);
        }
    }
}
