package org.equipoise.pipeline;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Scanner;
import org.equipoise.database.DatabaseAddress;
import org.equipoise.pipeline.Withdrawing.Request;
import org.equipoise.staging.Withdrawals.Kind;
import org.equipoise.testing.ChildProgram;
import org.equipoise.testing.TestNight;

/**
 * A withdrawal of consent in a JVM of its own: says "ready", waits for a line, withdraws, says "done". Arguments: folder; URL,
 * user and password of the database; the record id, of site alpha.
 */
final class WithdrawalProgram {
    private WithdrawalProgram() {}

    static ChildProgram inAnotherProcess(Path folder, DatabaseAddress database, String record) throws IOException {
        return new ChildProgram(
                WithdrawalProgram.class,
                folder.toString(),
                database.jdbcUrl(),
                String.valueOf(database.user()),
                String.valueOf(database.password()),
                record);
    }

    public static void main(String[] arguments) {
        DatabaseAddress database = new DatabaseAddress(arguments[1], arguments[2], arguments[3]);
        try (TestNight night = TestNight.mini(Path.of(arguments[0]), database);
                Scanner words = new Scanner(System.in, StandardCharsets.UTF_8)) {
            Withdrawing withdrawing = night.context().getBean(Withdrawing.class);
            System.out.println("ready");
            words.nextLine();
            withdrawing.withdraw(new Request("alpha", arguments[4], Kind.CONSENT, null, "the test"));
            System.out.println("done");
        }
    }
}
