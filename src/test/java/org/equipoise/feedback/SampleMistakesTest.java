package org.equipoise.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.equipoise.submission.Submission.Counts;
import org.junit.jupiter.api.Test;

/** The shipped samples: each mistake that was made on purpose is found where it is, and nothing else but what is listed. */
class SampleMistakesTest {
    /** What each kind of mistake is told as, and whether in its own column or about the row. */
    private static final Map<String, String> CODES = Map.of(
            "duplicate_different", "STG-026",
            "duplicate_same", "STG-025",
            "arm_unknown", "STG-024 in its column",
            "event_unknown", "STG-021 in its column",
            "instrument_unknown", "STG-022 in its column",
            "date_impossible", "STG-031 in its column",
            "date_after_export", "STG-031 in its column",
            "item_out_of_range", "STG-033 in its column",
            "total_disagrees", "HRM-001",
            "date_before_time_zero", "HRM-006");

    private record Place(String code, int line, String column) {}

    @Test
    void eachMistakeOfNorthgateIsFoundAndOnlyDriftingVisitsBesides() throws IOException {
        CheckedFile checked = check("northgate", "northgate_redcap_2026-09-30.csv");

        List<Place> expected = mistakes("northgate");
        // A participant whose arm is unknown is told as such too.
        expected.add(new Place("HRM-003", 14, ""));
        // The trial lets 3 percent of visits come a month or two late: four forms each of three visits.
        for (int line : List.of(258, 365, 444)) {
            expected.addAll(java.util.Collections.nCopies(4, new Place("HRM-002", line, "")));
        }
        assertThat(places(checked)).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(checked)
                .extracting(CheckedFile::verdict, CheckedFile::counts)
                .isEqualTo(tuple(Verdict.SOME_ROWS_REJECTED, new Counts(541, 538, 2, 1, 0))
                        .toList());
    }

    @Test
    void eachMistakeOfLindholmIsFoundAndNothingBesides() throws IOException {
        CheckedFile checked = check("lindholm", "lindholm_responses_2026-10-02.csv");

        List<Place> expected = mistakes("lindholm");
        expected.add(new Place("HRM-003", 9623, ""));
        assertThat(places(checked)).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(checked)
                .extracting(CheckedFile::verdict, CheckedFile::counts)
                .isEqualTo(tuple(Verdict.SOME_ROWS_REJECTED, new Counts(17116, 17097, 9, 10, 0))
                        .toList());
    }

    private static CheckedFile check(String site, String file) {
        return TestSites.shippedCheck().check(Path.of("jobs/sites", site, "inbox", file), Optional.empty());
    }

    private static List<Place> places(CheckedFile checked) {
        return checked.findings().stream()
                .map(row -> new Place(row.code(), row.line(), Objects.requireNonNullElse(row.column(), "")))
                .toList();
    }

    /** What the list of mistakes comes to, line by line; an assessment's date is told once for its rows. */
    private static List<Place> mistakes(String site) throws IOException {
        List<Place> places = new ArrayList<>();
        try (CSVParser mistakes = CSVFormat.Builder.create()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get()
                .parse(Files.newBufferedReader(Path.of("src/test/resources/org/equipoise/simulation/mistakes.csv")))) {
            for (CSVRecord mistake : mistakes) {
                if (mistake.get("site").equals(site)) {
                    String[] told = Objects.requireNonNull(new TreeMap<>(CODES).get(mistake.get("kind")))
                            .split(" ", 2);
                    int line = Integer.parseInt(mistake.get("line"));
                    int lines = told[0].startsWith("HRM") ? 1 : Integer.parseInt(mistake.get("lines"));
                    for (int i = 0; i < lines; i++) {
                        places.add(new Place(told[0], line + i, told.length == 1 ? "" : mistake.get("column")));
                    }
                }
            }
        }
        return places;
    }
}
