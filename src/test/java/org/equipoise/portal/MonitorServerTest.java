package org.equipoise.portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MonitorServerTest {
    private MonitorServer server;

    @BeforeEach
    void open() throws IOException {
        server = MonitorServer.open(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                Map.of(
                        "/health/live", () -> MonitorServer.json(true, "{\"status\":\"UP\"}"),
                        "/health/ready", () -> MonitorServer.json(false, "{\"status\":\"DOWN\"}"),
                        "/metrics", () -> MonitorServer.figures(new Exposition().gauge("a", "An a.", 1)),
                        "/broken",
                                () -> {
                                    throw new IllegalStateException("of no interest to a monitor");
                                }));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private HttpResponse<String> ask(String method, String path) throws IOException, InterruptedException {
        URI page = URI.create("http://127.0.0.1:" + server.address().getPort() + path);
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(page)
                                .method(method, HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void tellsUpFromDownByStatus() throws Exception {
        assertThat(ask("GET", "/health/live").statusCode()).isEqualTo(200);
        assertThat(ask("GET", "/health/ready").statusCode()).isEqualTo(503);
        assertThat(ask("GET", "/health/ready").body()).isEqualTo("{\"status\":\"DOWN\"}");
    }

    @Test
    void showsFiguresAsPrometheusReadsThem() throws Exception {
        HttpResponse<String> answer = ask("GET", "/metrics");
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/plain; version=0.0.4; charset=utf-8");
        assertThat(answer.body()).isEqualTo("# HELP a An a.\n# TYPE a gauge\na 1\n");
    }

    @Test
    void answersWhateverIsAsked() throws Exception {
        assertThat(ask("GET", "/").statusCode()).isEqualTo(404);
        assertThat(ask("GET", "/").body()).isEqualTo("There are /broken, /health/live, /health/ready, /metrics\n");
        assertThat(ask("POST", "/metrics").statusCode()).isEqualTo(405);
        assertThat(ask("HEAD", "/metrics").statusCode()).isEqualTo(200);
        assertThat(ask("GET", "/broken").statusCode()).isEqualTo(500);
        assertThat(ask("GET", "/broken").body()).isEqualTo("IllegalStateException\n");
    }

    @Test
    void escapesLabelsAsTheFormatAsks() {
        assertThat(new Exposition()
                        .counters("b_total", "A \\ and\na line.")
                        .sample("b_total", Map.of("y", "quote \" slash \\ line\n", "x", "plain"), 2.5)
                        .toString())
                .isEqualTo("""
                        # HELP b_total A \\\\ and\\na line.
                        # TYPE b_total counter
                        b_total{x="plain",y="quote \\" slash \\\\ line\\n"} 2.5
                        """);
    }
}
