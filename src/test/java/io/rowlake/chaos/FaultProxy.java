package io.rowlake.chaos;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Stands between the workers and an HTTP server, and answers wrongly, late or not at all when it is told to. Requests reach
 * the server as they came, so that their signatures stay valid.
 */
final class FaultProxy implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final Set<String> NOT_FORWARDED =
            Set.of("connection", "content-length", "expect", "upgrade", "transfer-encoding");

    private final URI target;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final AtomicLong struck = new AtomicLong();
    private volatile Behaviour behaviour = new Pass();

    /** What the proxy does with a request. */
    sealed interface Behaviour {}

    /** Nothing but to forward it. */
    record Pass() implements Behaviour {}

    /** As a server that is not there. */
    record Down() implements Behaviour {}

    /** Answers writes without forwarding them. */
    record Refuse(int status, String body) implements Behaviour {}

    /** Forwards writes and loses the answer. */
    record LoseAnswer() implements Behaviour {}

    /** Forwards everything late. */
    record Slow(Duration by) implements Behaviour {}

    FaultProxy(URI target) {
        this.target = target;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    String uri() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    void become(Behaviour next) {
        behaviour = next;
    }

    /** How many requests a fault has struck. */
    long struck() {
        return struck.get();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) {
        try (exchange) {
            Behaviour now = behaviour;
            boolean writes = !Set.of("GET", "HEAD").contains(exchange.getRequestMethod());
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (now instanceof Down) {
                struck.incrementAndGet();
            } else if (now instanceof Refuse refusal && writes) {
                struck.incrementAndGet();
                answer(exchange, refusal.status(), refusal.body().getBytes(StandardCharsets.UTF_8));
            } else if (now instanceof LoseAnswer && writes) {
                forward(exchange, body);
                struck.incrementAndGet();
            } else {
                if (now instanceof Slow slow) {
                    struck.incrementAndGet();
                    LockSupport.parkNanos(slow.by().toNanos());
                }
                relay(exchange, forward(exchange, body));
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            // The server is down, or the worker has gone away: to the worker this looks as a broken connection.
            struck.incrementAndGet();
        }
    }

    private HttpResponse<byte[]> forward(HttpExchange exchange, byte[] body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        target.resolve(exchange.getRequestURI().toString()))
                .timeout(LIMIT)
                .method(
                        exchange.getRequestMethod(),
                        body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!NOT_FORWARDED.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }

    private static void relay(HttpExchange exchange, HttpResponse<byte[]> response) throws IOException {
        response.headers().map().forEach((name, values) -> {
            boolean isHead = exchange.getRequestMethod().equals("HEAD");
            String lower = name.toLowerCase(Locale.ROOT);
            if (!NOT_FORWARDED.contains(lower) || (isHead && lower.equals("content-length"))) {
                values.forEach(value -> exchange.getResponseHeaders().add(name, value));
            }
        });
        answer(exchange, response.statusCode(), response.body());
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }
}
