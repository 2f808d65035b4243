package org.equipoise.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.equipoise.definition.JobsFixture.sentences;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Every problem there is, brought about by one change to a right definition. */
class DefinitionProblemTest {
    private static final String STUDY = "studies/trial.yaml";
    private static final String INSTRUMENT = "instruments/mood-3.yaml";
    private static final String HERE = "sites/here/mapping.yaml";
    private static final String THERE = "sites/there/mapping.yaml";

    static final List<Wrong> ALL = List.of(
            wrong(
                    DefinitionProblem.FILE_MISSING,
                    THERE,
                    "",
                    "",
                    "DEF-001 sites/there/mapping.yaml: The file is not there or cannot be read. Expected a "
                            + "readable file. Put the file there, or correct its name."),
            wrong(
                    DefinitionProblem.NOT_UTF8,
                    INSTRUMENT,
                    "name: Three",
                    "name: Thr\u00e9\u00e9",
                    "DEF-002 instruments/mood-3.yaml: The file is not written in UTF-8. Expected UTF-8. Save "
                            + "it again, with UTF-8 as its encoding."),
            wrong(
                    DefinitionProblem.NOT_YAML,
                    STUDY,
                    "name: A small trial",
                    "name: A small: trial",
                    "DEF-003 studies/trial.yaml line 2: The file is not valid YAML: mapping values are not "
                            + "allowed here. Expected valid YAML. Look at this line and the one before: indent with "
                            + "spaces, put a space after a colon, and quotes around text that holds a colon, a hash or "
                            + "a brace."),
            wrong(
                    DefinitionProblem.NOT_YAML,
                    HERE,
                    "zone: Europe",
                    "\tzone: Europe",
                    "DEF-003 sites/here/mapping.yaml line 3: The file is not valid YAML: found character "
                            + "'\\t(TAB)' that cannot start any token. (Do not use \\t(TAB) for indentation). Expected "
                            + "valid YAML. Look at this line and the one before: indent with spaces, put a space after "
                            + "a colon, and quotes around text that holds a colon, a hash or a brace."),
            wrong(
                    DefinitionProblem.NOT_YAML,
                    STUDY,
                    "name: A small trial",
                    "? [a, b]\n: A small trial\nname: A",
                    "DEF-003 studies/trial.yaml: The file is not valid YAML: Non scalar key is detected but "
                            + "it is not configured to be allowed. Expected valid YAML. Look at this line and the one "
                            + "before: indent with spaces, put a space after a colon, and quotes around text that holds "
                            + "a colon, a hash or a brace."),
            wrong(
                    DefinitionProblem.TOO_DEEP,
                    INSTRUMENT,
                    "licence: free",
                    "licence: &me [*me]",
                    "DEF-048 instruments/mood-3.yaml line 19: The file is nested too deeply, or holds itself. "
                            + "Expected at most 40 levels. Write it without anchors and aliases."),
            wrong(
                    DefinitionProblem.KEY_TWICE,
                    STUDY,
                    "conduct: completed",
                    "conduct: completed\nconduct: ongoing",
                    "DEF-004 studies/trial.yaml line 4: The key conduct stands here twice. Expected each key "
                            + "once. Keep one of them. Found conduct."),
            wrong(
                    DefinitionProblem.KEY_UNKNOWN,
                    STUDY,
                    "baseline: {days_before: 30}",
                    "baseline: {days_before: 30, day_after: 1}",
                    "DEF-005 studies/trial.yaml line 8: The key day_after is not known here. Expected one of "
                            + "days_before, not_after. Correct its spelling, or remove it. Found day_after."),
            wrong(
                    DefinitionProblem.KEY_NEEDED,
                    INSTRUMENT,
                    "recall: today\n",
                    "",
                    "DEF-006 instruments/mood-3.yaml line 1: The key recall is missing. Expected the key "
                            + "recall. Add it."),
            wrong(
                    DefinitionProblem.WRONG_KIND,
                    STUDY,
                    "month: 6}",
                    "month: six}",
                    "DEF-007 studies/trial.yaml line 11: The value of month is of the wrong kind. Expected a "
                            + "whole number. Write it as expected. Found six."),
            wrong(
                    DefinitionProblem.WRONG_KIND,
                    HERE,
                    "record: id",
                    "record: [id]",
                    "DEF-007 sites/here/mapping.yaml line 14: The value of record is of the wrong kind. "
                            + "Expected text (in quotes if it looks like a number) or keys with values. Write it as "
                            + "expected."),
            wrong(
                    DefinitionProblem.NOT_A_CHOICE,
                    STUDY,
                    "tier: primary",
                    "tier: first",
                    "DEF-008 studies/trial.yaml line 21: The value of tier is none of those there are. "
                            + "Expected one of primary, secondary, exploratory. Choose one of them. Found first."),
            wrong(
                    DefinitionProblem.NOT_A_CHOICE,
                    STUDY,
                    "role: treatment",
                    "role: 1",
                    "DEF-008 studies/trial.yaml line 5: The value of role is none of those there are. "
                            + "Expected one of treatment, control. Choose one of them. Found 1."),
            wrong(
                    DefinitionProblem.WRONG_FORM,
                    STUDY,
                    "code: MOOD\n",
                    "code: MOOD score\n",
                    "DEF-009 studies/trial.yaml line 17: The value of code is not written as it should be. "
                            + "Expected a code: letters, digits, dot, dash or underscore, at most 40. Write it as "
                            + "expected. Found MOOD score."),
            wrong(
                    DefinitionProblem.WRONG_FORM,
                    INSTRUMENT,
                    "numbers: 1-2",
                    "numbers: 1 to 2",
                    "DEF-009 instruments/mood-3.yaml line 5: The value of numbers is not written as it should "
                            + "be. Expected item numbers: 4, or 1-9, or [1, 4, 7]. Write it as expected. Found 1 to 2."),
            wrong(
                    DefinitionProblem.WRONG_FORM,
                    HERE,
                    "items: mood_{item}",
                    "items: {1: a, 2: b, three: c}",
                    "DEF-009 sites/here/mapping.yaml line 22: The value of three is not written as it should "
                            + "be. Expected the number of an item. Write it as expected. Found three.",
                    "DEF-028 sites/here/mapping.yaml line 22: No column is named for the item 3 of the "
                            + "instrument MOOD-3. Expected a column for each of the items 1 to 3. Add its column; if "
                            + "the site does not ask it, leave it: the item stays missing."),
            wrong(
                    DefinitionProblem.OUT_OF_BOUNDS,
                    STUDY,
                    "days_before: 30",
                    "days_before: -1",
                    "DEF-010 studies/trial.yaml line 8: The value of days_before is too small, too large, too "
                            + "short or too long. Expected at least 0. Correct it. Found -1."),
            wrong(
                    DefinitionProblem.OUT_OF_BOUNDS,
                    INSTRUMENT,
                    "sources: [made up for tests]",
                    "sources: []",
                    "DEF-010 instruments/mood-3.yaml line 20: The value of sources is too small, too large, "
                            + "too short or too long. Expected at least 1 in the list. Correct it."),
            wrong(
                    DefinitionProblem.NAME_DIFFERS,
                    HERE,
                    "code: here",
                    "code: hear",
                    "DEF-011 sites/here/mapping.yaml line 1: The code hear is not the name of its file or "
                            + "folder. Expected the code here. Make the code and the name the same. Found hear."),
            wrong(
                    DefinitionProblem.NAME_DIFFERS,
                    INSTRUMENT,
                    "code: MOOD-3",
                    "code: MOOD-4",
                    "DEF-011 instruments/mood-3.yaml line 1: The code mood-4 is not the name of its file or "
                            + "folder. Expected the code mood-3. Make the code and the name the same. Found mood-4."),
            wrong(
                    DefinitionProblem.CODE_TWICE,
                    STUDY,
                    "code: OLD",
                    "code: NEW",
                    "DEF-012 studies/trial.yaml line 6: The arm NEW is there twice. Expected each only once. "
                            + "Give each its own, or remove one. Found NEW."),
            wrong(
                    DefinitionProblem.ARM_ROLES,
                    STUDY,
                    "role: treatment",
                    "role: control",
                    "DEF-013 studies/trial.yaml line 4: There is not just one treatment arm and one control "
                            + "arm. Expected 1 treatment, 1 control. Give each role to one arm. Found 0 treatment, 2 "
                            + "control."),
            wrong(
                    DefinitionProblem.INTERVAL_ORDER,
                    STUDY,
                    "month: 6}",
                    "month: 0}",
                    "DEF-014 studies/trial.yaml line 11: The intervals do not rise from the baseline, month "
                            + "0. Expected more than 0. Sort them by month, the baseline first, and each month once. "
                            + "Found 0."),
            wrong(
                    DefinitionProblem.INTERVAL_ORDER,
                    STUDY,
                    "month: 0}",
                    "month: 1}",
                    "DEF-014 studies/trial.yaml line 10: The intervals do not rise from the baseline, month "
                            + "0. Expected 0. Sort them by month, the baseline first, and each month once. Found 1."),
            wrong(
                    DefinitionProblem.CAP_ORDER,
                    STUDY,
                    "to_month: 3",
                    "to_month: 9",
                    "DEF-015 studies/trial.yaml line 14: The window caps do not rise to the last interval. "
                            + "Expected more than 9. Sort them by to_month and let the last reach the last interval. "
                            + "Found 6."),
            wrong(
                    DefinitionProblem.CAP_ORDER,
                    STUDY,
                    "  - {to_month: 6, days: 42}\n",
                    "",
                    "DEF-015 studies/trial.yaml line 12: The window caps do not rise to the last interval. "
                            + "Expected a cap up to month 6. Sort them by to_month and let the last reach the last "
                            + "interval. Found 3."),
            wrong(
                    DefinitionProblem.INSTRUMENT_UNKNOWN,
                    STUDY,
                    "instrument: MOOD-3",
                    "instrument: mood-3x",
                    "DEF-016 studies/trial.yaml line 23: There is no instrument mood-3x. Expected one of "
                            + "MOOD-3. Correct the code, or add the instrument's file. Found mood-3x."),
            wrong(
                    DefinitionProblem.SCALE_UNKNOWN,
                    STUDY,
                    "scale: total",
                    "scale: sum",
                    "DEF-017 studies/trial.yaml line 24: The instrument MOOD-3 has no scale sum. Expected one "
                            + "of total. Correct the code, or add the scale. Found sum."),
            wrong(
                    DefinitionProblem.SCALE_UNKNOWN,
                    HERE,
                    "totals: {total:",
                    "totals: {sum:",
                    "DEF-017 sites/here/mapping.yaml line 24: The instrument MOOD-3 has no scale sum. "
                            + "Expected one of total. Correct the code, or add the scale. Found sum."),
            wrong(
                    DefinitionProblem.INTERVAL_UNKNOWN,
                    HERE,
                    "T1: m6",
                    "T1: m7",
                    "DEF-018 sites/here/mapping.yaml line 15: The study has no interval m7. Expected one of "
                            + "baseline, m6. Correct the code, or add the interval to the study. Found m7."),
            wrong(
                    DefinitionProblem.INTERVAL_UNKNOWN,
                    THERE,
                    "schedule: [baseline, m6]",
                    "schedule: [baseline, M6]",
                    "DEF-018 sites/there/mapping.yaml line 5: The study has no interval M6. Expected one of "
                            + "baseline, m6. Correct the code, or add the interval to the study. Found M6."),
            wrong(
                    DefinitionProblem.ARM_UNKNOWN,
                    HERE,
                    "1: NEW",
                    "1: new",
                    "DEF-019 sites/here/mapping.yaml line 17: The study has no arm new. Expected one of NEW, "
                            + "OLD. Correct the code: capitals count. Found new."),
            wrong(
                    DefinitionProblem.FACTOR_UNKNOWN,
                    STUDY,
                    "factors: [stratum]}",
                    "factors: [sex]}",
                    "DEF-020 studies/trial.yaml line 28: The study has no factor sex. Expected one of "
                            + "stratum. Correct the name, or add it to the study's factors. Found sex."),
            wrong(
                    DefinitionProblem.SENSITIVITY_MISFIT,
                    STUDY,
                    "factors: [stratum]}\n",
                    "factors: [stratum]}\n  sensitivity:\n    - {outcome: NONE}\n",
                    "DEF-069 studies/trial.yaml line 30: Missing values of NONE cannot be filled in. Expected a continuous"
                            + " outcome, or a binary one at planned points. Name an outcome that is expected, or leave"
                            + " this one out. Found NONE."),
            wrong(
                    DefinitionProblem.LOOK_ORDER,
                    STUDY,
                    "factors: [stratum]\n",
                    "factors: [stratum]\n" + looks("2026-07-01", 0.5, "MOOD", "m6")
                            + look("2026-07-01", 0.5, "MOOD", "m6"),
                    "DEF-012 studies/trial.yaml line 19: The look mid is there twice. Expected each only once. Give each its"
                            + " own, or remove one. Found mid.",
                    "DEF-110 studies/trial.yaml line 19: The look mid does not come after the look mid. Expected a day after"
                            + " 2026-07-01. Sort the looks: each has a later cut-off and more information than the one"
                            + " before. Found 2026-07-01.",
                    "DEF-110 studies/trial.yaml line 19: The look mid does not come after the look mid. Expected more than"
                            + " 0.5. Sort the looks: each has a later cut-off and more information than the one before."
                            + " Found 0.5."),
            wrong(
                    DefinitionProblem.LOOK_OUTCOME_UNKNOWN,
                    STUDY,
                    "factors: [stratum]\n",
                    "factors: [stratum]\n" + looks("2026-07-01", 0.5, "NONE", "m6"),
                    "DEF-111 studies/trial.yaml line 18: The study has no outcome NONE. Expected one of MOOD. Correct the"
                            + " code, or add the outcome to the study. Found NONE."),
            wrong(
                    DefinitionProblem.NOT_ASKED_THERE,
                    STUDY,
                    "factors: [stratum]\n",
                    "factors: [stratum]\n" + looks("2026-07-32", 0.5, "MOOD", "baseline"),
                    "DEF-038 studies/trial.yaml line 18: There is no day 2026-07-32. Expected a day as yyyy-MM-dd. Write a"
                            + " day of the calendar as yyyy-MM-dd. Found 2026-07-32.",
                    "DEF-066 studies/trial.yaml line 18: The outcome MOOD is not asked at baseline. Expected one of m6."
                            + " Correct it, or add it to the outcome's periods or intervals. Found baseline."),
            wrong(
                    DefinitionProblem.KEY_NEEDED_HERE,
                    STUDY,
                    "factors: [stratum]\n",
                    "factors: [stratum]\n"
                            + looks("2026-07-01", 0.5, "MOOD", "m6").replace(", intervals: [m6]", ""),
                    "DEF-043 studies/trial.yaml line 18: The key intervals is missing: a look is at some of them. Expected"
                            + " the key intervals or periods. Add it, or correct the other key."),
            wrong(
                    DefinitionProblem.MODEL_MISFIT,
                    STUDY,
                    "factors: [stratum]}\n",
                    "factors: [stratum]}\n  mmrm:\n    models:\n      - {variant: main, inference: cr2}\n",
                    "DEF-067 studies/trial.yaml line 31: cr2 does not go with planned. Expected satterthwaite or a form of"
                            + " kenward_roger. Take what is expected, or another covariance. Found cr2."),
            wrong(
                    DefinitionProblem.MODEL_MISFIT,
                    STUDY,
                    "factors: [stratum]}\n",
                    """
                    factors: [stratum]}
                      mmrm:
                        models:
                          - {variant: main, covariance: random_intercept, criterion: ml}
                    """,
                    "DEF-067 studies/trial.yaml line 31: ml does not go with random_intercept. Expected reml. Take what is"
                            + " expected, or another covariance. Found ml."),
            wrong(
                    DefinitionProblem.MODEL_MISFIT,
                    STUDY,
                    "factors: [stratum]}\n",
                    """
                    factors: [stratum]}
                      mmrm:
                        models:
                          - {variant: main, covariance: random_intercept, covariance_by_arm: true}
                    """,
                    "DEF-067 studies/trial.yaml line 31: covariance_by_arm does not go with random_intercept. Expected"
                            + " false. Take what is expected, or another covariance. Found true."),
            wrong(
                    DefinitionProblem.SPAN_ORDER,
                    STUDY,
                    "factors: [stratum]}\n",
                    "factors: [stratum]}\n  mmrm:\n    models: []\n    maintenance: [{from: m6, to: m6}]\n",
                    "DEF-068 studies/trial.yaml line 31: The span ends where it begins, or before. Expected an interval"
                            + " after m6. Let to be the later interval. Found m6."),
            wrong(
                    DefinitionProblem.STUDY_UNKNOWN,
                    THERE,
                    "study: trial",
                    "study: trail",
                    "DEF-021 sites/there/mapping.yaml line 5: There is no study trail under studies, so the "
                            + "site takes part in nothing by this name. Expected the code of a study. Correct the code, "
                            + "unless the study's file lies elsewhere. Found trail."),
            wrong(
                    DefinitionProblem.DIRECTION_DIFFERS,
                    STUDY,
                    "direction: lower_is_better",
                    "direction: higher_is_better",
                    "DEF-022 studies/trial.yaml line 20: The outcome MOOD and its scale disagree on which way "
                            + "is good. Expected lower_is_better, as the scale has it. Correct the one that is wrong. "
                            + "Found higher_is_better."),
            wrong(
                    DefinitionProblem.ITEM_TWICE,
                    INSTRUMENT,
                    "numbers: 3",
                    "numbers: 2-3",
                    "DEF-023 instruments/mood-3.yaml line 6: The item 2 is there twice. Expected each item "
                            + "once. Name each item once."),
            wrong(
                    DefinitionProblem.ITEM_TWICE,
                    INSTRUMENT,
                    "items: 1-3",
                    "items: [1, 2, 2, 3]",
                    "DEF-023 instruments/mood-3.yaml line 11: The item 2 is there twice. Expected each item "
                            + "once. Name each item once."),
            wrong(
                    DefinitionProblem.ITEM_GAP,
                    INSTRUMENT,
                    "numbers: 1-2",
                    "numbers: 1",
                    "DEF-024 instruments/mood-3.yaml line 4: The item 2 is left out. Expected items 1 to 3. "
                            + "Number the items from 1 without a gap."),
            wrong(
                    DefinitionProblem.ITEM_UNKNOWN,
                    INSTRUMENT,
                    "items: 1-3",
                    "items: 1-4",
                    "DEF-025 instruments/mood-3.yaml line 11: The instrument MOOD-3 has no item 4. Expected "
                            + "items 1 to 3. Correct the number."),
            wrong(
                    DefinitionProblem.ITEM_UNKNOWN,
                    HERE,
                    "items: mood_{item}",
                    "items: {1: a, 2: b, 3: c, 4: d}",
                    "DEF-025 sites/here/mapping.yaml line 22: The instrument MOOD-3 has no item 4. Expected "
                            + "items 1 to 3. Correct the number."),
            wrong(
                    DefinitionProblem.ITEM_NOT_IN_SCALE,
                    INSTRUMENT,
                    "reversed: [2]",
                    "reversed: [2, 4]",
                    "DEF-026 instruments/mood-3.yaml line 12: The item 4 is none of the scale's "
                            + "items. Expected items of the scale. Correct the number."),
            wrong(
                    DefinitionProblem.ITEM_NOT_REVERSED,
                    HERE,
                    "already_reversed: [2]",
                    "already_reversed: [2, 3]",
                    "DEF-027 sites/here/mapping.yaml line 23: The item 3 counts as already reversed, but no "
                            + "scale of the instrument MOOD-3 reverses it. Expected items that a scale reverses. Remove "
                            + "it, or add it to the scale's reversed items."),
            wrong(
                    DefinitionProblem.ITEM_UNMAPPED,
                    HERE,
                    "items: mood_{item}",
                    "items: {1: a, 3: c}",
                    "DEF-028 sites/here/mapping.yaml line 22: No column is named for the item 2 of the "
                            + "instrument MOOD-3. Expected a column for each of the items 1 to 3. Add its column; if "
                            + "the site does not ask it, leave it: the item stays missing."),
            wrong(
                    DefinitionProblem.RANGE_ORDER,
                    INSTRUMENT,
                    "range: [1, 5]",
                    "range: [5, 1]",
                    "DEF-029 instruments/mood-3.yaml line 6: The range runs from the greater to the smaller "
                            + "number. Expected [least, greatest]. Turn it round. Found 5, 1."),
            wrong(
                    DefinitionProblem.RANGE_ORDER,
                    INSTRUMENT,
                    "items: 1-3",
                    "items: 3-1",
                    "DEF-029 instruments/mood-3.yaml line 11: The range runs from the greater to the smaller "
                            + "number. Expected 1-3. Turn it round. Found 3-1."),
            wrong(
                    DefinitionProblem.RANGE_DIFFERS,
                    INSTRUMENT,
                    "range: [1, 11]",
                    "range: [0, 11]",
                    "DEF-030 instruments/mood-3.yaml line 15: The range of the scale total is not what its "
                            + "items add up to. Expected [1, 11]. Correct the range, the items or the aggregation. "
                            + "Found [0, 11]."),
            wrong(
                    DefinitionProblem.RANGE_DIFFERS,
                    INSTRUMENT,
                    "aggregation: sum",
                    "aggregation: mean",
                    "DEF-030 instruments/mood-3.yaml line 15: The range of the scale total is not what its "
                            + "items add up to. Expected [0.3333, 3.6667]. Correct the range, the items or the "
                            + "aggregation. Found [1, 11]."),
            wrong(
                    DefinitionProblem.TOO_MANY_MISSING,
                    INSTRUMENT,
                    "max_missing: 1",
                    "max_missing: 3",
                    "DEF-031 instruments/mood-3.yaml line 14: The scale total would be scored with none of "
                            + "its items answered. Expected less than 3. Let max_missing be less than the number of "
                            + "items. Found 3."),
            wrong(
                    DefinitionProblem.BAND_ORDER,
                    INSTRUMENT,
                    "from: 6",
                    "from: 1",
                    "DEF-032 instruments/mood-3.yaml line 17: The bands of the scale total do not rise within "
                            + "its range. Expected rising starts in [1, 11]. Sort them, and keep each start in range. "
                            + "Found 1."),
            wrong(
                    DefinitionProblem.MISSING_IS_SCORE,
                    INSTRUMENT,
                    "missing: {9: refused}",
                    "missing: {3: refused}",
                    "DEF-033 instruments/mood-3.yaml line 7: The missing value 3 is also a possible score of "
                            + "the instrument MOOD-3. Expected a value outside the scores. Declare it for the forms in "
                            + "which it means missing, or choose another value in the export. Found 3."),
            wrong(
                    DefinitionProblem.MISSING_IS_SCORE,
                    HERE,
                    "-99: not_done",
                    "9: not_done",
                    "DEF-033 sites/here/mapping.yaml line 12: The missing value 9 is also a possible score of "
                            + "the instrument MOOD-3. Expected a value outside the scores. Declare it for the forms in "
                            + "which it means missing, or choose another value in the export. Found 9."),
            wrong(
                    DefinitionProblem.BAD_REGEX,
                    HERE,
                    "pattern: '^(\\d)'",
                    "pattern: '^(\\d'",
                    "DEF-034 sites/here/mapping.yaml line 26: The pattern cannot be read: Unclosed group. "
                            + "Expected a regular expression. Correct the regular expression. Found ^(\\d."),
            wrong(
                    DefinitionProblem.NO_GROUP,
                    HERE,
                    "pattern: '^(\\d)'",
                    "pattern: '^\\d'",
                    "DEF-035 sites/here/mapping.yaml line 26: The pattern does not say which part is the "
                            + "number. Expected a group in round brackets. Put it in round brackets. Found ^\\d."),
            wrong(
                    DefinitionProblem.BAD_CHARSET,
                    HERE,
                    "encodings: [utf-8]",
                    "encodings: [utf-7b]",
                    "DEF-036 sites/here/mapping.yaml line 11: There is no encoding utf-7b. Expected an "
                            + "encoding such as utf-8. Write utf-8, windows-1252, iso-8859-1 or utf-16le. Found utf-7b."),
            wrong(
                    DefinitionProblem.BAD_DATE_FORMAT,
                    HERE,
                    "format: dd-MM-yyyy",
                    "format: dd-mm-yyyy",
                    "DEF-037 sites/here/mapping.yaml line 13: The date format dd-mm-yyyy does not tell a day, "
                            + "month and year. Expected a pattern such as yyyy-MM-dd, or excel-1900, excel-1904, spss "
                            + "or sas. Write yyyy-MM-dd, dd/MM/yyyy or the like: M is the month, m the minute. Found "
                            + "dd-mm-yyyy."),
            wrong(
                    DefinitionProblem.BAD_DATE_FORMAT,
                    HERE,
                    "format: yyyy-MM-dd",
                    "format: YY.jj",
                    "DEF-037 sites/here/mapping.yaml line 10: The date format YY.jj does not tell a day, "
                            + "month and year. Expected a pattern such as yyyy-MM-dd, or excel-1900, excel-1904, spss "
                            + "or sas. Write yyyy-MM-dd, dd/MM/yyyy or the like: M is the month, m the minute. Found "
                            + "YY.jj."),
            wrong(
                    DefinitionProblem.BAD_DATE,
                    HERE,
                    "earliest: 2000-01-01",
                    "earliest: 2000-02-31",
                    "DEF-038 sites/here/mapping.yaml line 13: There is no day 2000-02-31. Expected a day as "
                            + "yyyy-MM-dd. Write a day of the calendar as yyyy-MM-dd. Found 2000-02-31."),
            wrong(
                    DefinitionProblem.BAD_ZONE,
                    THERE,
                    "zone: Europe/Oslo",
                    "zone: Oslo",
                    "DEF-039 sites/there/mapping.yaml line 3: There is no time zone Oslo. Expected region and "
                            + "city. Write it as region and city, such as Europe/Copenhagen. Found Oslo."),
            wrong(
                    DefinitionProblem.PLACEHOLDER_NEEDED,
                    HERE,
                    "items: mood_{item}",
                    "items: mood",
                    "DEF-040 sites/here/mapping.yaml line 22: The name mood does not hold {item}. Expected a "
                            + "name with {item}. Put it where the names differ. Found mood."),
            wrong(
                    DefinitionProblem.PLACEHOLDER_NEEDED,
                    HERE,
                    "main_{as_of}.csv",
                    "main_*.csv",
                    "DEF-040 sites/here/mapping.yaml line 8: The name main_*.csv does not hold {as_of}. "
                            + "Expected a name with {as_of}. Put it where the names differ. Found main_*.csv."),
            wrong(
                    DefinitionProblem.PLACEHOLDER_NEEDED,
                    HERE,
                    "visit: {from: column, column: event,",
                    "visit: {from: column_names,",
                    "DEF-040 sites/here/mapping.yaml line 22: The name mood_{item} does not hold {visit}. "
                            + "Expected a name with {visit}. Put it where the names differ. Found mood_{item}.",
                    "DEF-040 sites/here/mapping.yaml line 24: The name mood_sum does not hold {visit}. "
                            + "Expected a name with {visit}. Put it where the names differ. Found mood_sum.",
                    "DEF-040 sites/here/mapping.yaml line 25: The name mood_date does not hold {visit}. "
                            + "Expected a name with {visit}. Put it where the names differ. Found mood_date."),
            wrong(
                    DefinitionProblem.VERSIONS_UNCLEAR,
                    HERE,
                    "exports:\n",
                    "exports:\n  - {code: main, version: old, files: 'main_{as_of}.csv', mode: cumulative, as_of: {from:"
                            + " file_name}, record: id, visit: {from: date}}\n",
                    "DEF-050 sites/here/mapping.yaml line 8: It is not clear which files the versions old and 1 of the"
                            + " export main are for. Expected valid_from and valid_to, or header, that tell them apart."
                            + " Give them days that do not overlap, or headers that differ. Found any day."),
            wrong(
                    DefinitionProblem.VERSION_DIFFERS,
                    HERE,
                    "exports:\n",
                    "exports:\n  - {code: main, version: old, header: [a], files: 'main_{as_of}.csv', mode: incremental,"
                            + " as_of: {from: file_name}, record: id, visit: {from: date}}\n",
                    "DEF-051 sites/here/mapping.yaml line 10: Two versions of the export main differ in mode. Expected"
                            + " incremental. Make them the same: it says what a file does to the earlier ones. An export"
                            + " of another kind needs a code of its own. Found cumulative."),
            wrong(
                    DefinitionProblem.VERSION_ENDS_FIRST,
                    HERE,
                    "mode: cumulative\n",
                    "mode: cumulative\n    valid_from: 2021-01-01\n    valid_to: 2020-12-31\n",
                    "DEF-052 sites/here/mapping.yaml line 11: The version ends before it begins. Expected a day not"
                            + " before 2021-01-01. Let valid_to be the later day. Found 2020-12-31."),
            wrong(
                    DefinitionProblem.WRONG_FORM,
                    HERE,
                    "mode: cumulative\n",
                    "mode: cumulative\n    header: id, grp\n",
                    "DEF-009 sites/here/mapping.yaml line 10: The value of header is not written as it should be."
                            + " Expected names of columns, or a fingerprint of 64 hexadecimal digits. Write it as"
                            + " expected. Found id, grp."),
            wrong(
                    DefinitionProblem.KEY_OUT_OF_PLACE,
                    THERE,
                    "as_of: {from: receipt}",
                    "as_of: {from: column, column: taken}\n    valid_to: 2020-12-31",
                    "DEF-042 sites/there/mapping.yaml line 11: The key valid_to means nothing here: when the file was"
                            + " taken is told inside it, and is read too late. Expected no such key. Remove it, or"
                            + " correct the other key."),
            wrong(
                    DefinitionProblem.PLACEHOLDER_OUT_OF_PLACE,
                    HERE,
                    "date: mood_date",
                    "date: mood_{visit}",
                    "DEF-041 sites/here/mapping.yaml line 25: The name mood_{visit} holds {visit}, which "
                            + "means nothing here. Expected a name without braces. Remove it. Found mood_{visit}."),
            wrong(
                    DefinitionProblem.PLACEHOLDER_OUT_OF_PLACE,
                    THERE,
                    "rows*.csv",
                    "rows_{as_of}.csv",
                    "DEF-041 sites/there/mapping.yaml line 8: The name rows_{as_of}.csv holds {as_of}, which "
                            + "means nothing here. Expected as_of: {from: file_name}, or * in its place. Remove it. "
                            + "Found rows_{as_of}.csv."),
            wrong(
                    DefinitionProblem.KEY_OUT_OF_PLACE,
                    THERE,
                    "as_of: {from: receipt}",
                    "as_of: {from: receipt, column: x, format: yyyy-MM-dd}",
                    "DEF-042 sites/there/mapping.yaml line 10: The key column means nothing here: from is "
                            + "receipt. Expected no such key. Remove it, or correct the other key.",
                    "DEF-042 sites/there/mapping.yaml line 10: The key format means nothing here: from is "
                            + "receipt. Expected no such key. Remove it, or correct the other key."),
            wrong(
                    DefinitionProblem.KEY_OUT_OF_PLACE,
                    HERE,
                    "value: {pattern",
                    "value: {column: x, pattern",
                    "DEF-042 sites/here/mapping.yaml line 26: The key column means nothing here: items names "
                            + "the columns. Expected no such key. Remove it, or correct the other key."),
            wrong(
                    DefinitionProblem.KEY_OUT_OF_PLACE,
                    HERE,
                    "kind: date}",
                    "kind: arm}",
                    "DEF-042 sites/here/mapping.yaml line 18: The key kind means nothing here: the fact is "
                            + "randomised_on. Expected kind: arm for the fact arm and for no other. Remove it, or "
                            + "correct the other key. Found arm."),
            wrong(
                    DefinitionProblem.KEY_OUT_OF_PLACE,
                    HERE,
                    "kind: date}",
                    "kind: date, values: {x: y}}",
                    "DEF-042 sites/here/mapping.yaml line 18: The key values means nothing here: a date is "
                            + "read by its format. Expected no such key. Remove it, or correct the other key."),
            wrong(
                    DefinitionProblem.KEY_OUT_OF_PLACE,
                    HERE,
                    "values: {1: NEW, 2: OLD}}",
                    "values: {1: NEW, 2: OLD}, format: yyyy}",
                    "DEF-042 sites/here/mapping.yaml line 17: The key format means nothing here: the fact is "
                            + "no date. Expected no such key. Remove it, or correct the other key."),
            wrong(
                    DefinitionProblem.KEY_OUT_OF_PLACE,
                    THERE,
                    "    item_row:",
                    "    forms: []\n    item_row:",
                    "DEF-042 sites/there/mapping.yaml line 16: The key forms means nothing here: with "
                            + "item_row a row is one answer. Expected no such key. Remove it, or correct the other key."),
            wrong(
                    DefinitionProblem.KEY_OUT_OF_PLACE,
                    THERE,
                    "visit: {from: date}",
                    "visit: {from: column_names, values: {T0: baseline}}",
                    "DEF-042 sites/there/mapping.yaml line 12: The key from: column_names means nothing here: "
                            + "with item_row a row is one answer. Expected no such key. Remove it, or correct the other "
                            + "key."),
            wrong(
                    DefinitionProblem.KEY_NEEDED_HERE,
                    HERE,
                    "visit: {from: column, column: event,",
                    "visit: {from: column,",
                    "DEF-043 sites/here/mapping.yaml line 15: The key column is missing: from is column. "
                            + "Expected the key column. Add it, or correct the other key."),
            wrong(
                    DefinitionProblem.KEY_NEEDED_HERE,
                    THERE,
                    "      date: day\n",
                    "",
                    "DEF-043 sites/there/mapping.yaml line 16: The key date is missing: dates place the rows. "
                            + "Expected the key date. Add it, or correct the other key."),
            wrong(
                    DefinitionProblem.KEY_NEEDED_HERE,
                    HERE,
                    "        items: mood_{item}\n        already_reversed: [2]\n        totals: {total: mood_sum}\n",
                    "",
                    "DEF-043 sites/here/mapping.yaml line 20: The key items is missing: no totals. Expected "
                            + "items or totals. Add it, or correct the other key."),
            wrong(
                    DefinitionProblem.FACT_NEEDED,
                    THERE,
                    "      randomised_on: {column: rand, kind: date}\n",
                    "",
                    "DEF-044 sites/there/mapping.yaml line 6: No column tells the participant's "
                            + "randomised_on. Expected the fact randomised_on with kind: date. Add it to the facts of "
                            + "an export."),
            wrong(
                    DefinitionProblem.FACT_NEEDED,
                    HERE,
                    "      arm: {column: grp, kind: arm, values: {1: NEW, 2: OLD}}\n",
                    "",
                    "DEF-044 sites/here/mapping.yaml line 6: No column tells the participant's arm. Expected "
                            + "the fact arm with kind: arm. Add it to the facts of an export."),
            wrong(
                    DefinitionProblem.COLUMN_TWICE,
                    HERE,
                    "total: mood_sum",
                    "total: mood_3",
                    "DEF-045 sites/here/mapping.yaml line 24: The column mood_3 is used for two things. "
                            + "Expected a column for each thing. Correct one of them. Found mood_3."),
            wrong(
                    DefinitionProblem.MARKS_CLASH,
                    HERE,
                    "thousands: \".\"",
                    "thousands: \",\"",
                    "DEF-046 sites/here/mapping.yaml line 11: The same character is declared for two "
                            + "purposes. Expected other than the decimal mark. Correct one of them."),
            wrong(
                    DefinitionProblem.MARKS_CLASH,
                    HERE,
                    "quote: '\"'",
                    "quote: ';'",
                    "DEF-046 sites/here/mapping.yaml line 11: The same character is declared for two "
                            + "purposes. Expected other than the delimiter. Correct one of them."),
            wrong(
                    DefinitionProblem.FILES_CLASH,
                    THERE,
                    "exports:\n",
                    "exports:\n  - {code: more, files: rows*.csv, mode: cumulative, as_of: {from: receipt}, record: id, visit: {from: date}}\n",
                    "DEF-047 sites/there/mapping.yaml line 9: Two exports have the same file names. Expected "
                            + "names of its own. Let the names tell the exports apart. Found rows*.csv."),
            wrong(
                    DefinitionProblem.PLACEHOLDER_OUT_OF_PLACE,
                    HERE,
                    "date: mood_date",
                    "date: mood_{item}",
                    "DEF-041 sites/here/mapping.yaml line 25: The name mood_{item} holds {item}, which means "
                            + "nothing here. Expected a name without braces. Remove it. Found mood_{item}."),
            wrong(
                    DefinitionProblem.PERIOD_ORDER,
                    STUDY,
                    "from_month: 0,",
                    "from_month: 6,",
                    "DEF-060 studies/trial.yaml line 34: The period ends where it begins, or before. Expected more "
                            + "than 6. Let to_month be the later month. Found 6."),
            outcome(
                    DefinitionProblem.PERIOD_UNKNOWN,
                    "type: binary, events: [{kind: fall}], periods: [p7]",
                    "DEF-061 studies/trial.yaml line 25: The study has no period p7. Expected one of p6. Correct the "
                            + "code, or add the period to the study. Found p7."),
            outcome(
                    DefinitionProblem.KIND_UNKNOWN,
                    "type: duration, spell: {kind: fall, measure: days}, periods: [p6]",
                    "DEF-062 studies/trial.yaml line 25: The study has no kind of event or spell fall. Expected one of "
                            + "stay. Correct the code, or add it to the study's event_kinds or spell_kinds. Found "
                            + "fall."),
            outcome(
                    DefinitionProblem.DETAIL_UNKNOWN,
                    "type: count, events: [{kind: fall, detail: worse}], periods: [p6]",
                    "DEF-063 studies/trial.yaml line 25: The kind fall has no detail worse. Expected one of mild, bad. "
                            + "Correct the detail, or add it to the kind's details. Found worse."),
            outcome(
                    DefinitionProblem.OUTCOME_UNKNOWN,
                    "type: binary, rule: {outcome: MODD, version: one, test: below, limit: 3}",
                    "DEF-064 studies/trial.yaml line 25: The study has no outcome MODD before this one. Expected an "
                            + "outcome above this one, no time to an event, and nothing standardized. Correct the code, or move "
                            + "the outcome up. Found MODD."),
            wrong(
                    DefinitionProblem.DIRECTION_DIFFERS,
                    STUDY,
                    "direction: lower_is_better\n    tier: primary\n    unit: points\n    instrument: MOOD-3\n    scale: total\n",
                    "direction: higher_is_better\n    tier: primary\n    unit: points\n    standardized: [{instrument: MOOD-3, scale: total},"
                            + " {instrument: MOOD-3, scale: total}]\n",
                    "DEF-022 studies/trial.yaml line 20: The outcome MOOD and its scale disagree on which way is good. "
                            + "Expected lower_is_better, as the scale has it. Correct the one that is wrong. Found "
                            + "higher_is_better."),
            wrong(
                    DefinitionProblem.OUTCOME_UNKNOWN,
                    STUDY,
                    "    instrument: MOOD-3\n    scale: total\n",
                    "    standardized: [{instrument: MOOD-3, scale: total}, {instrument: MOOD-3, scale: total}]\n"
                            + "  - {code: WELL, name: Well, type: binary, direction: higher_is_better, tier: secondary, unit: people,"
                            + " rule: {outcome: MOOD, version: one, test: below, limit: 3}}\n",
                    "DEF-064 studies/trial.yaml line 24: The study has no outcome MOOD before this one. Expected an "
                            + "outcome above this one, no time to an event, and nothing standardized. Correct the code, or move "
                            + "the outcome up. Found MOOD."),
            outcome(
                    DefinitionProblem.AREA_TURNED,
                    "type: duration, area: {outcome: MOOD, measure: years, longest_gap: 12}, periods: [p6]",
                    "DEF-064 studies/trial.yaml line 25: The study has no outcome MOOD before this one. Expected an "
                            + "outcome above this one at planned points, of which more is better, and nothing "
                            + "standardized. Correct the code, or move the outcome up. Found MOOD.",
                    "DEF-077 studies/trial.yaml line 25: The outcome FALLS is an area, of which more is better. Expected "
                            + "higher_is_better. Correct the direction, or take another outcome: the dead have an area "
                            + "of 0. Found lower_is_better."),
            wrong(
                    DefinitionProblem.KEY_NEEDED_HERE,
                    STUDY,
                    "    instrument: MOOD-3\n    scale: total\n",
                    "    instrument: MOOD-3\n    scale: total\n"
                            + "  - {code: WELL, name: Well, type: binary, direction: higher_is_better, tier: secondary, unit: people,"
                            + " rule: {outcome: MOOD, version: one, test: below, limit: 3}}\n"
                            + "  - {code: WELL_TIME, name: Time well, type: duration, direction: higher_is_better, tier: secondary,"
                            + " unit: months, area: {outcome: WELL, measure: months, longest_gap: 6}}\n",
                    "DEF-043 studies/trial.yaml line 26: The key periods is missing: the source is area. Expected the periods "
                            + "it is asked over. Add it, or correct the other key."),
            wrong(
                    DefinitionProblem.AREA_UNREACHED,
                    STUDY,
                    "    instrument: MOOD-3\n    scale: total\n",
                    "    instrument: MOOD-3\n    scale: total\n"
                            + "  - {code: WELL, name: Well, type: binary, direction: higher_is_better, tier: secondary, unit: people,"
                            + " rule: {outcome: MOOD, version: one, test: below, limit: 3}}\n"
                            + "  - {code: WELL_TIME, name: Time well, type: duration, direction: higher_is_better, tier: secondary,"
                            + " unit: months, area: {outcome: WELL, measure: months, longest_gap: 2}, periods: [p6]}\n",
                    "DEF-078 studies/trial.yaml line 26: Nobody can have a value of WELL_TIME over p6: the study's intervals lie "
                            + "more than 2 months apart there, or do not reach from its beginning to its end. Expected "
                            + "intervals at most that far apart, from month 0 to 6. Allow a longer gap, ask at another "
                            + "interval, or leave the period out. Found intervals at months [0, 6]."),
            outcome(
                    DefinitionProblem.KEY_NEEDED_HERE,
                    "type: binary, rule: {outcome: MOOD, version: one, test: below}",
                    "DEF-043 studies/trial.yaml line 25: The key limit is missing: the rule has no category. Expected "
                            + "the key limit. Add it, or correct the other key."),
            outcome(
                    DefinitionProblem.KEY_OUT_OF_PLACE,
                    "type: binary, rule: {outcome: MOOD, version: one, category: improved, limit: 3}",
                    "DEF-042 studies/trial.yaml line 25: The key limit means nothing here: the rule has a category. "
                            + "Expected no limit. Remove it, or correct the other key.",
                    "DEF-070 studies/trial.yaml line 25: The scale of the outcome MOOD has no such reliable change. "
                            + "Expected a scale with a reliable change. Write the basis of one of those in the "
                            + "instrument's file, or add it there."),
            outcome(
                    DefinitionProblem.CHANGE_UNKNOWN,
                    "type: binary, rule: {outcome: MOOD, version: one, category: recovered, cut_off: 6, change: ours}",
                    "DEF-070 studies/trial.yaml line 25: The scale of the outcome MOOD has no such reliable change. "
                            + "Expected a scale with a reliable change. Write the basis of one of those in the "
                            + "instrument's file, or add it there. Found ours."),
            outcome(
                    DefinitionProblem.CUT_OFF_UNKNOWN,
                    "type: binary, rule: {outcome: MOOD, version: one, category: recovered, cut_off: 5}",
                    "DEF-070 studies/trial.yaml line 25: The scale of the outcome MOOD has no such reliable change. "
                            + "Expected a scale with a reliable change. Write the basis of one of those in the "
                            + "instrument's file, or add it there.",
                    "DEF-071 studies/trial.yaml line 25: The scale total has neither a cut-off nor a band that begins "
                            + "there. Expected one of 6. Take one of those in the instrument's file, or add it there "
                            + "with its source. Found 5."),
            moderator(
                    DefinitionProblem.OUTCOME_UNKNOWN,
                    "outcome: CARE, at: m6, arm: OLD",
                    "DEF-064 studies/trial.yaml line 27: The study has no outcome CARE before this one. Expected an "
                            + "outcome of the study, and no time to an event. Correct the code, or move the outcome "
                            + "up. Found CARE."),
            moderator(
                    DefinitionProblem.NOT_ASKED_THERE,
                    "outcome: MOOD, at: p6, arm: OLD",
                    "DEF-066 studies/trial.yaml line 27: The outcome MOOD is not asked at p6. Expected one of "
                            + "baseline, m6. Correct it, or add it to the outcome's periods or intervals. Found p6."),
            moderator(
                    DefinitionProblem.ARM_UNKNOWN,
                    "outcome: MOOD, at: m6, arm: TAU",
                    "DEF-019 studies/trial.yaml line 27: The study has no arm TAU. Expected one of NEW, OLD. Correct "
                            + "the code: capitals count. Found TAU."),
            wrong(
                    DefinitionProblem.PARAMETER_TWICE,
                    STUDY,
                    "comparisons:\n",
                    "  - {code: M.OOD, name: Again, type: continuous, direction: lower_is_better, tier: secondary, unit: points,"
                            + " instrument: MOOD-3, scale: total}\ncomparisons:\n",
                    "DEF-076 studies/trial.yaml line 25: The outcome M.OOD has the parameter code MOOD, which another outcome"
                            + " has. Expected a code that no other outcome has. Give it one of its own under paramcd: at"
                            + " most eight capitals and digits, a letter first. Found MOOD."),
            outcome(
                    DefinitionProblem.COSTS_UNKNOWN,
                    "type: cost, cost: {table: prizes, includes: [{kind: stay}]}, periods: [p6]",
                    "DEF-074 studies/trial.yaml line 25: There is no table of unit costs prizes. Expected one of "
                            + "prices. Correct the code, or add the file under costs. Found prizes."),
            outcome(
                    DefinitionProblem.UNIT_COST_MISSING,
                    "type: cost, cost: {table: prices, includes: [{kind: fall}, {kind: group}]}, periods: [p6]",
                    "DEF-075 studies/trial.yaml line 25: The table says of no group what a session costs, so nobody "
                            + "who used any has a cost. Expected the cost of a session in prices. Add it with its "
                            + "source, or leave it out of the outcome."),
            outcome(
                    DefinitionProblem.KEY_OUT_OF_PLACE,
                    "type: cost, cost: {table: prices, includes: [{kind: stay}, {kind: group, detail: big}]}, "
                            + "periods: [p6]",
                    "DEF-042 studies/trial.yaml line 25: The key detail means nothing here: care has none. Expected "
                            + "no detail. Remove it, or correct the other key.",
                    "DEF-075 studies/trial.yaml line 25: The table says of no group what a session costs, so nobody "
                            + "who used any has a cost. Expected the cost of a session in prices. Add it with its "
                            + "source, or leave it out of the outcome."),
            wrong(
                    DefinitionProblem.CODE_TWICE,
                    "costs/prices.yaml",
                    "  - {kind: stay,",
                    "  - {kind: fall, detail: bad, per: time, cost: 1, source: ours}\n  - {kind: stay,",
                    "DEF-012 costs/prices.yaml line 8: The unit cost of fall bad is there twice. Expected each only "
                            + "once. Give each its own, or remove one. Found fall bad."),
            outcome(
                    DefinitionProblem.SOURCE_UNFIT,
                    "type: count, spell: {kind: stay, measure: days}, periods: [p6]",
                    "DEF-065 studies/trial.yaml line 25: The outcome FALLS does not say just one fit source. Expected "
                            + "one of events, care for a count outcome. Give it one of the keys expected, and none of the "
                            + "others. Found spell."),
            outcome(
                    DefinitionProblem.NOT_ASKED_THERE,
                    "type: binary, events: [{kind: fall}], periods: [p6], confirmatory: [m6]",
                    "DEF-066 studies/trial.yaml line 25: The outcome FALLS is not asked at m6. Expected one of p6. "
                            + "Correct it, or add it to the outcome's periods or intervals. Found m6."),
            outcome(
                    DefinitionProblem.KEY_NEEDED_HERE,
                    "type: binary, events: [{kind: fall}]",
                    "DEF-043 studies/trial.yaml line 25: The key periods is missing: the source is events. Expected "
                            + "the periods it is asked over. Add it, or correct the other key."),
            outcome(
                    DefinitionProblem.KEY_OUT_OF_PLACE,
                    "type: binary, events: [{kind: fall}], periods: [p6], intervals: [m6]",
                    "DEF-042 studies/trial.yaml line 25: The key intervals means nothing here: the source is events. "
                            + "Expected no intervals. Remove it, or correct the other key."),
            history(
                    DefinitionProblem.KIND_UNKNOWN,
                    "events: [{code: log, kind: stay, date: day}]",
                    "DEF-062 sites/here/mapping.yaml line 19: The study has no kind of event or spell stay. Expected "
                            + "one of fall. Correct the code, or add it to the study's event_kinds or spell_kinds. "
                            + "Found stay."),
            history(
                    DefinitionProblem.KIND_UNKNOWN,
                    "events: [{code: log, kind: {column: what, values: {a: fall, b: unused, c: Fall}}, date: day}]",
                    "DEF-062 sites/here/mapping.yaml line 19: The study has no kind of event or spell Fall. Expected "
                            + "one of fall. Correct the code, or add it to the study's event_kinds or spell_kinds. "
                            + "Found Fall."),
            history(
                    DefinitionProblem.KIND_UNKNOWN,
                    "spells: [{code: log, kind: {ticked: {stay: s, ward: w}}, from: day}]",
                    "DEF-062 sites/here/mapping.yaml line 19: The study has no kind of event or spell ward. Expected "
                            + "one of stay. Correct the code, or add it to the study's event_kinds or spell_kinds. "
                            + "Found ward."),
            history(
                    DefinitionProblem.KIND_UNKNOWN,
                    "observed: [{code: log, kinds: [fall, stay, trip], window: {from: since}, source: notes}]",
                    "DEF-062 sites/here/mapping.yaml line 19: The study has no kind of event or spell trip. Expected "
                            + "one of fall, stay. Correct the code, or add it to the study's event_kinds or "
                            + "spell_kinds. Found trip."),
            wrong(
                    DefinitionProblem.UNANSWERED,
                    HERE,
                    "{1: NEW, 2: OLD}",
                    "{1: ANSWER NEEDED, 2: OLD}",
                    "DEF-072 sites/here/mapping.yaml line 17: The draft asks for exports[0].facts.arm.values[1], and "
                            + "nobody has answered. Expected an answer. Write the answer in its place, or give it in "
                            + "the sheet and draft again with --answers. Found ANSWER NEEDED."),
            wrong(
                    DefinitionProblem.VARIANT_UNKNOWN,
                    HERE,
                    "        value: {pattern",
                    "        variant: shiftd\n        value: {pattern",
                    "DEF-073 sites/here/mapping.yaml line 26: The instrument MOOD-3 has no variant shiftd. Expected "
                            + "one of shifted. Correct the code, or add one to the variant in the instrument's file. "
                            + "Found shiftd."),
            wrong(
                    DefinitionProblem.VARIANT_UNKNOWN,
                    THERE,
                    "values: {Mood: MOOD-3}}",
                    "values: {Mood: MOOD-3}, codings: {Mood: {variant: shiftd}}}",
                    "DEF-073 sites/there/mapping.yaml line 17: The instrument MOOD-3 has no variant shiftd. Expected "
                            + "one of shifted. Correct the code, or add one to the variant in the instrument's file. "
                            + "Found shiftd."),
            wrong(
                    DefinitionProblem.KEY_OUT_OF_PLACE,
                    THERE,
                    "values: {Mood: MOOD-3}}",
                    "values: {Mood: MOOD-3}, codings: {Modo: {variant: shifted}}}",
                    "DEF-042 sites/there/mapping.yaml line 17: The key Modo means nothing here: values gives no "
                            + "instrument for it. Expected one of Mood. Remove it, or correct the other key. Found Modo."),
            wrong(
                    DefinitionProblem.ITEM_NOT_REVERSED,
                    THERE,
                    "values: {Mood: MOOD-3}}",
                    "values: {Mood: MOOD-3}, codings: {Mood: {already_reversed: 3}}}",
                    "DEF-027 sites/there/mapping.yaml line 17: The item 3 counts as already reversed, but no scale of the "
                            + "instrument MOOD-3 reverses it. Expected items that a scale reverses. Remove it, or add it "
                            + "to the scale's reversed items."),
            wrong(
                    DefinitionProblem.KEY_OUT_OF_PLACE,
                    HERE,
                    "        value: {pattern",
                    "        variant: shifted\n        value: {pattern",
                    "DEF-042 sites/here/mapping.yaml line 27: The key value means nothing here: the variant says how "
                            + "answers become numbers. Expected variant or value. Remove it, or correct the other "
                            + "key."),
            history(
                    DefinitionProblem.DETAIL_UNKNOWN,
                    "events: [{code: log, kind: fall, detail: {column: how, values: {1: mild, 2: worse}}, date: day}]",
                    "DEF-063 sites/here/mapping.yaml line 19: The kind fall has no detail worse. Expected one of mild, "
                            + "bad. Correct the detail, or add it to the kind's details. Found worse."),
            history(
                    DefinitionProblem.DETAIL_UNKNOWN,
                    "spells: [{code: log, kind: {column: what}, detail: long, from: day}]",
                    "DEF-063 sites/here/mapping.yaml line 19: The kind stay has no detail long. Expected none, since "
                            + "the study names none. Correct the detail, or add it to the kind's details. Found "
                            + "long."));

