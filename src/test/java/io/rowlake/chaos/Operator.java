package io.rowlake.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What an operator does by Connect's REST interface: goes to the next worker if one doesn't answer, and insists. */
final class Operator {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(3);
    private static final int TRIES = 40;
    private static final int GONE = 404;

    private final List<URI> workers;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(ANSWER_LIMIT)
            .build();

    Operator(List<URI> workers) {
        this.workers = workers;
    }

    /** A task that has failed, and why. */
    record FailedTask(String connector, int task, String trace) {}

    void configure(String connector, Map<String, String> config) {
        try {
            insist("PUT", "/connectors/" + connector + "/config", JSON.writeValueAsString(config));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    void pause(String connector) {
        insist("PUT", "/connectors/" + connector + "/pause", "");
    }

    void resume(String connector) {
        insist("PUT", "/connectors/" + connector + "/resume", "");
    }

    void restartAll(String connector) {
        insist("POST", "/connectors/" + connector + "/restart?includeTasks=true", "");
    }

    /** Starts failed tasks again, as people do. Whatever can't be done now is left for the next time. */
    List<FailedTask> restartFailed(Iterable<String> connectors) {
        List<FailedTask> failed = new ArrayList<>();
        for (String connector : connectors) {
            try {
                JsonNode status = JSON.readTree(
                        once("GET", "/connectors/" + connector + "/status", "").body());
                for (JsonNode task : status.path("tasks")) {
                    if (task.path("state").asText().equals("FAILED")) {
                        int id = task.path("id").asInt();
                        failed.add(
                                new FailedTask(connector, id, task.path("trace").asText()));
                        once("POST", "/connectors/" + connector + "/tasks/" + id + "/restart", "");
                    }
                }
            } catch (IOException notNow) {
                // No worker answers; there will be a next time.
            }
        }
        return failed;
    }

    private void insist(String method, String path, String body) {
        for (int attempt = 1; ; attempt++) {
            try {
                int status = once(method, path, body).statusCode();
                if (status < 300 || status == GONE) {
                    return;
                }
            } catch (IOException notNow) {
                // Another try.
            }
            if (attempt == TRIES) {
                throw new IllegalStateException("No worker does " + method + " " + path);
            }
            sleep();
        }
    }

    private HttpResponse<String> once(String method, String path, String body) throws IOException {
        IOException last = new IOException("There is no worker");
        for (URI worker : workers) {
            try {
                return client.send(
                        HttpRequest.newBuilder(worker.resolve(path))
                                .timeout(ANSWER_LIMIT)
                                .header("Content-Type", "application/json")
                                .method(
                                        method,
                                        body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString());
            } catch (IOException e) {
                last = e;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            }
        }
        throw last;
    }

    private static void sleep() {
        try {
            TimeUnit.MILLISECONDS.sleep(500);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
