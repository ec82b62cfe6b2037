package io.rowlake.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The REST interface of a Kafka Connect worker. Safe for use by several threads. */
public final class ConnectRest {

    private static final Duration REQUEST_LIMIT = Duration.ofSeconds(30);
    private static final Duration CONFLICT_LIMIT = Duration.ofSeconds(30);
    private static final int CONFLICT = 409;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI uri;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    public ConnectRest(URI uri) {
        this.uri = uri;
    }

    public URI uri() {
        return uri;
    }

    /** Whether the worker answers and has joined its group. */
    public boolean isHealthy() {
        try {
            return send("GET", "/health", BodyPublishers.noBody()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** The names of the connectors, in the worker's order. */
    public List<String> connectors() {
        var names = new ArrayList<String>();
        request("GET", "/connectors", BodyPublishers.noBody(), "list the connectors")
                .forEach(name -> names.add(name.asText()));
        return names;
    }

    /**
     * Creates a connector, or gives it another configuration.
     *
     * @throws CommandException if the worker refuses it; the message carries the worker's reason
     */
    public void putConfig(String connector, Map<String, String> config) {
        try {
            BodyPublisher body = BodyPublishers.ofString(JSON.writeValueAsString(config));
            request("PUT", path(connector, "/config"), body, "create connector '" + connector + "'");
        } catch (JsonProcessingException e) {
            throw new CommandException("Cannot write the configuration of '" + connector + "' as JSON", e);
        }
    }

    /** How the connector and its tasks do, as they were reported last. */
    public ConnectorStatus status(String connector) {
        return ConnectorStatus.of(
                connector, get(path(connector, "/status"), "read the status of connector '" + connector + "'"));
    }

    /**
     * Waits until the connector and all its tasks run.
     *
     * @throws CommandException if one fails, with the first lines of its trace, or the time is up
     */
    public void awaitRunning(String connector, int tasks, Duration limit) {
        Deadline deadline = Deadline.in(limit);
        boolean running = deadline.await(() -> {
            HttpResponse<String> response = sendOrFail("GET", path(connector, "/status"), BodyPublishers.noBody());
            if (response.statusCode() != 200) {
                return false;
            }
            ConnectorStatus status = ConnectorStatus.of(connector, parse(response.body()));
            status.failIfFailed();
            return status.isRunning(tasks);
        });
        if (!running) {
            throw new CommandException("Connector '" + connector + "' did not run within " + limit.toSeconds()
                    + " s, its state is " + status(connector));
        }
    }

    /** The offsets that the connector has committed, as the worker tells them. */
    public JsonNode offsets(String connector) {
        return get(path(connector, "/offsets"), "read the offsets of connector '" + connector + "'");
    }

    /** Removes a connector. Its consumer group stays. */
    public void delete(String connector) {
        request("DELETE", path(connector, ""), BodyPublishers.noBody(), "delete connector '" + connector + "'");
    }

    private JsonNode get(String path, String purpose) {
        return request("GET", path, BodyPublishers.noBody(), purpose);
    }

    private JsonNode request(String method, String path, BodyPublisher body, String purpose) {
        Deadline deadline = Deadline.in(CONFLICT_LIMIT);
        HttpResponse<String> response = sendOrFail(method, path, body);
        // The worker answers so while its group rebalances, which a request of ours may have started
        while (response.statusCode() == CONFLICT && !deadline.isPast()) {
            Deadline.pause(200);
            response = sendOrFail(method, path, body);
        }
        if (response.statusCode() >= 300) {
            throw new CommandException("Cannot " + purpose + ": " + reason(response));
        }
        return response.body().isEmpty() ? MissingNode.getInstance() : parse(response.body());
    }

    private HttpResponse<String> sendOrFail(String method, String path, BodyPublisher body) {
        try {
            return send(method, path, body);
        } catch (IOException e) {
            throw new CommandException(
                    "Cannot reach the Connect worker at " + uri + ": " + CommandException.reason(e), e);
        }
    }

    private HttpResponse<String> send(String method, String path, BodyPublisher body) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(uri.resolve(path))
                .timeout(REQUEST_LIMIT)
                .header("Content-Type", "application/json")
                .method(method, body)
                .build();
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CommandException("Interrupted while waiting for the Connect worker", interrupted);
        }
    }

    private static String reason(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body()).path("message").asText("HTTP status " + response.statusCode());
        } catch (JsonProcessingException notJson) {
            return "HTTP status " + response.statusCode();
        }
    }

    private JsonNode parse(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new CommandException(
                    "Cannot read the answer of the Connect worker at " + uri + ": it is not JSON", e);
        }
    }

    private static String path(String connector, String suffix) {
        String name = URLEncoder.encode(connector, StandardCharsets.UTF_8).replace("+", "%20");
        return "/connectors/" + name + suffix;
    }
}
