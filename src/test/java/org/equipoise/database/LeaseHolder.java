package org.equipoise.database;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.stream.Stream;
import org.equipoise.testing.ChildProgram;

/** A command in a JVM of its own: takes a lease, connects, says so, and holds both until its input ends.
 * Arguments: the home and, if not the usual one, the cache. */
final class LeaseHolder {
    private LeaseHolder() {}

    static ChildProgram inAnotherProcess(Path... homeAndCache) throws IOException {
        return new ChildProgram(
                LeaseHolder.class, Stream.of(homeAndCache).map(Path::toString).toArray(String[]::new));
    }

    public static void main(String[] arguments) throws IOException, SQLException {
        long begin = System.nanoTime();
        Map<String, String> environment = arguments.length > 1 ? Map.of("EQUIPOISE_CACHE", arguments[1]) : Map.of();
        try (Lease lease = DatabaseSettings.resolve(Path.of(arguments[0]), environment)
                        .lease()
                        .closeAtExit();
                Connection connection = lease.owner().connect()) {
            connection.createStatement().execute("select 1");
            System.out.println("holding after " + (System.nanoTime() - begin) / 1_000_000 + " ms");
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (DatabaseProblem problem) {
            System.out.println(problem.getMessage());
            return;
        }
        System.out.println("closed");
    }
}
