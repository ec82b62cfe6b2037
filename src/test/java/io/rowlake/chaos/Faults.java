package io.rowlake.chaos;

import io.rowlake.cli.ServerJvm;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Does the faults of a plan, and mends them when their time is over or the latch opens. */
final class Faults {

    private static final int TASKS_MAX = 4;
    private static final int FLUSH_MILLIS_MIN = 200;
    private static final int FLUSH_MILLIS_SPAN = 1_500;

    private final World world;
    private final ConnectOperator operator;
    private final CountDownLatch ceased;

    Faults(World world, ConnectOperator operator, CountDownLatch ceased) {
        this.world = world;
        this.operator = operator;
        this.ceased = ceased;
    }

    /** Returns when the fault is mended. */
    void run(Fault fault) throws IOException, InterruptedException {
        switch (fault.kind()) {
            case WORKER_KILLED -> workerKilled(fault);
            case WORKER_SUSPENDED -> workerSuspended(fault);
            case WORKER_REMOVED -> workerRemoved(fault);
            case BROKER_KILLED -> brokerKilled(fault);
            case BROKER_RESTARTED -> brokerRestarted(fault);
            case CATALOG_KILLED -> serverKilled(world.catalog().process(), fault);
            case CATALOG_ERRORS -> spoil(world.catalogProxy(), Troubles.catalogErrors(fault), fault);
            case CATALOG_CONFLICTS -> spoil(world.catalogProxy(), Troubles.catalogConflicts(), fault);
            case CATALOG_ANSWERS_LOST -> spoil(world.catalogProxy(), Troubles.catalogAnswersLost(), fault);
            case CATALOG_ANSWERS_LATE -> spoil(world.catalogProxy(), Troubles.catalogAnswersLate(), fault);
            case STORE_KILLED -> serverKilled(world.store().process(), fault);
            case STORE_ERRORS -> spoil(world.storeProxy(), Troubles.storeErrors(fault), fault);
            case STORE_SLOW -> spoil(world.storeProxy(), Troubles.storeSlow(), fault);
            case STORE_ANSWERS_LOST -> spoil(world.storeProxy(), Troubles.storeAnswersLost(), fault);
            case DISK_FULL -> diskFull(fault);
            case CONNECTOR_CONFIGURED -> connectorConfigured(fault);
            case CONNECTOR_PAUSED -> connectorPaused(fault);
            case TASK_RESTARTED -> taskRestarted(fault);
        }
    }

    private void workerKilled(Fault fault) throws InterruptedException {
        world.workers().kill(fault.victim());
        hold(fault);
        world.workers().revive(fault.victim());
    }

    private void workerSuspended(Fault fault) throws InterruptedException {
        world.workers().suspend(fault.victim());
        hold(fault);
        world.workers().wake(fault.victim());
    }

    private void workerRemoved(Fault fault) throws InterruptedException {
        world.workers().stop(fault.victim());
        hold(fault);
        world.workers().revive(fault.victim());
    }

    private void brokerKilled(Fault fault) throws InterruptedException {
        world.broker().kill();
        hold(fault);
        world.broker().restart();
    }

    private void brokerRestarted(Fault fault) throws InterruptedException {
        world.broker().close();
        hold(fault);
        world.broker().restart();
    }

    private void serverKilled(ServerJvm server, Fault fault) throws InterruptedException {
        server.kill();
        hold(fault);
        server.restart();
    }

    private void spoil(FaultProxy proxy, Trouble trouble, Fault fault) throws InterruptedException {
        proxy.set(trouble);
        hold(fault);
        proxy.set(Trouble.NONE);
    }

    private void diskFull(Fault fault) throws InterruptedException {
        SmallDisk disk = world.disk().orElseThrow();
        disk.fill();
        hold(fault);
        disk.free();
    }

    private void connectorConfigured(Fault fault) throws IOException {
        String name = ChaosConnectors.NAMES.get(fault.victim());
        int millis = FLUSH_MILLIS_MIN + Math.floorMod(fault.detail(), FLUSH_MILLIS_SPAN);
        int tasks = 1 + Math.floorMod(fault.detail() >> 32, TASKS_MAX);
        Map<String, String> config = world.connectors().reconfigured(name, millis, tasks);
        operator.configure(name, config);
    }

    private void connectorPaused(Fault fault) throws IOException, InterruptedException {
        String name = ChaosConnectors.NAMES.get(fault.victim());
        operator.pause(name);
        hold(fault);
        operator.resume(name);
    }

    private void taskRestarted(Fault fault) throws IOException {
        String name = ChaosConnectors.NAMES.get(fault.victim());
        if ((fault.detail() & 1) == 1) {
            operator.restartAll(name);
        } else {
            operator.restart(name, Math.floorMod(fault.detail() >> 1, operator.tasks(name)));
        }
    }

    private void hold(Fault fault) throws InterruptedException {
        // Whether its time is over or the run is: the fault is mended now
        var unused = ceased.await(fault.hold().toMillis(), TimeUnit.MILLISECONDS);
    }
}
