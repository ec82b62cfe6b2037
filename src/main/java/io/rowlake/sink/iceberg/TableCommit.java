package io.rowlake.sink.iceberg;

import io.rowlake.event.SourceOffsets;
import io.rowlake.sink.RetriableSinkException;
import io.rowlake.sink.SinkException;
import io.rowlake.sink.iceberg.CommitRequest.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.UpdateProperties;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.ForbiddenException;
import org.apache.iceberg.exceptions.NotAuthorizedException;
import org.apache.iceberg.exceptions.ValidationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One commit for the requests of one or more tasks: data files, new columns and offsets become visible together, for each
 * request if the table's ledger stands for its partitions where its task saw it last.
 *
 * <p>Offsets of other partitions are carried forward. A validator makes the commit fail if the table is not the one that they
 * were carried from, rather than let Iceberg put it on top of what came in between; then everything is looked at again.
 * After an answer of which the outcome is unclear, the id of the attempt is looked for in the table's history before
 * anything else.
 */
final class TableCommit {

    private static final Logger LOG = LoggerFactory.getLogger(TableCommit.class);
    private static final Duration PAUSE_MIN = Duration.ofMillis(50);
    private static final Duration PAUSE_MAX = Duration.ofSeconds(5);

    private final TableAccess access;
    private final Optional<String> branch;
    private final List<CommitRequest> requests;
    private final Consumer<Duration> pauses;
    private final List<Attempt> unclear = new ArrayList<>();

    /** An attempt to commit requests, which the table's history knows by the id if it went through. */
    private record Attempt(String id, List<CommitRequest> requests) {}

    /**
     * What the table said before the transaction looked at the catalog again.
     *
     * @param seen what the ledger depends on
     */
    private record Look(Table table, SourceOffsets ledger, LedgerLook seen) {}

    /**
     * A commit that nobody has tried.
     *
     * @param requests of tasks that write the same table of the same catalog; the first one's access is used
     * @param pauses waits for about the time between two attempts
     */
    TableCommit(Optional<String> branch, List<CommitRequest> requests, Consumer<Duration> pauses) {
        this.access = requests.get(0).access();
        this.branch = branch;
        this.requests = List.copyOf(requests);
        this.pauses = pauses;
    }

    /** Commits, and tries again as long as it makes sense. Every request is done afterwards, and may have failed. */
    void run(InstantSource clock, Duration timeout) {
        try {
            attemptUntilDone(clock, clock.instant().plus(timeout));
        } catch (RuntimeException e) {
            open().forEach(request -> request.fail(e));
        } finally {
            // An error ends this thread's task; those that waited for it try again by themselves.
            open().forEach(request -> request.fail(interrupted()));
        }
    }

    private RetriableSinkException interrupted() {
        return new RetriableSinkException(
                "Cannot commit to table '" + access.name() + "': the task that committed for this one has ended",
                new IllegalStateException("The commit was cut off"));
    }

    private void attemptUntilDone(InstantSource clock, Instant deadline) {
        Duration pause = PAUSE_MIN;
        while (!open().isEmpty()) {
            try {
                attempt();
                continue;
            } catch (SinkException | RetriableSinkException e) {
                throw e;
            } catch (NotAuthorizedException | ForbiddenException | IllegalArgumentException e) {
                throw new SinkException("Cannot commit to table '" + access.name() + "': " + e.getMessage(), e);
            } catch (ValidationException | CommitFailedException e) {
                LOG.debug("A commit to {} met another one", access.name(), e);
                requireTime(clock, deadline, e);
            } catch (RejectedExecutionException e) {
                // Iceberg's threads end as soon as the JVM is asked to: no attempt can go through any more
                throw new RetriableSinkException(
                        "Cannot commit to table '" + access.name() + "': the worker is shutting down", e);
            } catch (RuntimeException e) {
                // Refused, lost on the way there or lost on the way back: the next attempt finds out.
                LOG.info("A commit to {} has an unknown outcome: {}", access.name(), e.toString());
                requireTime(clock, deadline, e);
            }
            pauses.accept(pause);
            pause = pause.multipliedBy(2).compareTo(PAUSE_MAX) < 0 ? pause.multipliedBy(2) : PAUSE_MAX;
        }
    }

    private List<CommitRequest> open() {
        return requests.stream().filter(request -> !request.isDone()).toList();
    }

