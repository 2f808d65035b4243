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

/** Instruments whose arithmetic does not hold, each by one change to a right one. */
class InstrumentProblemTest {
    private static final Path RIGHT = Path.of("src/test/resources/org/equipoise/definition/arithmetic");
    private static final String LONG = "instruments/long-5.yaml";
    private static final String SHORT = "instruments/short-2.yaml";

    static final List<Wrong> ALL = List.of(
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
        for (String file : List.of(LONG, SHORT)) {
            Path right = RIGHT.resolve(Path.of(file).getFileName());
            Files.copy(right, folder.resolve(file));
        }
    }

    @Test
    void rightArithmeticIsTakenAsItIs() {
        assertThat(jobs.load().allProblems()).isEmpty();
    }

    @ParameterizedTest
    @FieldSource("ALL")
    void tellsWhatDoesNotAddUp(Wrong wrong) throws IOException {
        List<String> told = sentences(
                jobs.with(wrong.file(), wrong.text(), wrong.other()).load().allProblems());

        assertThat(told).isEqualTo(wrong.told());
    }
}
