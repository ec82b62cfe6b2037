package io.rowlake.sink.file;

import java.io.IOException;
import java.io.OutputStream;

/** A file that is written, but not published. */
interface StagedFile {

    /** Where the bytes go. The same stream every time; not buffered, and not to be closed. */
    OutputStream content();

    /** Completes the file and makes it durable. */
    void seal() throws IOException;

    /** Removes the file, sealed or not. Without effect once it is published. */
    void discard() throws IOException;
}
