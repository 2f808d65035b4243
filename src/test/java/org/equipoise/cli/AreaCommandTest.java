package org.equipoise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** Months in remission out of the sample sites' exports, from the night to the explanation of one value. */
class AreaCommandTest {
    @TempDir
    private Path folder;

    private String run(String... command) {
        List<String> words = new ArrayList<>(List.of(
                "--home",
                folder.resolve("home").toString(),
                "--jobs",
                folder.resolve("jobs").toString(),
                "--format"));
        words.addAll(List.of(command));
        StringWriter said = new StringWriter();
        Equipoise.run(new PrintWriter(said), new PrintWriter(said), words.toArray(String[]::new));
        return said.toString();
    }

    private void addMonthsRemitted() throws IOException {
        Path jobs = folder.resolve("jobs");
        FileSystemUtils.copyRecursively(Path.of("jobs"), jobs);
        Path study = jobs.resolve("studies/mbt-tau.yaml");
        Files.writeString(study, Files.readString(study).replace("\ncomparisons:\n", """

                  - {code: MONTHS_REMITTED, paramcd: MREMIT, name: Months remitted, type: duration, direction: higher_is_better,
                     tier: exploratory, unit: months, area: {outcome: REMISSION_GAF, measure: months, longest_gap: 18}, periods: [m0-18]}
                comparisons:
                """));
    }

    /** A person of northgate: 182 days remitted to not, 175 back again, then up to day 546: 91 + 87.5 + 189 of 30.4375. */
    @Test
    void monthsRemittedLeadToTheValuesTheyLieOver() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        addMonthsRemitted();
        run("text", "nightly");

        String person = run("csv", "sql", """
                select participant_key from warehouse.outcome_value
                where outcome_code = 'REMISSION_GAF' and site_code = 'northgate'
                group by 1
                having string_agg(day || ':' || value, ' ' order by day) like '0:1 182:0 357:1 545:1 734:%'
                """).lines().skip(1).findFirst().orElseThrow();

        assertThat(run("text", "explain", "MONTHS_REMITTED/m0-18/" + person))
                .startsWith("Value:   12.0739")
                .contains(", 546 days at risk")
                .contains("It is the area under REMISSION_GAF, whose values are listed by")
                .contains("where outcome_code = 'REMISSION_GAF' and participant_key = '" + person + "' order by day");
        assertThat(run(
                        "csv",
                        "sql",
                        "select distinct reason from warehouse.harmonization"
                                + " where site_code = 'eichberg' and outcome_code = 'MONTHS_REMITTED'"))
                .isEqualToNormalizingNewlines(
                        "reason\nREMISSION_GAF: FUNC_GAF: items of GAF; planned at 3 of 4 intervals\n");
        assertThat(run("csv", "sql", "select source from warehouse.outcome where outcome_code = 'MONTHS_REMITTED'"))
                .contains("months times REMISSION_GAF, lines between values up to 18 months apart, 0 from death on");
    }
}
