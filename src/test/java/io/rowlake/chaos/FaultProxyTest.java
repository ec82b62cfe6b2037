package io.rowlake.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class FaultProxyTest {

    private final List<String> done = new CopyOnWriteArrayList<>();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private HttpServer server;
    private FaultProxy proxy;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        proxy = new FaultProxy("http://127.0.0.1:" + server.getAddress().getPort(), 1);
    }

    @AfterEach
    void stop() {
        proxy.close();
        server.stop(0);
    }

    @Test
    void requestsPassInFramesOfEverySort() throws Exception {
        assertThat(post("/sized", BodyPublishers.ofString("one")).body()).isEqualTo("done one");
        assertThat(post("/chunks", BodyPublishers.ofInputStream(() -> stream("two")))
                        .body())
                .isEqualTo("done two");
        assertThat(done).containsExactly("one", "two");
    }

    @Test
    void aRefusedRequestIsNotDone() throws Exception {
        proxy.set(Trouble.of("^POST ", Trouble.Way.REFUSED).answering(HttpMessage.answer(503, "text/plain", "later")));

        HttpResponse<String> answer = post("/", BodyPublishers.ofString("one"));

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).isEqualTo("later");
        assertThat(done).isEmpty();
    }

    @Test
    void aRequestWhoseAnswerIsLostIsDone() {
        proxy.set(Trouble.of("^POST ", Trouble.Way.ANSWER_LOST));

        assertThatThrownBy(() -> post("/", BodyPublishers.ofString("one"))).isInstanceOf(IOException.class);
        assertThat(done).contains("one");
        assertThat(proxy.spoilt()).isPositive();
    }

    @Test
    void aRequestWhoseAnswerIsWrongIsDone() throws Exception {
        proxy.set(Trouble.of("^POST ", Trouble.Way.ANSWER_WRONG));

        assertThat(post("/", BodyPublishers.ofString("one")).statusCode()).isEqualTo(500);
        assertThat(done).containsExactly("one");
    }

    @Test
    void otherRequestsPassDuringTrouble() throws Exception {
        proxy.set(Trouble.of("^POST /lost", Trouble.Way.ANSWER_LOST));

        assertThat(post("/", BodyPublishers.ofString("one")).body()).isEqualTo("done one");
    }

    private HttpResponse<String> post(String path, HttpRequest.BodyPublisher body) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(proxy.uri() + path))
                        .POST(body)
                        .build(),
                BodyHandlers.ofString());
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        done.add(body);
        byte[] answer = ("done " + body).getBytes(UTF_8);
        // No length makes the server answer in chunks.
        exchange.sendResponseHeaders(200, exchange.getRequestURI().getPath().equals("/chunks") ? 0 : answer.length);
        try (var out = exchange.getResponseBody()) {
            out.write(answer);
        }
    }
}
