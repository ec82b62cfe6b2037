package io.rowlake.chaos;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stands between clients and a server of HTTP/1.1 on the loopback address, and spoils requests when it is told to. */
final class FaultProxy implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FaultProxy.class);

    private final URI server;
    private final ServerSocket listener;
    private final Random random;
    private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
    private final ExecutorService connections = Executors.newCachedThreadPool();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicLong spoilt = new AtomicLong();
    private volatile Trouble trouble = Trouble.NONE;

    FaultProxy(String server, long seed) {
        this.server = URI.create(server);
        this.random = new Random(seed);
        try {
            this.listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        connections.execute(this::listen);
    }

    /** Where clients connect. */
    String uri() {
        return "http://127.0.0.1:" + listener.getLocalPort();
    }

    /** Until the next call. */
    void set(Trouble next) {
        trouble = next;
    }

    /** How many requests went wrong by our doing. */
    long spoilt() {
        return spoilt.get();
    }

    @Override
    public void close() {
        closed.countDown();
        closeQuietly(listener);
        clients.forEach(FaultProxy::closeQuietly);
        connections.shutdownNow();
    }

    private void listen() {
        while (closed.getCount() > 0) {
            try {
                Socket client = listener.accept();
                clients.add(client);
                connections.execute(() -> serve(client));
            } catch (IOException e) {
                LOG.debug("No more connections to {}", server, e);
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                var in = new BufferedInputStream(client.getInputStream())) {
            OutputStream out = client.getOutputStream();
            Optional<HttpMessage> request = HttpMessage.request(in, out);
            while (request.isPresent() && pass(request.get(), out)) {
                request = HttpMessage.request(in, out);
            }
        } catch (IOException e) {
            // One side has gone. The other one learns of it as it would without us: its connection ends.
            LOG.debug("A connection to {} broke", server, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            clients.remove(client);
        }
    }

    /** False where nothing more can come on this connection. */
    private boolean pass(HttpMessage request, OutputStream out) throws IOException, InterruptedException {
        Trouble now = trouble;
        if (!now.hits(request, ticket())) {
            return reply(forward(request), out);
        }
        spoilt.incrementAndGet();
        return switch (now.way()) {
            case REFUSED -> reply(now.error(), out);
            case SLOW -> {
                delay(now.delay());
                yield reply(forward(request), out);
            }
            case ANSWER_LOST -> {
                HttpMessage lost = forward(request);
                LOG.debug("Lost '{}' to '{}'", lost.firstLine(), request.firstLine());
                yield false;
            }
            case ANSWER_LATE -> {
                HttpMessage answer = forward(request);
                delay(now.delay());
                yield reply(answer, out);
            }
            case ANSWER_WRONG -> {
                HttpMessage right = forward(request);
                LOG.debug("Replaced '{}' to '{}'", right.firstLine(), request.firstLine());
                yield reply(now.error(), out);
            }
        };
    }

    private static boolean reply(HttpMessage answer, OutputStream out) throws IOException {
        answer.writeTo(out);
        return !answer.endsConnection();
    }

    private HttpMessage forward(HttpMessage request) throws IOException {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(server.getHost(), server.getPort()));
            request.writeTo(socket.getOutputStream());
            try (InputStream in = new BufferedInputStream(socket.getInputStream())) {
                return HttpMessage.answer(request, in);
            }
        }
    }

    private void delay(Duration time) throws InterruptedException {
        if (closed.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.debug("Closed during a delay");
        }
    }

    private int ticket() {
        synchronized (random) {
            return random.nextInt(100);
        }
    }

    private static void closeQuietly(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            LOG.debug("Cannot close {}", resource, e);
        }
    }
}
