package io.rowlake.model;

import io.rowlake.event.SourcePartition;
import io.rowlake.pipeline.BrokenTables;
import io.rowlake.pipeline.FlushPolicy;
import io.rowlake.pipeline.PipelineCounters;
import io.rowlake.pipeline.PipelineParts;
import io.rowlake.pipeline.PipelineParts.SchemaConflicts;
import io.rowlake.sink.SinkException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Brokers, workers, tasks and a store, driven by choices. */
final class World implements AutoCloseable {

    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final FlushPolicy POLICY = new FlushPolicy(
            64 * 1024, 4, INTERVAL, Duration.ofSeconds(3), Duration.ofMinutes(10), Duration.ofHours(1), 1);
    private static final List<Steps.Fault> FAULTS = List.of(Steps.Fault.values());
    private static final int ROUNDS_MAX = 30;

    private final Choices choices;
    private final WorldSettings settings;
    private final Destination destination;
    private final boolean rewinding;
    private final Broker broker;
    private final Checker checker;
    private final List<List<Member>> workers = new ArrayList<>();
    private final List<String> story = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-24T00:00:00Z");
    private boolean faultless;
    private boolean storeIsDown;
    private int born;

    /** @param rewinding false breaks the consumers on purpose: they don't rewind */
    World(Choices choices, WorldSettings settings, Destination destination, boolean rewinding) {
        this.choices = choices;
        this.settings = settings;
        this.destination = destination;
        this.rewinding = rewinding;
        this.broker = new Broker(settings.partitions(), settings.records());
        this.checker = new Checker(destination, broker);
        for (int worker = 0; worker < settings.workers(); worker++) {
            workers.add(newWorker(settings.tasks()));
        }
    }

    /** What has happened, in order. */
    List<String> story() {
        return story;
    }

    /**
     * Lets happen what is chosen, then lets everything come to rest, and checks at every step. Ends early where the table
     * can't tell how far it is, and says so: a person has to decide.
     */
    void run() {
        try {
            runToTheEnd();
        } catch (SinkException e) {
            if (!String.valueOf(e.getMessage()).startsWith("Cannot tell how far")) {
                throw e;
            }
            tell("-- a person is asked: " + e.getMessage());
        }
    }

    private void runToTheEnd() {
        List<Member> first = members();
        for (SourcePartition partition : broker.partitions()) {
            Member owner = first.get(partition.partition() % first.size());
            broker.assign(partition, owner);
            open(owner, List.of(partition));
        }
        for (int action = 0; action < settings.actions(); action++) {
            act();
            check();
        }
        comeToRest();
    }

    private void check() {
        checker.checkDestination();
        checker.checkGroup();
    }

    private void act() {
        List<Runnable> actions = new ArrayList<>();
        List<Member> idle = idle();
        if (!idle.isEmpty()) {
            actions.add(() -> deliver(choose(idle)));
            actions.add(() -> passTime(choices.of(2) == 0 ? INTERVAL : POLICY.retryBackoff()));
            actions.add(() -> tellKafka(choose(idle)));
            actions.add(() -> rebalance(choose(idle)));
        }
        List<Member> parked = members(member -> member.thread().isParked());
        if (!parked.isEmpty()) {
            actions.add(() -> goOn(choose(parked)));
        }
        actions.add(() -> kill(choices.of(workers.size())));
        List<Member> zombies = members(member -> !member.thread().isParked() && isZombie(member));
        if (!zombies.isEmpty()) {
            actions.add(() -> notice(choose(zombies)));
        }
        if (broker.hasLateCommits()) {
            actions.add(this::lateCommitArrives);
        }
        if (settings.growth()) {
            actions.add(this::produce);
            actions.add(this::changeStore);
            actions.add(() -> tell("someone else: " + foreignChange()));
        }
        actions.get(choices.of(actions.size())).run();
    }

    private void deliver(Member member) {
        long count = choices.of(4);
        tell(member + " gets " + (count == 0 ? "all records" : count == 3 ? "nothing" : "up to " + count));
        long countMax = count == 0 ? Long.MAX_VALUE / 2 : count == 3 ? 0 : count;
        call(member, () -> member.put(broker::end, countMax));
    }

    private void passTime(Duration time) {
        tell(time.toSeconds() + " s pass");
        now = now.plus(time);
    }

    private void tellKafka(Member member) {
        Map<SourcePartition, Long> offsets = member.committed();
        switch (choices.rarely(3)) {
            case 0 -> {
                tell(member + " commits to Kafka " + offsets);
                broker.commit(member, offsets);
            }
            case 1 -> tell(member + " commits to Kafka " + offsets + ", which gets lost");
            default -> {
                tell(member + " commits to Kafka " + offsets + ", which is late");
                broker.delay(member, offsets);
            }
        }
    }

    private void lateCommitArrives() {
        tell("a late commit arrives at Kafka");
        broker.arrive();
    }

    private void rebalance(Member to) {
        SourcePartition partition =
                broker.partitions().get(choices.of(broker.partitions().size()));
        boolean noticed = choices.of(2) == 1;
        tell(partition + " goes to " + to + (noticed ? ", and its owner gives it up" : ", unnoticed by its owner"));
        if (noticed) {
            members(member -> !member.equals(to) && member.assumed().contains(partition)).stream()
                    .filter(member -> !member.thread().isParked())
                    .forEach(member -> call(member, () -> member.close(List.of(partition))));
        }
        if (members().contains(to) && !to.thread().isParked()) {
            broker.assign(partition, to);
            open(to, List.of(partition));
        }
    }

