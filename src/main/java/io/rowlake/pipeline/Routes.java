package io.rowlake.pipeline;

import io.rowlake.decode.DecodeSettings;
import io.rowlake.sink.TableSink;

/** Where topics go, and how they are read. */
public interface Routes extends AutoCloseable {

    /** The name of the destination that keeps a topic's rows. The same name for every topic that shares it. */
    String table(String topic);

    /** A new sink for a name that {@link #table} gave, which the caller closes. */
    TableSink sink(String table);

    DecodeSettings decoding(String topic);

    Shaping shaping(String topic);

    /** Releases what the sinks share. */
    @Override
    void close();
}
