package org.equipoise.staging.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.equipoise.staging.AssessmentFragment;
import org.equipoise.staging.Finding;
import org.equipoise.staging.StagedBlock;
import org.equipoise.vocabulary.FindingCode;
import org.equipoise.vocabulary.SiteCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows with a column for each answer, read as the shipped site Northgate sends them. */
class WideRowCheckerTest {
    private static final SiteCode NORTHGATE = new SiteCode("northgate");

    @TempDir
    Path folder;

    @Test
    void anAnswerTheSiteHasTurnedRoundIsTurnedBack() throws Exception {
        Path jobs = jobsWith("""
                        instrument: WSAS
                        items: wsas_{item}
                        totals: {total: wsas_total}
                """, """
                        instrument: CORE-10
                        items: {1: wsas_1, 2: wsas_2, 3: wsas_3}
                        already_reversed: [2]
                """);

        StagedBlock block = check(jobs, "wsas_date,wsas_1,wsas_2,wsas_3", "2020-01-02,1,1,1");

        assertThat(block.fragments())
                .singleElement()
                .satisfies(fragment -> assertThat(fragment.values()).startsWith(1, 3, 1));
    }

    @Test
    void eachTotalIsHeldAgainstItsOwnScale() throws Exception {
        Path jobs = jobsWith("""
                        items: wsas_{item}
                        totals: {total: wsas_total}
                """, """
                        totals: {total_not_working: wsas_5, total: wsas_total}
                """);

        StagedBlock block = check(jobs, "wsas_date,wsas_5,wsas_total", "2020-01-02,33,33");

        assertThat(block.fragments())
                .singleElement()
                .satisfies(fragment -> assertThat(fragment.totals())
                        .extracting(total -> total.scale().value(), AssessmentFragment.Total::value)
                        .containsExactly(tuple("total", 33.0)));
        assertThat(block.findings())
                .extracting(Finding::code, finding -> finding.place().column())
                .containsExactly(tuple(FindingCode.STG_034, "wsas_5"));
    }

    /** The shipped definitions with a passage of the site's mapping exchanged. */
    private Path jobsWith(String passage, String instead) throws IOException {
        Path shipped = Path.of("jobs");
        try (Stream<Path> files = Files.walk(shipped)) {
            for (Path file : files.filter(path ->
                            path.toString().endsWith(".yaml") || path.toString().endsWith(".csv"))
                    .toList()) {
                Path copy = folder.resolve(shipped.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        Path mapping = folder.resolve("sites/northgate/mapping.yaml");
        String text = Files.readString(mapping);
        assertThat(text).contains(passage);
        Files.writeString(mapping, text.replace(passage, instead));
        return folder;
    }

    /** One row that says nothing in all other columns. */
    private static StagedBlock check(Path jobs, String columns, String cells) throws Exception {
        String name = "northgate_redcap_2026-09-30.csv";
        String header = Files.readAllLines(Path.of("jobs/sites/northgate/inbox").resolve(name))
                .get(0);
        List<String> filled = List.of(("record_id,redcap_event_name," + columns).split(","));
        List<String> with = List.of(("NG001,baseline_arm_1," + cells).split(","));
        String row = Stream.of(header.split(","))
                .map(column -> filled.contains(column) ? with.get(filled.indexOf(column)) : "")
                .collect(Collectors.joining(","));
        return TestRows.check(TestRows.bundle(jobs), NORTHGATE, "redcap", name, header + "\n" + row + "\n");
    }
}
