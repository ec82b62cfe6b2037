package io.rowlake.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What an operator does through Connect's REST interface, at whichever worker answers. */
final class ConnectOperator {

    private static final Duration REQUEST_LIMIT = Duration.ofSeconds(4);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long PAUSE_MILLIS = 300;
    private static final int OK_END = 300;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<URI> workers;
    private final CountDownLatch closed;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(1))
            .build();

    /** Gives up when the latch opens. */
    ConnectOperator(List<URI> workers, CountDownLatch closed) {
        this.workers = List.copyOf(workers);
        this.closed = closed;
    }

    /** A task that has failed. */
    record FailedTask(String connector, int task, String worker, String trace) {}

    void configure(String connector, Map<String, String> config) throws IOException {
        String body = JSON.writeValueAsString(config);
        insist("PUT", "/connectors/" + connector + "/config", BodyPublishers.ofString(body));
    }

    void pause(String connector) throws IOException {
        insist("PUT", "/connectors/" + connector + "/pause", BodyPublishers.noBody());
    }

    void resume(String connector) throws IOException {
        insist("PUT", "/connectors/" + connector + "/resume", BodyPublishers.noBody());
    }

    void restart(String connector, int task) throws IOException {
        insist("POST", "/connectors/" + connector + "/tasks/" + task + "/restart", BodyPublishers.noBody());
    }

    void restartAll(String connector) throws IOException {
        insist("POST", "/connectors/" + connector + "/restart?includeTasks=true", BodyPublishers.noBody());
    }

    /** The tasks that have failed, as far as a worker can tell now. */
    List<FailedTask> failures(String connector) throws IOException {
        JsonNode status = JSON.readTree(once("GET", "/connectors/" + connector + "/status", BodyPublishers.noBody()));
        var failed = new ArrayList<FailedTask>();
        for (JsonNode task : status.path("tasks")) {
            if (task.path("state").asText().equals("FAILED")) {
                failed.add(new FailedTask(
                        connector,
                        task.path("id").asInt(),
                        task.path("worker_id").asText(),
                        task.path("trace").asText()));
            }
        }
        return failed;
    }

    /** How many tasks the connector has; not less than one, even where nobody answers. */
    int tasks(String connector) {
        try {
            String tasks = once("GET", "/connectors/" + connector + "/tasks", BodyPublishers.noBody());
            return Math.max(1, JSON.readTree(tasks).size());
        } catch (IOException e) {
            return 1;
        }
    }

    private void insist(String method, String path, BodyPublisher body) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                once(method, path, body);
                return;
            } catch (IOException e) {
                if (System.nanoTime() - deadline > 0 || isClosedAfterPause()) {
                    throw e;
                }
            }
        }
    }

    private boolean isClosedAfterPause() {
        try {
            return closed.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private String once(String method, String path, BodyPublisher body) throws IOException {
        var failure = new IOException("No worker does " + method + " " + path);
        for (URI worker : workers) {
            try {
                return send(worker, method, path, body);
            } catch (IOException e) {
                failure.addSuppressed(e);
            }
        }
        throw failure;
    }

    private String send(URI worker, String method, String path, BodyPublisher body) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(worker.resolve(path))
                .timeout(REQUEST_LIMIT)
                .header("Content-Type", "application/json")
                .method(method, body)
                .build();
        try {
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
            if (answer.statusCode() >= OK_END) {
                throw new IOException(worker + " answers " + answer.statusCode() + " " + answer.body());
            }
            return answer.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted", e);
        }
    }
}
