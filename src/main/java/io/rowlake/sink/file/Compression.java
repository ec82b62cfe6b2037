package io.rowlake.sink.file;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;

/** How files are compressed. */
public enum Compression {
    NONE(""),
    GZIP(".gz"),
    ZSTD(".zst");

    static final int BUFFER_BYTES = 64 * 1024;

    private final String suffix;

    Compression(String suffix) {
        this.suffix = suffix;
    }

    /** What the name of a file ends with, the dot included; empty for none. */
    public String suffix() {
        return suffix;
    }

    /** A stream that compresses into {@code target}, and closes it when it is closed. */
    OutputStream compress(OutputStream target) throws IOException {
        return switch (this) {
            case NONE -> target;
            case GZIP -> new BufferedOutputStream(new GZIPOutputStream(target, BUFFER_BYTES), BUFFER_BYTES);
            case ZSTD -> new BufferedOutputStream(new ZstdOutputStream(target), BUFFER_BYTES);
        };
    }
}
