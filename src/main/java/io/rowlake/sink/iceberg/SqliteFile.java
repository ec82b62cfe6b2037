package io.rowlake.sink.iceberg;

import io.rowlake.sink.RetriableSinkException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file of a catalog in SQLite, which makes its file but not the directory of it. */
final class SqliteFile {

    private static final String SCHEME = "jdbc:sqlite:";

    private SqliteFile() {}

    /** Makes the directory that a SQLite file of a JDBC address is to lie in. Does nothing for other addresses. */
    static void makeDirectory(String uri) {
        String address = uri.startsWith(SCHEME) ? uri.substring(SCHEME.length()) : "";
        String file = address.contains("?") ? address.substring(0, address.indexOf('?')) : address;
        if (file.isEmpty() || file.startsWith(":") || file.startsWith("file:")) {
            return;
        }
        Path directory = Path.of(file).toAbsolutePath().getParent();
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new RetriableSinkException(
                    "Cannot make the directory " + directory + " of the Iceberg catalog: " + e, e);
        }
    }
}
