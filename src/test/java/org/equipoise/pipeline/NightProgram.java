package org.equipoise.pipeline;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Scanner;
import org.equipoise.database.DatabaseAddress;
import org.equipoise.testing.ChildProgram;
import org.equipoise.testing.TestNight;

/**
 * A night in a JVM of its own: says "ready", waits for a line, runs the night, says "done" or "failed". Arguments: folder;
 * URL, user and password of the database; whether to make the database and the job ready before saying so.
 */
final class NightProgram {
    private NightProgram() {}

    static ChildProgram inAnotherProcess(Path folder, DatabaseAddress database, boolean prepared) throws IOException {
        return new ChildProgram(
                NightProgram.class,
                folder.toString(),
                database.jdbcUrl(),
                String.valueOf(database.user()),
                String.valueOf(database.password()),
                String.valueOf(prepared));
    }

    public static void main(String[] arguments) {
        // a run whose database has gone asks some times more
        System.setProperty("spring.datasource.hikari.connection-timeout", "500");
        Path folder = Path.of(arguments[0]);
        DatabaseAddress database = new DatabaseAddress(arguments[1], arguments[2], arguments[3]);
        try (TestNight night = TestNight.mini(folder, database);
                Scanner words = new Scanner(System.in, StandardCharsets.UTF_8)) {
            if (Boolean.parseBoolean(arguments[4])) {
                night.context().getBean(Night.class);
            }
            System.out.println("ready");
            words.nextLine();
            System.out.println("done " + TestNight.standing(night.run()));
        } catch (RuntimeException e) {
            System.out.println("failed " + List.of(e.getClass().getSimpleName(), String.valueOf(e.getMessage())));
        }
    }
}
