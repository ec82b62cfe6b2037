package io.rowlake.sink.file;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** Writes the values of one Arrow vector as JSON. */
interface JsonCell {

    void write(int row, JsonGenerator json) throws IOException;
}
