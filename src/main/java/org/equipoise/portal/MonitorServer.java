package org.equipoise.portal;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * Serves a few pages to monitors with the server that comes with the JDK: no library, nothing on the class path of
 * other commands. Only looks; there is nothing to send.
 */
public final class MonitorServer implements AutoCloseable {
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int WRONG_METHOD = 405;
    private static final int FAILED = 500;

    /** What to answer. */
    public record Reply(int status, String contentType, String body) {}

    private final HttpServer server;
    private final ExecutorService thread;

    private MonitorServer(HttpServer server, ExecutorService thread) {
        this.server = server;
        this.thread = thread;
    }

    /**
     * Opens the port.
     *
     * @param pages what to answer, by path
     * @throws IOException if the address is not ours, or in use
     */
    public static MonitorServer open(InetSocketAddress address, Map<String, Supplier<Reply>> pages) throws IOException {
        HttpServer server = HttpServer.create(address, 0);
        ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
            Thread daemon = new Thread(work, "monitor");
            daemon.setDaemon(true);
            return daemon;
        });
        server.setExecutor(thread);
        server.createContext("/", exchange -> answer(exchange, pages));
        server.start();
        return new MonitorServer(server, thread);
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    private static void answer(HttpExchange exchange, Map<String, Supplier<Reply>> pages) throws IOException {
        try (exchange) {
            Supplier<Reply> page = pages.get(exchange.getRequestURI().getPath());
            String method = exchange.getRequestMethod();
            if (page == null) {
                send(exchange, new Reply(NOT_FOUND, "text/plain; charset=utf-8", listOf(pages)));
            } else if (!method.equals("GET") && !method.equals("HEAD")) {
                send(exchange, new Reply(WRONG_METHOD, "text/plain; charset=utf-8", "Only GET\n"));
            } else {
                send(exchange, ask(page));
            }
        }
    }

    private static String listOf(Map<String, Supplier<Reply>> pages) {
        return "There are " + String.join(", ", pages.keySet().stream().sorted().toList()) + "\n";
    }

    /** A page that fails says so: without an answer a monitor would wait. */
    private static Reply ask(Supplier<Reply> page) {
        try {
            return page.get();
        } catch (RuntimeException e) {
            return new Reply(FAILED, "text/plain; charset=utf-8", e.getClass().getSimpleName() + "\n");
        }
    }

    private static void send(HttpExchange exchange, Reply reply) throws IOException {
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", reply.contentType());
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(reply.status(), head ? -1 : body.length);
        if (!head) {
            exchange.getResponseBody().write(body);
        }
    }

    /** A page with a JSON object. */
    public static Reply json(boolean up, String body) {
        return new Reply(up ? OK : 503, "application/json", body);
    }

    /** A page with figures. */
    public static Reply figures(Exposition figures) {
        return new Reply(OK, Exposition.CONTENT_TYPE, figures.toString());
    }

    @Override
    public void close() {
        server.stop(0);
        thread.shutdownNow();
    }
}
