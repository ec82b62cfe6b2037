package io.rowlake.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Finds ports of the loopback address that nobody listens on. */
final class FreePort {

    private FreePort() {}

    /** Any free port. */
    static int any() {
        try {
            return bind(0);
        } catch (IOException e) {
            throw new CommandException("Cannot find a free port on the loopback address", e);
        }
    }

    /** The wanted port when it is free, else any. */
    static int preferring(int wanted) {
        try {
            return bind(wanted);
        } catch (IOException taken) {
            return any();
        }
    }

    private static int bind(int port) throws IOException {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return socket.getLocalPort();
        }
    }
}