    private void notice(Member zombie) {
        tell(zombie + " notices what it has lost");
        List<SourcePartition> lost = lost(zombie);
        call(zombie, () -> zombie.close(lost));
    }

    private void goOn(Member member) {
        tell(member + " goes on");
        member.thread().resume();
        settle(member);
    }

    private void kill(int worker) {
        List<Member> dead = workers.get(worker);
        tell("worker of " + dead + " is killed and started again");
        List<Member> fresh = newWorker(dead.size());
        workers.set(worker, fresh);
        for (int task = 0; task < dead.size(); task++) {
            List<SourcePartition> owned = broker.owned(dead.get(task));
            dead.get(task).kill();
            Member successor = fresh.get(task);
            owned.forEach(partition -> broker.assign(partition, successor));
            open(successor, owned);
        }
    }

    private void produce() {
        SourcePartition partition =
                broker.partitions().get(choices.of(broker.partitions().size()));
        broker.produce(partition, 2);
        tell("two more records come to " + partition);
    }

    private void changeStore() {
        storeIsDown = !storeIsDown;
        tell(storeIsDown ? "the store goes down" : "the store is back");
    }

    private String foreignChange() {
        String change = destination.foreignChange(choices);
        if (change.startsWith("roll back")) {
            checker.rolledBack();
        }
        return change;
    }

    /** Nothing fails any more, and whoever stands goes on. All records have to arrive, and Kafka to know. */
    private void comeToRest() {
        tell("-- faults cease");
        faultless = true;
        storeIsDown = false;
        while (!members(member -> member.thread().isParked()).isEmpty()) {
            goOn(members(member -> member.thread().isParked()).get(0));
            check();
        }
        members(this::isZombie).forEach(this::notice);
        check();
        if (checker.wasRolledBack()) {
            // A task that has nothing to commit sees a rollback when it starts again.
            for (int worker = 0; worker < workers.size(); worker++) {
                kill(worker);
            }
        }
        for (int round = 0; round < ROUNDS_MAX && !checker.isComplete(); round++) {
            now = now.plus(INTERVAL);
            for (Member member : members()) {
                call(member, () -> member.put(broker::end, Long.MAX_VALUE / 2));
                check();
            }
            members().forEach(member -> broker.commit(member, member.committed()));
            check();
        }
        if (!checker.isComplete()) {
            throw new Violation("Not all records have arrived: the ledger says " + destination.ledger());
        }
    }

    private void open(Member member, List<SourcePartition> partitions) {
        Map<SourcePartition, Long> from = new TreeMap<>();
        partitions.forEach(partition -> from.put(partition, broker.committed(partition)));
        List<SourcePartition> stale =
                member.assumed().stream().filter(from::containsKey).toList();
        call(member, () -> {
            if (!stale.isEmpty()) {
                member.close(stale);
            }
            member.open(from);
        });
    }

    private void call(Member member, Runnable step) {
        member.thread().run(step);
        settle(member);
    }

    /** A task that failed is started again, by an operator. */
    private void settle(Member member) {
        Throwable failure = member.takeFailure();
        if (failure instanceof SinkException) {
            tell(member + " fails: " + failure.getMessage());
            kill(workerOf(member));
        } else if (failure != null) {
            throw new Violation(member + " failed unexpectedly: " + failure, failure);
        }
    }

    private int workerOf(Member member) {
        for (int worker = 0; worker < workers.size(); worker++) {
            if (workers.get(worker).contains(member)) {
                return worker;
            }
        }
        throw new IllegalStateException(member + " is dead");
    }

    private List<Member> newWorker(int tasks) {
        Destination.Worker worker = destination.worker();
        List<Member> members = new ArrayList<>();
        for (int task = 0; task < tasks; task++) {
            String name = "task-" + born;
            born++;
            members.add(new Member(name, rewinding, member -> parts(member, worker, name)));
        }
        return members;
    }

    private PipelineParts parts(Member member, Destination.Worker worker, String name) {
        var steps = new ChosenSteps(this, member);
        return new PipelineParts(
                new OneTable(worker.sink(steps, () -> now, name)),
                POLICY,
                new BrokenTables(BrokenTables.Action.FAIL, INTERVAL),
                SchemaConflicts.FAIL,
                member,
                () -> now,
                new PipelineCounters());
    }

    /** What befalls a request now. */
    Steps.Fault fault() {
        if (faultless) {
            return Steps.Fault.NONE;
        }
        if (storeIsDown) {
            return Steps.Fault.REQUEST_LOST;
        }
        return FAULTS.get(choices.rarely(FAULTS.size()));
    }

    /** Whether others run before the step is done. */
    boolean parks() {
        return !faultless && choices.rarely(2) == 1;
    }

    void pauseOf(Duration time) {
        now = now.plus(time);
    }

    void tell(String what) {
        story.add(what);
    }

    private boolean isZombie(Member member) {
        return !lost(member).isEmpty();
    }

    private List<SourcePartition> lost(Member member) {
        return member.assumed().stream()
                .filter(partition -> !broker.isOwner(member, partition))
                .toList();
    }

    private List<Member> idle() {
        return members(member -> !member.thread().isParked());
    }

    private List<Member> members(Predicate<Member> wanted) {
        return members().stream().filter(wanted).toList();
    }

    private List<Member> members() {
        return workers.stream().flatMap(List::stream).toList();
    }

    private Member choose(List<Member> from) {
        return from.get(choices.of(from.size()));
    }

    @Override
    public void close() {
        faultless = true;
        members().forEach(Member::kill);
    }
}
