package org.equipoise.definition;

import java.util.Locale;
import org.equipoise.vocabulary.Place;
import org.equipoise.vocabulary.Problem;
import org.equipoise.vocabulary.Severity;
import org.jspecify.annotations.Nullable;

/** Everything that can be wrong with a definition file. Codes are never given to anything else. */
enum DefinitionProblem {
    FILE_MISSING("DEF-001", "The file is not there or cannot be read.", "Put the file there, or correct its name."),
    NOT_UTF8("DEF-002", "The file is not written in UTF-8.", "Save it again, with UTF-8 as its encoding."),
    NOT_YAML(
            "DEF-003",
            "The file is not valid YAML: %s.",
            "Look at this line and the one before: indent with spaces, put a space after a colon, and quotes around"
                    + " text that holds a colon, a hash or a brace."),
    KEY_TWICE("DEF-004", "The key %s stands here twice.", "Keep one of them."),
    KEY_UNKNOWN("DEF-005", "The key %s is not known here.", "Correct its spelling, or remove it."),
    KEY_NEEDED("DEF-006", "The key %s is missing.", "Add it."),
    WRONG_KIND("DEF-007", "The value of %s is of the wrong kind.", "Write it as expected."),
    NOT_A_CHOICE("DEF-008", "The value of %s is none of those there are.", "Choose one of them."),
    WRONG_FORM("DEF-009", "The value of %s is not written as it should be.", "Write it as expected."),
    OUT_OF_BOUNDS("DEF-010", "The value of %s is too small, too large, too short or too long.", "Correct it."),
    NAME_DIFFERS(
            "DEF-011", "The code %s is not the name of its file or folder.", "Make the code and the name the same."),
    CODE_TWICE("DEF-012", "%s is there twice.", "Give each its own, or remove one."),
    ARM_ROLES("DEF-013", "There is not just one treatment arm and one control arm.", "Give each role to one arm."),
    INTERVAL_ORDER(
            "DEF-014",
            "The intervals do not rise from the baseline, month 0.",
            "Sort them by month, the baseline first, and each month once."),
    CAP_ORDER(
            "DEF-015",
            "The window caps do not rise to the last interval.",
            "Sort them by to_month and let the last reach the last interval."),
    INSTRUMENT_UNKNOWN("DEF-016", "There is no instrument %s.", "Correct the code, or add the instrument's file."),
    SCALE_UNKNOWN("DEF-017", "The instrument %s has no scale %s.", "Correct the code, or add the scale."),
    INTERVAL_UNKNOWN("DEF-018", "The study has no interval %s.", "Correct the code, or add the interval to the study."),
    ARM_UNKNOWN("DEF-019", "The study has no arm %s.", "Correct the code: capitals count."),
    FACTOR_UNKNOWN("DEF-020", "The study has no factor %s.", "Correct the name, or add it to the study's factors."),
    STUDY_UNKNOWN(
            "DEF-021",
            "There is no study %s under studies, so the site takes part in nothing by this name.",
            "Correct the code, unless the study's file lies elsewhere.",
            Severity.WARNING),
    DIRECTION_DIFFERS(
            "DEF-022", "The outcome %s and its scale disagree on which way is good.", "Correct the one that is wrong."),
    ITEM_TWICE("DEF-023", "The item %d is there twice.", "Name each item once."),
    ITEM_GAP("DEF-024", "The item %d is left out.", "Number the items from 1 without a gap."),
    ITEM_UNKNOWN("DEF-025", "The instrument %s has no item %d.", "Correct the number."),
    ITEM_NOT_IN_SCALE("DEF-026", "The item %d is none of the scale's items.", "Correct the number."),
    ITEM_NOT_REVERSED(
            "DEF-027",
            "The item %d counts as already reversed, but no scale of the instrument %s reverses it.",
            "Remove it, or add it to the scale's reversed items."),
    ITEM_UNMAPPED(
            "DEF-028",
            "No column is named for the item %d of the instrument %s.",
            "Add its column; if the site does not ask it, leave it: the item stays missing.",
            Severity.WARNING),
    RANGE_ORDER("DEF-029", "The range runs from the greater to the smaller number.", "Turn it round."),
    RANGE_DIFFERS(
            "DEF-030",
            "The range of the scale %s is not what its items add up to.",
            "Correct the range, the items or the aggregation."),
    TOO_MANY_MISSING(
            "DEF-031",
            "The scale %s would be scored with none of its items answered.",
            "Let max_missing be less than the number of items."),
    BAND_ORDER(
            "DEF-032",
            "The bands of the scale %s do not rise within its range.",
            "Sort them, and keep each start in range."),
    MISSING_IS_SCORE(
            "DEF-033",
            "The missing value %s is also a possible score of the instrument %s.",
            "Declare it for the forms in which it means missing, or choose another value in the export."),
    BAD_REGEX("DEF-034", "The pattern cannot be read: %s.", "Correct the regular expression."),
    NO_GROUP("DEF-035", "The pattern does not say which part is the number.", "Put it in round brackets."),
    BAD_CHARSET("DEF-036", "There is no encoding %s.", "Write utf-8, windows-1252, iso-8859-1 or utf-16le."),
    BAD_DATE_FORMAT(
            "DEF-037",
            "The date format %s does not tell a day, month and year.",
            "Write yyyy-MM-dd, dd/MM/yyyy or the like: M is the month, m the minute."),
    BAD_DATE("DEF-038", "There is no day %s.", "Write a day of the calendar as yyyy-MM-dd."),
    BAD_ZONE("DEF-039", "There is no time zone %s.", "Write it as region and city, such as Europe/Copenhagen."),
    PLACEHOLDER_NEEDED("DEF-040", "The name %s does not hold %s.", "Put it where the names differ."),
    PLACEHOLDER_OUT_OF_PLACE("DEF-041", "The name %s holds %s, which means nothing here.", "Remove it."),
    KEY_OUT_OF_PLACE("DEF-042", "The key %s means nothing here: %s.", "Remove it, or correct the other key."),
    KEY_NEEDED_HERE("DEF-043", "The key %s is missing: %s.", "Add it, or correct the other key."),
    FACT_NEEDED("DEF-044", "No column tells the participant's %s.", "Add it to the facts of an export."),
    COLUMN_TWICE("DEF-045", "The column %s is used for two things.", "Correct one of them."),
    MARKS_CLASH("DEF-046", "The same character is declared for two purposes.", "Correct one of them."),
    FILES_CLASH("DEF-047", "Two exports have the same file names.", "Let the names tell the exports apart."),
    TOO_DEEP("DEF-048", "The file is nested too deeply, or holds itself.", "Write it without anchors and aliases."),
    VERSIONS_UNCLEAR(
            "DEF-050",
            "It is not clear which files the versions %s and %s of the export %s are for.",
            "Give them days that do not overlap, or headers that differ."),
    VERSION_DIFFERS(
            "DEF-051",
            "Two versions of the export %s differ in %s.",
            "Make them the same: it says what a file does to the earlier ones. An export of another kind needs a code of"
                    + " its own."),
    VERSION_ENDS_FIRST("DEF-052", "The version ends before it begins.", "Let valid_to be the later day."),
    STEP_MISFIT(
            "DEF-080",
            "Steps of %d do not lead from the least to the greatest answer.",
            "Correct the step or the range."),
    RECODE_INCOMPLETE(
            "DEF-081",
            "The scale %s does not say what the answer %d to the item %d counts as.",
            "Add it to the values."),
    PARTITION_GAP(
            "DEF-082",
            "The item %d is in none of the scales that are said to share out all items.",
            "Add it to its scale, or to outside."),
    BAND_GAP(
            "DEF-083",
            "The bands of the scale %s leave its least scores without a name.",
            "Let the first begin at the least score."),
    CUT_OFF_OUTSIDE(
            "DEF-084", "A cut-off of the scale %s is no score it can have.", "Correct it: it is in the scale's unit."),
    CHANGE_DIFFERS(
            "DEF-085",
            "The reliable change of the scale %s is not what its standard deviation and reliability give.",
            "Correct the one that is wrong, or leave out points: they are computed."),
    EMBEDDING_DIFFERS(
            "DEF-086",
            "The instrument %s does not hold this one's item %d with the same answers.",
            "Correct the item numbers, or remove the entry."),
    CROSSWALK_UNKNOWN("DEF-087", "There is no crosswalk %s.", "Correct the code, or add the crosswalk's file."),
    TABLE_ROW("DEF-088", "The line of the table is not written as it should be.", "Correct it, or remove it."),
    TABLE_ORDER(
            "DEF-089",
            "The source score is not greater than the one above.",
            "Sort the rows by source score, each score once."),
    TABLE_INCOMPLETE(
            "DEF-090",
            "The table is said to be complete and lacks scores of its scale.",
            "Add them, or let the status be anchors."),
    CROSSWALK_RANGE(
            "DEF-091",
            "The crosswalk has scores that its %s cannot have.",
            "Correct the table, the line's range or least, or the scale."),
    LINK_UNCLEAR("DEF-092", "It is not clear how the crosswalk converts.", "Give it just one of them."),
    METRIC_MISSED(
            "DEF-094",
            "This does not lead to the metric %s.",
            "Remove it; two crosswalks in a row need a file of their own that says through."),
    CHAIN_BROKEN("DEF-093", "The chain breaks at %s.", "Let each crosswalk begin where the one before ends."),
    PERIOD_ORDER("DEF-060", "The period ends where it begins, or before.", "Let to_month be the later month."),
    LOOK_ORDER(
            "DEF-110",
            "The look %s does not come after the look %s.",
            "Sort the looks: each has a later cut-off and more information than the one before."),
    LOOK_OUTCOME_UNKNOWN(
            "DEF-111", "The study has no outcome %s.", "Correct the code, or add the outcome to the study."),
    PERIOD_UNKNOWN("DEF-061", "The study has no period %s.", "Correct the code, or add the period to the study."),
    KIND_UNKNOWN(
            "DEF-062",
            "The study has no kind of event or spell %s.",
            "Correct the code, or add it to the study's event_kinds or spell_kinds."),
    DETAIL_UNKNOWN("DEF-063", "The kind %s has no detail %s.", "Correct the detail, or add it to the kind's details."),
    OUTCOME_UNKNOWN(
            "DEF-064", "The study has no outcome %s before this one.", "Correct the code, or move the outcome up."),
    SOURCE_UNFIT(
            "DEF-065",
            "The outcome %s does not say just one fit source.",
            "Give it one of the keys expected, and none of the others."),
    NOT_ASKED_THERE(
            "DEF-066",
            "The outcome %s is not asked at %s.",
            "Correct it, or add it to the outcome's periods or intervals."),
    MODEL_MISFIT("DEF-067", "%s does not go with %s.", "Take what is expected, or another covariance."),
    SPAN_ORDER("DEF-068", "The span ends where it begins, or before.", "Let to be the later interval."),
    SENSITIVITY_MISFIT(
            "DEF-069",
            "Missing values of %s cannot be filled in.",
            "Name an outcome that is expected, or leave this one out."),
    AREA_TURNED(
            "DEF-077",
            "The outcome %s is an area, of which more is better.",
            "Correct the direction, or take another outcome: the dead have an area of 0."),
    AREA_UNREACHED(
            "DEF-078",
            "Nobody can have a value of %s over %s: the study's intervals lie more than %s months apart there, or do not"
                    + " reach from its beginning to its end.",
            "Allow a longer gap, ask at another interval, or leave the period out.",
            Severity.WARNING),
    CHANGE_UNKNOWN(
            "DEF-070",
            "The scale of the outcome %s has no such reliable change.",
            "Write the basis of one of those in the instrument's file, or add it there."),
    CUT_OFF_UNKNOWN(
            "DEF-071",
            "The scale %s has neither a cut-off nor a band that begins there.",
            "Take one of those in the instrument's file, or add it there with its source."),
    UNANSWERED(
            "DEF-072",
            "The draft asks for %s, and nobody has answered.",
            "Write the answer in its place, or give it in the sheet and draft again with --answers."),
    VARIANT_UNKNOWN(
            "DEF-073",
            "The instrument %s has no variant %s.",
            "Correct the code, or add one to the variant in the instrument's file."),
    COSTS_UNKNOWN("DEF-074", "There is no table of unit costs %s.", "Correct the code, or add the file under costs."),
    UNIT_COST_MISSING(
            "DEF-075",
            "The table says of no %s what a %s costs, so nobody who used any has a cost.",
            "Add it with its source, or leave it out of the outcome.",
            Severity.WARNING),
    PARAMETER_TWICE(
            "DEF-076",
            "The outcome %s has the parameter code %s, which another outcome has.",
            "Give it one of its own under paramcd: at most eight capitals and digits, a letter first."),
    SITE_STANDS(
            "DEF-120",
            "The site stands as of %s: its mapping has mistakes, so what it has published stays as it is, and new files"
                    + " wait.",
            "Mend what the next lines say; the following night reads what waits."),
    SITE_LEFT_OUT(
            "DEF-121",
            "The site is left out: its mapping has mistakes, and the one it was published with no longer fits the study"
                    + " and the instruments.",
            "Mend what the next lines say; the following night takes the site in again."),
    INSTRUMENT_STANDS(
            "DEF-122",
            "The instrument stands as it was first published on %s: its file has mistakes.",
            "Mend what the next lines say; the following night scores by the file.");

    private final String code;
    private final String message;
    private final String remedy;
    private final Severity severity;

    DefinitionProblem(String code, String message, String remedy) {
        this(code, message, remedy, Severity.ERROR);
    }

    DefinitionProblem(String code, String message, String remedy, Severity severity) {
        this.code = code;
        this.message = message;
        this.remedy = remedy;
        this.severity = severity;
    }

    String code() {
        return code;
    }

    /**
     * The problem at a place.
     *
     * @param field dotted path of the key, or null for the file as a whole
     * @param words for the message, in its order
     */
    Problem at(
            String file, int line, @Nullable String field, String expected, @Nullable String found, Object... words) {
        Place place = new Place(file, line, null, null, null, null, field);
        return new Problem(code, severity, place, String.format(Locale.ROOT, message, words), expected, found, remedy);
    }
}