    private static Wrong history(DefinitionProblem problem, String keys, String told) {
        return wrong(problem, HERE, "    forms:\n", "    " + keys + "\n    forms:\n", told);
    }

    private static Wrong moderator(DefinitionProblem problem, String keys, String told) {
        String moderator = "  moderators: [{code: care, name: Care, " + keys + "}]\n";
        return wrong(problem, STUDY, "  ancova:\n", moderator + "  ancova:\n", told);
    }

    private static Wrong outcome(DefinitionProblem problem, String keys, String... told) {
        String outcome = "  - {code: FALLS, name: Falls, direction: lower_is_better, tier: primary, unit: falls, ";
        return new Wrong(
                problem, STUDY, "    scale: total\n", "    scale: total\n" + outcome + keys + "}\n", List.of(told));
    }

    @TempDir
    Path folder;

    /** One change, and all that is told of it. */
    record Wrong(DefinitionProblem problem, String file, String text, String other, List<String> told) {
        @Override
        public String toString() {
            return problem + " in " + file + ": " + other;
        }
    }

    private static String looks(String cutOff, double information, String outcome, String interval) {
        return "looks:\n  planned:\n" + look(cutOff, information, outcome, interval);
    }

    private static String look(String cutOff, double information, String outcome, String interval) {
        return "    - {name: mid, cut_off: " + cutOff + ", information: " + information + ", outcomes: [{outcome: "
                + outcome + ", intervals: [" + interval + "]}]}\n";
    }

