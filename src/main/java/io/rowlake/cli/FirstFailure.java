package io.rowlake.cli;

import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Remembers the first record that could not be sent. */
final class FirstFailure implements Callback {

    private final AtomicReference<@Nullable Exception> first = new AtomicReference<>();

    @Override
    public void onCompletion(RecordMetadata metadata, @Nullable Exception failure) {
        if (failure != null) {
            first.compareAndSet(null, failure);
        }
    }

    /** Throws what was remembered, if anything. */
    void raise(String purpose) {
        Exception failure = first.get();
        if (failure != null) {
            throw new CommandException("Cannot " + purpose + ": " + CommandException.reason(failure), failure);
        }
    }
}
