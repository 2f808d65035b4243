package org.equipoise.database;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/** A command in a JVM of its own: takes a lease, asks one question, says so, and holds until its input ends. */
final class LeaseHolder {
    private LeaseHolder() {}

    public static void main(String[] arguments) throws IOException, SQLException {
        long begin = System.nanoTime();
        Path home = Path.of(arguments[0]);
        try (Lease lease = DatabaseSettings.resolve(home, Map.of()).lease().closeAtExit();
                Connection connection = lease.owner().connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select pg_backend_pid()")) {
            result.next();
            System.out.println("holding " + (System.nanoTime() - begin) / 1_000_000 + " ms");
            System.in.transferTo(OutputStream.nullOutputStream());
        }
        System.out.println("closed");
    }
}
