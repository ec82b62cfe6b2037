package io.rowlake.chaos;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Optional;

/**
 * A request or an answer of HTTP/1.1, byte by byte as it came.
 *
 * @param head the first line and the header lines, with the empty line that ends them
 * @param body as it was sent, with the frames of chunks; a character for each byte
 */
record HttpMessage(String head, String body) {

    private static final int HEAD_BYTES_MAX = 64 << 10;
    private static final String END_OF_HEAD = "\r\n\r\n";
    private static final String CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n";

    /** What the body's length follows from where the head does not say it. */
    private enum Unframed {
        EMPTY,
        TO_THE_END
    }

    /** The next request, or nothing where the client has closed the connection. */
    static Optional<HttpMessage> request(InputStream in, OutputStream out) throws IOException {
        String head = readHead(in);
        if (head.isEmpty()) {
            return Optional.empty();
        }
        String plain = head.replaceFirst("(?i)\r\nExpect: 100-continue", "");
        if (plain.length() < head.length()) {
            out.write(CONTINUE.getBytes(ISO_8859_1));
            out.flush();
        }
        return Optional.of(new HttpMessage(plain, readBody(plain, in, Unframed.EMPTY)));
    }

    /** The answer to a request. */
    static HttpMessage answer(HttpMessage request, InputStream in) throws IOException {
        String head = readHead(in);
        if (head.isEmpty()) {
            throw new EOFException("The server closed the connection without an answer");
        }
        boolean empty = request.head().startsWith("HEAD ") || head.matches("(?s)HTTP/1\\.1 (204|304) .*");
        return new HttpMessage(head, empty ? "" : readBody(head, in, Unframed.TO_THE_END));
    }

    /** An answer of ours. */
    static HttpMessage answer(int status, String contentType, String text) {
        return new HttpMessage(
                "HTTP/1.1 " + status + " Fault\r\nContent-Type: " + contentType + "\r\nContent-Length: " + text.length()
                        + END_OF_HEAD,
                text);
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(head.getBytes(ISO_8859_1));
        out.write(body.getBytes(ISO_8859_1));
        out.flush();
    }

    /** As in {@code PUT /lake/warehouse HTTP/1.1}. */
    String firstLine() {
        return head.substring(0, head.indexOf("\r\n"));
    }

    /** Whether nothing more comes on the connection after this message. */
    boolean endsConnection() {
        return header(head, "connection").equalsIgnoreCase("close")
                || (header(head, "content-length").isEmpty() && !isChunked(head) && !body.isEmpty());
    }

    private static String readHead(InputStream in) throws IOException {
        var bytes = new ByteArrayOutputStream();
        int matched = 0;
        while (matched < END_OF_HEAD.length()) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            bytes.write(next);
            if (bytes.size() > HEAD_BYTES_MAX) {
                throw new IOException("The head of a message has more than " + HEAD_BYTES_MAX + " bytes");
            }
            boolean continues = next == END_OF_HEAD.charAt(matched);
            matched = continues ? matched + 1 : (next == '\r' ? 1 : 0);
        }
        return bytes.toString(ISO_8859_1);
    }

    private static String readBody(String head, InputStream in, Unframed unframed) throws IOException {
        if (isChunked(head)) {
            return readChunks(in);
        }
        String length = header(head, "content-length");
        if (!length.isEmpty()) {
            return new String(exactly(in, Integer.parseInt(length)), ISO_8859_1);
        }
        return switch (unframed) {
            case EMPTY -> "";
            case TO_THE_END -> new String(in.readAllBytes(), ISO_8859_1);
        };
    }

    private static String readChunks(InputStream in) throws IOException {
        var bytes = new ByteArrayOutputStream();
        boolean more = true;
        while (more) {
            String size = readLine(in, bytes);
            int length = Integer.parseInt(size.split(";", 2)[0].strip(), 16);
            bytes.write(exactly(in, length));
            more = length > 0;
            // The line end after the chunk; after the last one, trailers and an empty line.
            String rest = readLine(in, bytes);
            while (!more && !rest.isEmpty()) {
                rest = readLine(in, bytes);
            }
        }
        return bytes.toString(ISO_8859_1);
    }

    private static String readLine(InputStream in, ByteArrayOutputStream copy) throws IOException {
        var line = new StringBuilder();
        int next = in.read();
        while (next != '\n') {
            if (next < 0) {
                throw new EOFException("The connection ended within a line");
            }
            copy.write(next);
            line.append((char) next);
            next = in.read();
        }
        copy.write(next);
        return line.toString().strip();
    }

    private static byte[] exactly(InputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("The connection ended after " + bytes.length + " of " + length + " bytes");
        }
        return bytes;
    }

    private static boolean isChunked(String head) {
        return header(head, "transfer-encoding").equalsIgnoreCase("chunked");
    }

    private static String header(String head, String name) {
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse("");
    }
}
