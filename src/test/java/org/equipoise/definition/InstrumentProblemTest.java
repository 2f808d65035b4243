package org.equipoise.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.equipoise.definition.DefinitionProblemTest.wrong;
import static org.equipoise.definition.JobsFixture.sentences;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.equipoise.definition.DefinitionProblemTest.Wrong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Instruments and crosswalks whose arithmetic does not hold, each by one change to a right one. */
class InstrumentProblemTest {
    private static final Path RIGHT = Path.of("src/test/resources/org/equipoise/definition/arithmetic");
    private static final String LONG = "instruments/long-5.yaml";
    private static final String SHORT = "instruments/short-2.yaml";
    private static final String TABLE = "crosswalks/second-total.yaml";
    private static final String ROWS = "crosswalks/second-total.csv";
    private static final String LINE = "crosswalks/total-metric.yaml";
    private static final String CHAIN = "crosswalks/second-metric.yaml";
    private static final String STUDY = "studies/trial.yaml";
    private static final String SCALE = "instrument: MOOD-3\n    scale: total";

    static final List<Wrong> ALL = List.of(
            wrong(
                    DefinitionProblem.CROSSWALK_UNKNOWN,
                    STUDY,
                    SCALE,
                    "metric: {name: METRIC, crosswalks: [other]}",
                    "DEF-087 studies/trial.yaml line 23: There is no crosswalk other. Expected one of "
                            + "second-metric, second-total, total-metric. Correct the code, or add the crosswalk's "
                            + "file. Found other."),
            wrong(
                    DefinitionProblem.METRIC_MISSED,
                    STUDY,
                    SCALE,
                    "metric: {name: METRIC, crosswalks: [second-total]}",
                    "DEF-094 studies/trial.yaml line 23: This does not lead to the metric METRIC. "
                            + "Expected METRIC. Remove it; two crosswalks in a row need a file of their own that "
                            + "says through. Found SHORT-2/total."),
            wrong(
                    DefinitionProblem.KEY_NEEDED_HERE,
                    STUDY,
                    SCALE,
                    "metric: {name: METRIC}",
                    "DEF-043 studies/trial.yaml line 23: The key crosswalks is missing: nothing leads to "
                            + "it. Expected scales or crosswalks. Add it, or correct the other key."),
            wrong(
                    DefinitionProblem.TABLE_ROW,
                    ROWS,
                    "source_score,target_score,target_se",
                    "score,target,se",
                    "DEF-088 crosswalks/second-total.csv line 1: The line of the table is not written as "
                            + "it should be. Expected source_score,target_score,target_se. Correct it, or remove it."),
            wrong(
                    DefinitionProblem.TABLE_ROW,
                    ROWS,
                    "3,3,\n",
                    "3,three,\n",
                    "DEF-088 crosswalks/second-total.csv line 5: The line of the table is not written as "
                            + "it should be. Expected two numbers, and a third or nothing. Correct it, or remove it.",
                    "DEF-090 crosswalks/second-total.yaml line 6: The table is said to be complete and "
                            + "lacks scores of its scale. Expected every whole score from 0 to 6. Add them, or let "
                            + "the status be anchors. Found 6 rows."),
            wrong(
                    DefinitionProblem.TABLE_ORDER,
                    ROWS,
                    "3,3,\n",
                    "2,3,\n",
                    "DEF-089 crosswalks/second-total.csv line 5: The source score is not greater than the "
                            + "one above. Expected a source score greater than the one above. Sort the rows by "
                            + "source score, each score once.",
                    "DEF-090 crosswalks/second-total.yaml line 6: The table is said to be complete and "
                            + "lacks scores of its scale. Expected every whole score from 0 to 6. Add them, or let "
                            + "the status be anchors. Found 6 rows."),
            wrong(
                    DefinitionProblem.TABLE_INCOMPLETE,
                    ROWS,
                    "3,3,\n",
                    "",
                    "DEF-090 crosswalks/second-total.yaml line 6: The table is said to be complete and "
                            + "lacks scores of its scale. Expected every whole score from 0 to 6. Add them, or let "
                            + "the status be anchors. Found 6 rows."),
            wrong(
                    DefinitionProblem.CROSSWALK_RANGE,
                    ROWS,
                    "6,6,",
                    "6,7,",
                    "DEF-091 crosswalks/second-total.yaml line 5: The crosswalk has scores that its "
                            + "target cannot have. Expected 0 to 6. Correct the table, the line's range or least, "
                            + "or the scale. Found 0 to 7."),
            wrong(
                    DefinitionProblem.CROSSWALK_RANGE,
                    LINE,
                    "range: [0, 5]",
                    "range: [0, 8]",
                    "DEF-091 crosswalks/total-metric.yaml line 4: The crosswalk has scores that its "
                            + "source cannot have. Expected 0 to 6. Correct the table, the line's range or least, "
                            + "or the scale. Found 0 to 8."),
            wrong(
                    DefinitionProblem.LINK_UNCLEAR,
                    LINE,
                    "line: {times: 2, plus: 40, range: [0, 5], least: 42, se: 3}\n",
                    "",
                    "DEF-092 crosswalks/total-metric.yaml line 1: It is not clear how the crosswalk "
                            + "converts. Expected a table of the same name, or line, or through. Give it just one "
                            + "of them."),
            wrong(
                    DefinitionProblem.LINK_UNCLEAR,
                    TABLE,
                    "complete_only: true",
                    "line: {times: 1}",
                    "DEF-092 crosswalks/second-total.yaml line 1: It is not clear how the crosswalk "
                            + "converts. Expected a table of the same name, or line, or through. Give it just one "
                            + "of them."),
            wrong(
                    DefinitionProblem.CHAIN_BROKEN,
                    CHAIN,
                    "[second-total, total-metric]",
                    "[total-metric, total-metric]",
                    "DEF-093 crosswalks/second-metric.yaml line 7: The chain breaks at total-metric. "
                            + "Expected one that takes LONG-5/second. Let each crosswalk begin where the one before "
                            + "ends. Found SHORT-2/total.",
                    "DEF-093 crosswalks/second-metric.yaml line 7: The chain breaks at total-metric. "
                            + "Expected one that takes METRIC. Let each crosswalk begin where the one before ends. "
                            + "Found SHORT-2/total."),
            wrong(
                    DefinitionProblem.CHAIN_BROKEN,
                    CHAIN,
                    "metric: METRIC,",
                    "metric: OTHER,",
                    "DEF-093 crosswalks/second-metric.yaml line 7: The chain breaks at total-metric. "
                            + "Expected a last one that gives OTHER. Let each crosswalk begin where the one before "
                            + "ends. Found METRIC."),
            wrong(
                    DefinitionProblem.KEY_NEEDED_HERE,
                    LINE,
                    "metric: METRIC, ",
                    "",
                    "DEF-043 crosswalks/total-metric.yaml line 5: The key metric is missing: the target "
                            + "is not named. Expected instrument and scale, or metric and direction. Add it, or "
                            + "correct the other key."),
            wrong(
                    DefinitionProblem.STEP_MISFIT,
                    SHORT,
                    "step: 2",
                    "step: 3",
                    "DEF-080 instruments/short-2.yaml line 6: Steps of 3 do not lead from the least to "
                            + "the greatest answer. Expected a divisor of 4. Correct the step or the range."),
            wrong(
                    DefinitionProblem.EMBEDDING_DIFFERS,
                    SHORT,
                    "items: [1, 4]",
                    "items: [1, 5]",
                    "DEF-086 instruments/short-2.yaml line 8: The instrument LONG-5 does not hold this "
                            + "one's item 2 with the same answers. Expected an item of the longer one, with the "
                            + "same range, for each of 2. Correct the item numbers, or remove the entry. Found 5."),
            wrong(
                    DefinitionProblem.EMBEDDING_DIFFERS,
                    SHORT,
                    "items: [1, 4]",
                    "items: 1",
                    "DEF-086 instruments/short-2.yaml line 8: The instrument LONG-5 does not hold this "
                            + "one's item 2 with the same answers. Expected an item of the longer one, with the "
                            + "same range, for each of 2. Correct the item numbers, or remove the entry."),
            wrong(
                    DefinitionProblem.INSTRUMENT_UNKNOWN,
                    SHORT,
                    "instrument: LONG-5",
                    "instrument: LONG-6",
                    "DEF-016 instruments/short-2.yaml line 8: There is no instrument LONG-6. Expected one "
                            + "of LONG-5, MOOD-3, SHORT-2. Correct the code, or add the instrument's file. Found "
                            + "LONG-6."),
            wrong(
                    DefinitionProblem.ITEM_UNKNOWN,
                    LONG,
                    "items: 2-3, count_as",
                    "items: 2-6, count_as",
                    "DEF-025 instruments/long-5.yaml line 9: The instrument LONG-5 has no item 6. "
                            + "Expected items 1 to 5. Correct the number."),
            wrong(
                    DefinitionProblem.TOO_MANY_MISSING,
                    LONG,
                    "max_missing: 3",
                    "max_missing: 5",
                    "DEF-031 instruments/long-5.yaml line 10: The scale LONG-5 would be scored with none "
                            + "of its items answered. Expected less than 5. Let max_missing be less than the number "
                            + "of items. Found 5."),
            wrong(
                    DefinitionProblem.PARTITION_GAP,
                    LONG,
                    ", outside: 5",
                    "",
                    "DEF-082 instruments/long-5.yaml line 12: The item 5 is in none of the scales that "
                            + "are said to share out all items. Expected each item once. Add it to its scale, or to "
                            + "outside."),
            wrong(
                    DefinitionProblem.ITEM_TWICE,
                    LONG,
                    "outside: 5",
                    "outside: [4, 5]",
                    "DEF-023 instruments/long-5.yaml line 12: The item 4 is there twice. Expected each "
                            + "item once. Name each item once."),
            wrong(
                    DefinitionProblem.SCALE_UNKNOWN,
                    LONG,
                    "scales: [first, second], outside",
                    "scales: [first, other], outside",
                    "DEF-017 instruments/long-5.yaml line 12: The instrument LONG-5 has no scale other. "
                            + "Expected one of those above: first, second, third, both. Correct the code, or add "
                            + "the scale. Found other."),
            wrong(
                    DefinitionProblem.SCALE_UNKNOWN,
                    LONG,
                    "scales: [first, second]\n",
                    "scales: [first, second, both]\n",
                    "DEF-017 instruments/long-5.yaml line 43: The instrument LONG-5 has no scale both. "
                            + "Expected one of those above: first, second, third. Correct the code, or add the "
                            + "scale. Found both."),
            wrong(
                    DefinitionProblem.CHANGE_DIFFERS,
                    LONG,
                    "points: 1.24",
                    "points: 2.24",
                    "DEF-085 instruments/long-5.yaml line 22: The reliable change of the scale first is "
                            + "not what its standard deviation and reliability give. Expected 1.2396. Correct the "
                            + "one that is wrong, or leave out points: they are computed. Found 2.24."),
            wrong(
                    DefinitionProblem.KEY_NEEDED_HERE,
                    LONG,
                    "points: 1.24, sd: 1, ",
                    "",
                    "DEF-043 instruments/long-5.yaml line 22: The key points is missing: sd or "
                            + "reliability is not there. Expected the key points, or both sd and reliability. Add "
                            + "it, or correct the other key."),
            wrong(
                    DefinitionProblem.OUT_OF_BOUNDS,
                    LONG,
                    "reliability: 0.8",
                    "reliability: 1",
                    "DEF-010 instruments/long-5.yaml line 22: The value of reliability is too small, too "
                            + "large, too short or too long. Expected less than 1. Correct it. Found 1."),
            wrong(
                    DefinitionProblem.BAND_GAP,
                    LONG,
                    "{from: 0, name: low}",
                    "{from: 1, name: low}",
                    "DEF-083 instruments/long-5.yaml line 30: The bands of the scale second leave its "
                            + "least scores without a name. Expected a first band from 0. Let the first begin at "
                            + "the least score. Found 1."),
            wrong(
                    DefinitionProblem.CUT_OFF_OUTSIDE,
                    LONG,
                    "{from: 4, meaning",
                    "{from: 40, meaning",
                    "DEF-084 instruments/long-5.yaml line 31: A cut-off of the scale second is no score "
                            + "it can have. Expected a score in [0, 6]. Correct it: it is in the scale's unit. "
                            + "Found 40."),
            wrong(
                    DefinitionProblem.RECODE_INCOMPLETE,
                    LONG,
                    ", 7: 0}",
                    "}",
                    "DEF-081 instruments/long-5.yaml line 36: The scale third does not say what the "
                            + "answer 7 to the item 5 counts as. Expected a value for each answer. Add it to the "
                            + "values."),
            wrong(
                    DefinitionProblem.ITEM_NOT_IN_SCALE,
                    LONG,
                    "- {items: 5, values",
                    "- {items: 4-5, values",
                    "DEF-026 instruments/long-5.yaml line 36: The item 4 is none of the scale's items. "
                            + "Expected items of the scale. Correct the number.",
                    "DEF-081 instruments/long-5.yaml line 36: The scale third does not say what the "
                            + "answer 0 to the item 4 counts as. Expected a value for each answer. Add it to the "
                            + "values."),
            wrong(
                    DefinitionProblem.WRONG_FORM,
                    LONG,
                    "{1: 3, 2",
                    "{one: 3, 1: 3, 2",
                    "DEF-009 instruments/long-5.yaml line 36: The value of one is not written as it "
                            + "should be. Expected an answer, which is a whole number. Write it as expected. Found "
                            + "one."),
            wrong(
                    DefinitionProblem.RANGE_DIFFERS,
                    LONG,
                    "range: [0, 8]",
                    "range: [0, 4]",
                    "DEF-030 instruments/long-5.yaml line 46: The range of the scale both is not what its "
                            + "items add up to. Expected [0, 8]. Correct the range, the items or the aggregation. "
                            + "Found [0, 4]."),
            wrong(
                    DefinitionProblem.KEY_NEEDED_HERE,
                    LONG,
                    "    items: 5\n",
                    "",
                    "DEF-043 instruments/long-5.yaml line 32: The key items is missing: aggregation sum. "
                            + "Expected the key items. Add it, or correct the other key."),
            wrong(
                    DefinitionProblem.KEY_OUT_OF_PLACE,
                    LONG,
                    "scales: [first, second]\n",
                    "scales: [first, second]\n    items: 1-4\n",
                    "DEF-042 instruments/long-5.yaml line 44: The key items means nothing here: "
                            + "aggregation sum_of_scales. Expected no such key. Remove it, or correct the other key."));

