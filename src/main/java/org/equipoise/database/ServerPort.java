package org.equipoise.database;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;

/** Chooses a loopback port for a home. */
final class ServerPort {
    /** Below the range from which Linux, macOS and Windows lend ports to outgoing connections, so it stays ours. */
    private static final int FIRST = 20_000;

    private static final int COUNT = 10_000;
    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    private ServerPort() {}

    /** A free port; different homes begin their search at different places. */
    static int choose(Path home) {
        return nextAfter(FIRST + Math.floorMod(home.hashCode(), COUNT) - 1);
    }

    static int nextAfter(int port) {
        for (int step = 1; step <= COUNT; step++) {
            int candidate = FIRST + Math.floorMod(port - FIRST + step, COUNT);
            if (isFree(candidate)) {
                return candidate;
            }
        }
        throw new DatabaseProblem(
                "DB-020",
                "No port from " + FIRST + " to " + (FIRST + COUNT - 1) + " is free on " + ServerRecord.HOST + ".",
                "Set PGHOST and friends to a PostgreSQL server, or ask why this machine lets no port be opened.");
    }

    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
