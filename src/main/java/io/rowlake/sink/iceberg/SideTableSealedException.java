package io.rowlake.sink.iceberg;

/** A table in which rows gather has all that it is to have, and takes no more. */
final class SideTableSealedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SideTableSealedException(String table) {
        super("Table '" + table + "' is complete and takes no more rows", null, false, false);
    }
}
