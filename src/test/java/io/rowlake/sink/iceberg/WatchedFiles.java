package io.rowlake.sink.iceberg;

import io.rowlake.sink.CallPoints;
import java.io.IOException;
import java.util.Map;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;

/** The files of a table as one task sees them: what it writes and deletes passes the task's points. */
record WatchedFiles(FileIO files, CallPoints points) implements FileIO {

    private static final long serialVersionUID = 1L;

    @Override
    public InputFile newInputFile(String path) {
        return files.newInputFile(path);
    }

    @Override
    public OutputFile newOutputFile(String path) {
        return new WatchedOutput(files.newOutputFile(path), points, path.endsWith(".parquet") ? "data" : "metadata");
    }

    @Override
    public void deleteFile(String path) {
        points.around("delete", WatchedCatalog::unreachable, () -> {
            files.deleteFile(path);
            return true;
        });
    }

    @Override
    public Map<String, String> properties() {
        return files.properties();
    }

    @Override
    public void close() {
        files.close();
    }

    private record WatchedOutput(OutputFile file, CallPoints points, String kind) implements OutputFile {

        @Override
        public PositionOutputStream create() {
            return points.around("new " + kind + " file", WatchedCatalog::unreachable, () -> watched(file.create()));
        }

        @Override
        public PositionOutputStream createOrOverwrite() {
            return points.around(
                    "new " + kind + " file", WatchedCatalog::unreachable, () -> watched(file.createOrOverwrite()));
        }

        @Override
        public String location() {
            return file.location();
        }

        @Override
        public InputFile toInputFile() {
            return file.toInputFile();
        }

        private PositionOutputStream watched(PositionOutputStream stream) {
            return new WatchedStream(stream, points, kind);
        }
    }

    private static final class WatchedStream extends PositionOutputStream {

        private final PositionOutputStream stream;
        private final CallPoints points;
        private final String kind;

        WatchedStream(PositionOutputStream stream, CallPoints points, String kind) {
            this.stream = stream;
            this.points = points;
            this.kind = kind;
        }

        @Override
        public long getPos() throws IOException {
            return stream.getPos();
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            points.around("write to " + kind + " file", () -> new IOException("connection reset"), () -> {
                stream.write(bytes, offset, length);
                return true;
            });
        }

        @Override
        public void flush() throws IOException {
            stream.flush();
        }

        @Override
        public void close() throws IOException {
            points.around("close " + kind + " file", () -> new IOException("connection reset"), () -> {
                stream.close();
                return true;
            });
        }
    }
}
