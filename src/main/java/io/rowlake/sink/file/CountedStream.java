package io.rowlake.sink.file;

import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Counts and hashes the bytes that pass. Closing it flushes the target, which stays open. */
final class CountedStream extends OutputStream {

    private final MessageDigest digest = sha256();
    private OutputStream target;
    private long count;

    CountedStream(OutputStream target) {
        this.target = target;
    }

    long count() {
        return count;
    }

    /** From now on bytes go nowhere. */
    void disconnect() {
        target = OutputStream.nullOutputStream();
    }

    /** The SHA-256 of all that passed, in hexadecimal digits. To be called once, after the last byte. */
    String hash() {
        return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        target.write(bytes, offset, length);
        digest.update(bytes, offset, length);
        count += length;
    }

    @Override
    public void close() throws IOException {
        target.flush();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Cannot hash files: every Java platform has SHA-256, but not this one", e);
        }
    }
}
