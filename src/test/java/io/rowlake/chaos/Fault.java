package io.rowlake.chaos;

import io.rowlake.chaos.FaultProxy.Behaviour;
import io.rowlake.cli.LocalWorker;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** What befalls the world. A fault is over when its step returns; most of them undo what they did. */
enum Fault {
    WORKER_KILLED(3) {
        @Override
        void strike(ChaosWorld world, Random random) {
            LocalWorker worker = world.worker(random.nextInt(ChaosWorld.WORKERS));
            worker.kill();
            pause(random, 500, 3_000);
            worker.restart();
        }
    },
    WORKER_FROZEN(3) {
        @Override
        void strike(ChaosWorld world, Random random) {
            long pid = world.worker(random.nextInt(ChaosWorld.WORKERS)).pid();
            Signals.freeze(pid);
            try {
                // Longer than the sessions of the worker and of its consumers, so that others take over.
                pause(random, 7_000, 12_000);
            } finally {
                Signals.resume(pid);
            }
        }
    },
    WORKER_ADDED_AND_REMOVED(2) {
        @Override
        void strike(ChaosWorld world, Random random) {
            LocalWorker added = world.startWorker(ChaosWorld.WORKERS);
            pause(random, 2_000, 6_000);
            added.close();
        }
    },
    BROKER_KILLED(1) {
        @Override
        void strike(ChaosWorld world, Random random) {
            world.broker().kill();
            pause(random, 500, 3_000);
            world.broker().restart();
        }
    },
    BROKER_RESTARTED(1) {
        @Override
        void strike(ChaosWorld world, Random random) {
            world.broker().restart();
        }
    },
    CATALOG_DOWN(2) {
        @Override
        void strike(ChaosWorld world, Random random) {
            during(world.catalogProxy(), new FaultProxy.Down(), random, 1_000, 5_000);
        }
    },
    CATALOG_KILLED(2) {
        @Override
        void strike(ChaosWorld world, Random random) {
            world.catalog().process().kill();
            pause(random, 200, 2_000);
            world.catalog().process().restart();
        }
    },
    CATALOG_ERRORS(3) {
        @Override
        void strike(ChaosWorld world, Random random) {
            int status = new int[] {500, 502, 503, 504}[random.nextInt(4)];
            during(world.catalogProxy(), new FaultProxy.Refuse(status, error(status)), random, 500, 4_000);
        }
    },
    CATALOG_CONFLICTS(3) {
        @Override
        void strike(ChaosWorld world, Random random) {
            during(world.catalogProxy(), new FaultProxy.Refuse(409, error(409)), random, 500, 4_000);
        }
    },
    CATALOG_ANSWERS_LOST(4) {
        @Override
        void strike(ChaosWorld world, Random random) {
            during(world.catalogProxy(), new FaultProxy.LoseAnswer(), random, 300, 3_000);
        }
    },
    STORE_ERRORS(3) {
        @Override
        void strike(ChaosWorld world, Random random) {
            int status = random.nextBoolean() ? 500 : 503;
            during(world.s3Proxy(), new FaultProxy.Refuse(status, ""), random, 500, 5_000);
        }
    },
    STORE_SLOW(2) {
        @Override
        void strike(ChaosWorld world, Random random) {
            var slow = new FaultProxy.Slow(Duration.ofMillis(200 + random.nextInt(2_000)));
            during(world.s3Proxy(), slow, random, 2_000, 8_000);
        }
    },
    STORE_ANSWERS_LOST(3) {
        @Override
        void strike(ChaosWorld world, Random random) {
            during(world.s3Proxy(), new FaultProxy.LoseAnswer(), random, 500, 4_000);
        }
    },
    DISK_FULL(2) {
        @Override
        void strike(ChaosWorld world, Random random) {
            world.disk().fill();
            try {
                pause(random, 1_000, 6_000);
            } finally {
                world.disk().free();
            }
        }

        @Override
        boolean isPossible(ChaosWorld world) {
            return world.disk().canBeFilled();
        }
    },
    CONFIGURATION_CHANGED(2) {
        @Override
        void strike(ChaosWorld world, Random random) {
            String connector = anyConnector(world, random);
            Map<String, String> config = new HashMap<>(world.connectors().get(connector));
            config.put("flush.interval.ms", String.valueOf(300 + random.nextInt(1_500)));
            config.put("tasks.max", String.valueOf(1 + random.nextInt(4)));
            world.operator().configure(connector, config);
        }
    },
    PAUSED_AND_RESUMED(2) {
        @Override
        void strike(ChaosWorld world, Random random) {
            String connector = anyConnector(world, random);
            world.operator().pause(connector);
            try {
                pause(random, 500, 4_000);
            } finally {
                world.operator().resume(connector);
            }
        }
    },
    TASKS_RESTARTED(1) {
        @Override
        void strike(ChaosWorld world, Random random) {
            world.operator().restartAll(anyConnector(world, random));
        }
    };

    private final int weight;

    Fault(int weight) {
        this.weight = weight;
    }

    /** How often it comes, compared with the others. */
    int weight() {
        return weight;
    }

    /** Faults of one part don't strike at the same time. */
    String part() {
        return name().substring(0, name().indexOf('_'));
    }

    /** Strikes, and mends what has to be mended for the world to go on. */
    abstract void strike(ChaosWorld world, Random random);

    /** Whether this machine lets it happen. */
    boolean isPossible(ChaosWorld world) {
        return true;
    }

    private static String anyConnector(ChaosWorld world, Random random) {
        return world.connectors().keySet().stream()
                .sorted()
                .skip(random.nextInt(world.connectors().size()))
                .findFirst()
                .orElseThrow();
    }

    private static void during(FaultProxy proxy, Behaviour behaviour, Random random, int min, int max) {
        proxy.become(behaviour);
        try {
            pause(random, min, max);
        } finally {
            proxy.become(new FaultProxy.Pass());
        }
    }

    private static void pause(Random random, int minMillis, int maxMillis) {
        try {
            TimeUnit.MILLISECONDS.sleep(minMillis + random.nextInt(maxMillis - minMillis));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** As Iceberg's REST protocol words it. */
    private static String error(int status) {
        return "{\"error\":{\"message\":\"chaos\",\"type\":\"Chaos\",\"code\":" + status + "}}";
    }
}