    @TempDir
    Path folder;

    private JobsFixture jobs;

    @BeforeEach
    void copyRightInstruments() throws IOException {
        jobs = JobsFixture.in(folder);
        Files.createDirectories(folder.resolve("crosswalks"));
        for (String file : List.of(LONG, SHORT, TABLE, ROWS, LINE, CHAIN)) {
            Files.copy(RIGHT.resolve(file), folder.resolve(file));
        }
    }

    @Test
    void rightArithmeticIsTakenAsItIs() {
        assertThat(jobs.load().allProblems()).isEmpty();
    }

    @Test
    void metricIsReachedByADeclaredChain() throws IOException {
        jobs.with(STUDY, SCALE, "metric: {name: METRIC, crosswalks: [second-metric, total-metric]}");

        assertThat(jobs.load().allProblems()).isEmpty();
        assertThat(jobs.load().bundle().orElseThrow().texts().keySet())
                .contains("crosswalk/second-metric", "crosswalk/total-metric", "instrument/LONG-5");
    }

    @ParameterizedTest
    @FieldSource("ALL")
    void tellsWhatDoesNotAddUp(Wrong wrong) throws IOException {
        List<String> told = sentences(
                jobs.with(wrong.file(), wrong.text(), wrong.other()).load().allProblems());

        assertThat(told).isEqualTo(wrong.told());
    }
}
