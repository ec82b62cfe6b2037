package io.rowlake.decode;

/**
 * A record can't be read. The message is the reason alone: what found it doesn't know the record's position, which
 * {@link TopicDecoder} adds.
 */
final class BadEventException extends RuntimeException {

    BadEventException(String reason) {
        super(reason, null, false, false);
    }
}
