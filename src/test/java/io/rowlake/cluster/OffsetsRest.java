package io.rowlake.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.rowlake.cli.LocalWorker;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.awaitility.Awaitility;

/** Stops a connector, pauses it, changes its offsets and resumes it, by the worker's REST API. */
final class OffsetsRest {

    private static final Duration LIMIT = Duration.ofSeconds(40);

    private final HttpClient client = HttpClient.newHttpClient();
    private final LocalWorker worker;
    private final String connector;

    OffsetsRest(LocalWorker worker, String connector) {
        this.worker = worker;
        this.connector = connector;
    }

    /** Returns once the connector has no task any more. */
    void stop() {
        Awaitility.await("stop").atMost(LIMIT).ignoreExceptions().until(() -> {
            var unused = send("PUT", "/stop", "");
            return status().contains("\"STOPPED\"") && status().contains("\"tasks\":[]");
        });
    }

    /** Nothing more is read; the tasks stay. */
    void pause() throws IOException, InterruptedException {
        var unused = send("PUT", "/pause", "");
    }

    void resume() {
        Awaitility.await("resume")
                .atMost(LIMIT)
                .ignoreExceptions()
                .until(() -> send("PUT", "/resume", "").statusCode() == 202);
    }

    /** Sets the offset of partition 0, and returns the worker's message. */
    String set(String topic, long offset) {
        return message(
                "PATCH",
                "{\"offsets\":[{\"partition\":{\"kafka_topic\":\"" + topic
                        + "\",\"kafka_partition\":0},\"offset\":{\"kafka_offset\":" + offset + "}}]}");
    }

    /** Resets all offsets, and returns the worker's message. */
    String reset() {
        return message("DELETE", "");
    }

    String status() throws IOException, InterruptedException {
        return send("GET", "/status", "").body();
    }

    /** The consumers of a connector that was stopped just now may still be in their group. */
    private String message(String method, String body) {
        return Awaitility.await(method)
                .atMost(LIMIT)
                .ignoreExceptions()
                .until(
                        () -> new ObjectMapper()
                                .readTree(send(method, "/offsets", body).body())
                                .path("message")
                                .asText(),
                        message -> !message.isEmpty() && !message.contains("consumer group"));
    }

    private HttpResponse<String> send(String method, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(worker.rest().uri().resolve("/connectors/" + connector + path))
                .timeout(LIMIT)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body, UTF_8))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }
}