    static Wrong wrong(DefinitionProblem problem, String file, String text, String other, String... told) {
        return new Wrong(problem, file, text, other, List.of(told));
    }

    @ParameterizedTest
    @FieldSource("ALL")
    void tellsWhatWhereAndHowToMendIt(Wrong wrong) throws IOException {
        JobsFixture jobs = JobsFixture.in(folder);
        if (wrong.problem() == DefinitionProblem.FILE_MISSING) {
            jobs.without(wrong.file());
        } else {
            boolean badBytes = wrong.problem() == DefinitionProblem.NOT_UTF8;
            jobs.with(
                    wrong.file(),
                    wrong.text(),
                    wrong.other(),
                    badBytes ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
        }

        List<String> told = sentences(jobs.load().allProblems());

        assertThat(told).isEqualTo(wrong.told());
        assertThat(told)
                .anyMatch(sentence -> sentence.startsWith(wrong.problem().code() + " "));
    }

    @Test
    void everyProblemIsBroughtAbout() {
        Set<DefinitionProblem> seen = EnumSet.noneOf(DefinitionProblem.class);
        ALL.forEach(wrong -> seen.add(wrong.problem()));
        InstrumentProblemTest.ALL.forEach(wrong -> seen.add(wrong.problem()));
        seen.addAll(StandingDefinitionsTest.ALL);

        assertThat(seen).containsExactlyInAnyOrder(DefinitionProblem.values());
    }

    @Test
    void everyProblemHasACodeOfItsOwn() {
        List<String> codes = Arrays.stream(DefinitionProblem.values())
                .map(DefinitionProblem::code)
                .toList();

        assertThat(codes).doesNotHaveDuplicates().allMatch(code -> code.matches("DEF-\\d{3}"));
    }
}
