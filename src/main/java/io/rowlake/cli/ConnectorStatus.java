package io.rowlake.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * How a connector and its tasks do.
 *
 * @param state the connector's own, as Connect writes it: {@code RUNNING}, {@code FAILED}, {@code PAUSED}
 */
public record ConnectorStatus(String connector, String state, List<Task> tasks) {

    private static final String RUNNING = "RUNNING";
    private static final String FAILED = "FAILED";

    public ConnectorStatus {
        tasks = List.copyOf(tasks);
    }

    /**
     * One task of the connector.
     *
     * @param trace empty where the task has not failed
     */
    public record Task(int id, String state, String trace) {}

    static ConnectorStatus of(String connector, JsonNode answer) {
        var tasks = new ArrayList<Task>();
        for (JsonNode task : answer.path("tasks")) {
            tasks.add(new Task(
                    task.path("id").asInt(),
                    task.path("state").asText(),
                    task.path("trace").asText("")));
        }
        JsonNode own = answer.path("connector");
        if (own.hasNonNull("trace")) {
            throw new CommandException("Connector '" + connector + "' failed: "
                    + FailureTrace.summary(own.path("trace").asText()));
        }
        return new ConnectorStatus(connector, own.path("state").asText(), tasks);
    }

    /** Whether the connector and at least this many tasks run, and no task does anything else. */
    public boolean isRunning(int least) {
        return state.equals(RUNNING)
                && tasks.size() >= least
                && tasks.stream().allMatch(task -> task.state().equals(RUNNING));
    }

    /**
     * Raises the failure of the first task that has failed.
     *
     * @throws CommandException with what the trace says of the cause
     */
    public void failIfFailed() {
        for (Task task : tasks) {
            if (task.state().equals(FAILED)) {
                throw new CommandException("Task " + task.id() + " of connector '" + connector + "' failed: "
                        + FailureTrace.summary(task.trace()));
            }
        }
    }
}