    /** Does what can be done in one commit. Requests that go on from each other take more than one. */
    private void attempt() {
        Table table = access.present();
        findUnclear(table);
        refuseOtherTables(table);
        var look = new Look(table, IcebergLedger.read(table, branch), LedgerLook.at(table, branch));
        refuseOvertaken(look.ledger());
        if (IcebergLedger.isSealed(IcebergLedger.ancestry(table, branch))) {
            open().forEach(request -> request.complete(Outcome.SEALED));
        }
        if (!open().isEmpty()) {
            commit(table.newTransaction(), look);
        }
    }

    /** A lost answer may have been that of a commit that went through. */
    private void findUnclear(Table table) {
        for (Attempt attempt : unclear) {
            if (IcebergLedger.hasCommit(table, branch, attempt.id())) {
                attempt.requests().forEach(request -> request.complete(Outcome.COMMITTED));
            }
        }
    }

    private void refuseOtherTables(Table table) {
        for (CommitRequest request : open()) {
            if (!request.access().isOf(table)) {
                request.fail(request.access().replaced("was dropped and created anew"));
            }
        }
    }

    private void refuseOvertaken(SourceOffsets ledger) {
        for (CommitRequest request : open()) {
            if (request.isOvertakenBy(ledger)) {
                request.complete(Outcome.OVERTAKEN);
            }
        }
    }

    private void commit(Transaction transaction, Look look) {
        SourceOffsets offsets = look.ledger();
        SourceOffsets begun = SourceOffsets.none();
        List<CommitRequest> taken = new ArrayList<>();
        for (CommitRequest request : open()) {
            // A task that was replaced may share the worker with the one that replaced it: one of them is too late.
            if (!request.isOvertakenBy(offsets) && addColumns(request, transaction)) {
                begun = begun.updatedWith(request.begun(offsets));
                offsets = offsets.updatedWith(request.reached());
                taken.add(request);
            }
        }
        if (!taken.isEmpty()) {
            var attempt = new Attempt(UUID.randomUUID().toString(), List.copyOf(taken));
            append(transaction, attempt, look.seen(), IcebergLedger.text(offsets));
            var noted = new LedgerProperties(look.table(), branch);
            note(noted.with(transaction.table(), offsets, noted.begin().updatedWith(begun)), transaction);
            publish(transaction, attempt);
        }
    }

    private void append(Transaction transaction, Attempt attempt, LedgerLook seen, String offsets) {
        AppendFiles append = transaction.newAppend();
        for (CommitRequest request : attempt.requests()) {
            request.content().files().forEach(append::appendFile);
        }
        append.set(IcebergLedger.OFFSETS, offsets).set(IcebergLedger.COMMIT_ID, attempt.id());
        append.validateWith(history -> seen.stands(transaction, branch));
        branch.ifPresent(append::toBranch);
        append.commit();
    }

    private static void note(Map<String, String> properties, Transaction transaction) {
        UpdateProperties update = transaction.updateProperties();
        properties.forEach(update::set);
        update.commit();
    }

    /** Whether the request's files fit the table with the columns of the requests before it. */
    private static boolean addColumns(CommitRequest request, Transaction transaction) {
        try {
            for (List<SchemaChange> changes : request.content().columns().missingFrom(transaction.table())) {
                UpdateSchema update = transaction.updateSchema();
                changes.forEach(change -> change.apply(update));
                update.commit();
            }
            return true;
        } catch (RetriableSinkException e) {
            request.fail(e);
            return false;
        }
    }

    private void publish(Transaction transaction, Attempt attempt) {
        unclear.add(attempt);
        attempt.requests().forEach(CommitRequest::attempted);
        try {
            transaction.commitTransaction();
        } catch (ValidationException | CommitFailedException e) {
            unclear.remove(attempt);
            attempt.requests().forEach(CommitRequest::refused);
            throw e;
        }
        attempt.requests().forEach(request -> request.complete(Outcome.COMMITTED));
    }

    private void requireTime(InstantSource clock, Instant deadline, RuntimeException cause) {
        if (!clock.instant().isBefore(deadline)) {
            throw new RetriableSinkException(
                    "Cannot commit to table '" + access.name() + "' in time: " + cause.getMessage(), cause);
        }
    }
}
