package io.rowlake.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A server that tests start as a process of its own, on a port of the loopback address. Ends with the tests. */
public final class ServerJvm implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final int CONNECT_MILLIS = 500;

    private final JvmSettings settings;
    private final int port;
    private final String mainClass;
    private final List<String> arguments;
    private ChildJvm process;

    private ServerJvm(JvmSettings settings, int port, String mainClass, List<String> arguments) {
        this.settings = settings;
        this.port = port;
        this.mainClass = mainClass;
        this.arguments = arguments;
        this.process = launch();
    }

    /**
     * What to start.
     *
     * @param name in messages and in the names of its files
     * @param directory where its log and its console lie
     * @param classPath as {@code java -cp} takes it
     */
    public record Program(String name, Path directory, String classPath, String mainClass) {

        /** Starts it and waits until it listens. */
        public ServerJvm start(int port, List<String> arguments) {
            return new ServerJvm(
                    new JvmSettings(name, directory, classPath, "256m", List.of("-XX:TieredStopAtLevel=1")),
                    port,
                    mainClass,
                    arguments);
        }
    }

    /** A port that nobody listens on. */
    public static int freePort() {
        return FreePort.any();
    }

    public int port() {
        return port;
    }

    public long pid() {
        return process.pid();
    }

    /** Ends it at once, as {@code kill -9} does. */
    public void kill() {
        process.kill();
    }

    /** Starts it again on the same port; ends it first where it still runs. */
    public void restart() {
        process.stop();
        process = launch();
    }

    @Override
    public void close() {
        process.stop();
    }

    private ChildJvm launch() {
        return ChildJvm.start(settings, mainClass, arguments).awaitReady(START_LIMIT, this::listens);
    }

    private boolean listens() {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }
}
