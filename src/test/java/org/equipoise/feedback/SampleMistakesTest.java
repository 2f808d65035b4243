package org.equipoise.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.equipoise.submission.Submission.Counts;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The shipped samples: each mistake that was made on purpose is found where it is, and nothing else but what is listed. */
class SampleMistakesTest {
    /** What each kind of mistake is told as, and whether in its own column or about the row. */
    private static final Map<String, String> CODES = Map.ofEntries(
            Map.entry("duplicate_different", "STG-026"),
            Map.entry("duplicate_same", "STG-025"),
            Map.entry("arm_unknown", "STG-024 in its column"),
            Map.entry("event_unknown", "STG-021 in its column"),
            Map.entry("instrument_unknown", "STG-022 in its column"),
            Map.entry("date_impossible", "STG-031 in its column"),
            Map.entry("date_after_export", "STG-031 in its column"),
            Map.entry("item_out_of_range", "STG-033 in its column"),
            Map.entry("total_disagrees", "HRM-001"),
            Map.entry("date_before_time_zero", "HRM-006"),
            Map.entry("not_a_number", "STG-032 in its column"),
            Map.entry("not_a_date", "STG-030 in its column"),
            Map.entry("day_unknown", "STG-036 in its column"),
            Map.entry("record_missing", "STG-020 in its column"),
            Map.entry("total_out_of_range", "STG-034 in its column"),
            Map.entry("count_impossible", "STG-039 in its column"),
            Map.entry("kind_unknown", "STG-024 in its column"),
            Map.entry("kind_blank", "STG-029 in its column"),
            Map.entry("day_missing", "STG-028 in its column"),
            Map.entry("end_before_start", "STG-038 in its column"));

    private record Place(String code, int line, String column) {}

    /**
     * A sample, how many of its rows mistakes make unusable or repeat, and what is told besides: of a participant
     * whose arm is unknown that too, of a visit that came a month or two late each of its forms, and of a visit before
     * the recall period was over each number above zero that was above zero at the visit before it.
     */
    private record Sample(String file, long rows, int rejected, int duplicate, List<Place> besides) {
        Sample(String file, long rows, int rejected, int duplicate, Place... besides) {
            this(file, rows, rejected, duplicate, List.of(besides));
        }

        String site() {
            return file.substring(0, file.indexOf('_'));
        }
    }

    private static Place late(int line) {
        return new Place("HRM-002", line, "");
    }

    private static Place withoutArm(int line) {
        return new Place("HRM-003", line, "");
    }

    private static Place[] early(int... lines) {
        return Arrays.stream(lines)
                .mapToObj(line -> new Place("HRM-007", line, ""))
                .toArray(Place[]::new);
    }

    private static Place[] and(Place[] some, Place... others) {
        return Stream.concat(Arrays.stream(some), Arrays.stream(others)).toArray(Place[]::new);
    }

    static final List<Sample> SAMPLES = List.of(
            new Sample(
                    "northgate_redcap_2026-09-30.csv",
                    1066,
                    4,
                    1,
                    withoutArm(26),
                    late(764),
                    late(764),
                    late(764),
                    late(764)),
            new Sample("oosterpark_study_2026-10-05.csv", 40, 0, 0),
            new Sample("oosterpark_reports_2026-10-05.csv", 900, 2, 0),
            new Sample(
                    "eichberg_spss_2026-10-06.csv",
                    40,
                    0,
                    0,
                    and(early(8), withoutArm(41), late(19), late(19), late(19))),
            new Sample("lindholm_responses_2026-10-02.csv", 11949, 9, 10, withoutArm(1007)),
            new Sample("lindholm_register_2026-10-02.csv", 935, 2, 1),
            new Sample(
                    "fairhaven_visits_2026-10-01.csv",
                    200,
                    2,
                    0,
                    and(
                            early(
                                    21, 30, 31, 33, 50, 51, 65, 78, 80, 91, 114, 115, 116, 158, 164, 186, 188, 198, 199,
                                    200),
                            late(150),
                            late(150),
                            late(150))),
            new Sample("sonderby_skemaer_2026-10-07.csv", 209, 0, 0, late(201), late(201), late(201), late(201)),
            new Sample("sonderby_haendelser_2026-10-07.csv", 546, 2, 1),
            new Sample("sonderby_forloeb_2026-10-07.csv", 464, 3, 0));

    @ParameterizedTest
    @FieldSource("SAMPLES")
    void eachMistakeIsFoundAndNothingBesides(Sample sample) throws IOException {
        CheckedFile checked = check(sample.site(), sample.file());

        List<Place> expected = mistakes(sample.file());
        expected.addAll(sample.besides());
        assertThat(places(checked)).containsExactlyInAnyOrderElementsOf(expected);
        long unusable = (long) sample.rejected() + sample.duplicate();
        assertThat(checked)
                .extracting(CheckedFile::verdict, CheckedFile::counts)
                .containsExactly(
                        sample.rejected() > 0 ? Verdict.SOME_ROWS_REJECTED : Verdict.ACCEPTED,
                        new Counts(sample.rows(), sample.rows() - unusable, sample.rejected(), sample.duplicate(), 0));
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
    private static List<Place> mistakes(String file) throws IOException {
        List<Place> places = new ArrayList<>();
        try (CSVParser mistakes = CSVFormat.Builder.create()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get()
                .parse(Files.newBufferedReader(Path.of("src/test/resources/org/equipoise/simulation/mistakes.csv")))) {
            for (CSVRecord mistake : mistakes) {
                if (mistake.get("file").equals(file)) {
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
