package org.equipoise.vocabulary;

import java.util.Locale;

/**
 * The catalogue of what can be wrong with a submission. A code never changes its meaning; the place,
 * what was expected and what was found are told with each finding.
 */
public enum FindingCode {
    SUB_001(
            Severity.ERROR,
            Category.FILE,
            "This folder is not a site of the study.",
            "Rename the folder, or add a mapping for the site under jobs/sites."),
    SUB_002(
            Severity.ERROR,
            Category.FILE,
            "The name of this file matches no export of the site.",
            "Rename the file as your site's exports are named, or add the export to the site's mapping."),
    SUB_003(
            Severity.ERROR,
            Category.FILE,
            "This file cannot be read from disk.",
            "Give the program the right to read it, and copy it again if it came incomplete."),
    SUB_004(
            Severity.WARNING,
            Category.FILE,
            "This is a folder, not a file.",
            "Put the export itself into the inbox, not a folder that holds it."),
    SUB_005(
            Severity.ERROR,
            Category.FILE,
            "The site's mapping has mistakes, so nothing of the site is read.",
            "Mend the mapping as the problems above say; the file is read the next night."),
    SUB_006(
            Severity.WARNING,
            Category.SUBMISSION,
            "A later export of the same data is already in effect, so this one is not applied.",
            "Nothing to do if the later one is right. To go back to this one, hand it over with: submit --reinstate."),
    SUB_007(
            Severity.ERROR,
            Category.SUBMISSION,
            "This export lacks many participants whom the one before it had, so it is held.",
            "If they were left out by mistake, export again. If they are meant to be gone, hand it over with: submit --confirm."),
    SUB_008(
            Severity.WARNING,
            Category.SUBMISSION,
            "These are the same bytes as an export that a later one has replaced, so it is held.",
            "Nothing to do if it came by accident. To go back to it, hand it over with: submit --reinstate."),
    SUB_009(
            Severity.WARNING,
            Category.FILE,
            "The moment the export was taken cannot be told as the mapping says; the moment of receipt stands in.",
            "Name the file as your site's exports are named."),
    SUB_010(
            Severity.ERROR,
            Category.FILE,
            "The name of this file fits exports of several sites.",
            "Say which site it is from, with: --site."),
    SUB_011(
            Severity.WARNING,
            Category.FILE,
            "The feedback to this file could not be written into the site's outbox.",
            "Give the program the right to write there; the findings are in staging.finding."),
    SUB_012(
            Severity.WARNING,
            Category.SUBMISSION,
            "This increment tells of events, spells or care of people of whom earlier increments told others of the same"
                    + " kind, and nothing tells a corrected one from a further one: all are counted.",
            "Name in the mapping, under row_key, the columns that number such rows, such as REDCap's repeat instance or"
                    + " Castor's report id; or send the whole each time, with mode: cumulative."),

    STG_001(Severity.ERROR, Category.FILE, "The file is empty.", "Export again and check that rows are selected."),
    STG_002(
            Severity.ERROR,
            Category.FILE,
            "The file is not a text table.",
            "Export as CSV. Renaming a PDF, Excel or zip file to .csv does not turn it into one."),
    STG_003(
            Severity.ERROR,
            Category.FILE,
            "The characters of the file are not in an encoding that the mapping names.",
            "Export in one of the expected encodings."),
    STG_004(
            Severity.ERROR,
            Category.FILE,
            "A row is far too long to be one row.",
            "Look for a quotation mark that opens and never closes, or line ends that were lost, and export again."),
    STG_005(
            Severity.ERROR,
            Category.FILE,
            "The file has a header and no rows.",
            "Export again and check that rows are selected."),
    STG_006(
            Severity.ERROR,
            Category.FILE,
            "Two columns have the same header.",
            "Give each column a header of its own."),
    STG_007(
            Severity.ERROR,
            Category.FILE,
            "A column that the mapping needs is not in the header.",
            "Export with all columns, or have the mapping changed if the column was renamed."),
    STG_008(
            Severity.INFO,
            Category.FILE,
            "This column is new to the mapping and is not used.",
            "Nothing to do, unless it holds outcomes: then have it added to the mapping."),
    STG_009(
            Severity.ERROR,
            Category.FILE,
            "A quotation mark opens a field and never closes, so the rest of the file cannot be told apart.",
            "The file may have been cut off. Export and copy it again."),
    STG_010(
            Severity.ERROR,
            Category.ROW,
            "The row has another number of fields than the header.",
            "Look for a delimiter inside a text that is not in quotation marks."),
    STG_011(
            Severity.ERROR,
            Category.FILE,
            "A quotation mark stands inside a field where none can be.",
            "Put the whole field in quotation marks and double the marks inside it, or export again."),
    STG_012(
            Severity.ERROR,
            Category.FILE,
            "No version of the site's mapping is valid for the day this file was taken.",
            "Correct the day in the file's name, or have the days of the mapping's versions mended."),
    STG_013(
            Severity.ERROR,
            Category.FILE,
            "This column differs from every version of the site's mapping that is valid for the file.",
            "Export as before. If what you export has changed, have a new version of the export added to the mapping, with"
                    + " its first day and its columns; earlier files keep theirs."),

    STG_018(
            Severity.ERROR,
            Category.ROW,
            "The participant has withdrawn consent; nothing of the row is kept.",
            "Take the participant out of what you export, and put the new export in place of this one."),
    STG_019(
            Severity.INFO,
            Category.ROW,
            "The row was erased, since the participant has withdrawn consent.",
            "Nothing to do; leave the participant out of later exports."),
    STG_020(Severity.ERROR, Category.ROW, "The row does not say whom it is about.", "Fill in the participant's id."),
    STG_021(
            Severity.ERROR,
            Category.ROW,
            "The visit is not one that the mapping knows.",
            "Correct the visit, or have it added to the mapping."),
    STG_022(
            Severity.ERROR,
            Category.ROW,
            "The instrument is not one that the mapping knows.",
            "Correct the instrument, or have it added to the mapping."),
    STG_023(Severity.ERROR, Category.ROW, "The instrument has no such item.", "Correct the item."),
    STG_024(
            Severity.ERROR,
            Category.VALUE,
            "The value is not one that the mapping knows.",
            "Correct the cell, or have the value added to the mapping."),
    STG_025(
            Severity.INFO,
            Category.ROW,
            "The row repeats an earlier row word for word and is not counted again.",
            "Nothing to do; remove the repetition if you can."),
    STG_026(
            Severity.ERROR,
            Category.ROW,
            "The row answers what an earlier row of the file answers otherwise; the earlier one is kept.",
            "Keep the row that is right, remove the other, and export again."),
    STG_027(
            Severity.ERROR,
            Category.VALUE,
            "The file says two different things of the same participant, so neither is used.",
            "Correct the cells so that all rows of the participant agree."),
    STG_028(
            Severity.ERROR,
            Category.ROW,
            "Neither a visit nor a date says when this was.",
            "Fill in the date or the visit."),
    STG_029(
            Severity.ERROR,
            Category.ROW,
            "The row does not say what it is about.",
            "Fill in what happened, or remove the row."),

    STG_030(Severity.ERROR, Category.VALUE, "This is not a date.", "Correct the cell and export again."),
    STG_031(Severity.ERROR, Category.VALUE, "This date cannot be right.", "Correct the cell and export again."),
    STG_032(Severity.ERROR, Category.VALUE, "This is not a number.", "Correct the cell and export again."),
    STG_033(
            Severity.ERROR,
            Category.VALUE,
            "The value is outside what the item allows.",
            "Correct the cell and export again. If it stands for a missing answer, have it added to the mapping."),
    STG_034(
            Severity.ERROR,
            Category.VALUE,
            "The total is outside what the scale allows.",
            "Correct the cell and export again."),
    STG_035(
            Severity.ERROR,
            Category.VALUE,
            "The number can be read in two ways.",
            "Write it with the decimal mark that the mapping names and without thousands marks."),
    STG_036(
            Severity.WARNING,
            Category.VALUE,
            "Only the month or year of this date is known, which is not enough here; it is not used.",
            "Fill in the day if it can be found."),
    STG_037(
            Severity.WARNING,
            Category.VALUE,
            "Only the month or year of this date is known; the middle of it is used.",
            "Fill in the day if it can be found."),
    STG_038(Severity.ERROR, Category.VALUE, "The end lies before the beginning.", "Correct the one that is wrong."),
    STG_039(
            Severity.ERROR,
            Category.VALUE,
            "There cannot be that many.",
            "Correct the cell and export again. If it stands for a missing answer, have it added to the mapping."),

    HRM_001(
            Severity.WARNING,
            Category.SCORE,
            "The site's total differs from the sum of its items; the items are used.",
            "Look whether an item or the total is wrong, and correct it."),
    HRM_002(
            Severity.WARNING,
            Category.SCORE,
            "The date lies in another interval than the visit it is filed under; the date is used.",
            "Look whether the date or the visit is wrong, and correct it."),
    HRM_003(
            Severity.ERROR,
            Category.SCORE,
            "No usable arm is known for this participant, who is left out of comparisons.",
            "Fill in the arm."),
    HRM_004(
            Severity.ERROR,
            Category.SCORE,
            "No usable date of time zero is known for this participant, so nothing can be placed in time.",
            "Fill in the date."),
    HRM_005(
            Severity.WARNING,
            Category.SCORE,
            "The assessment is dated after the participant's death.",
            "Correct the date of the assessment or of the death."),
    HRM_006(
            Severity.WARNING,
            Category.SCORE,
            "The assessment is dated long before time zero, so it stands for no interval.",
            "Look whether its date or that of time zero is wrong, and correct it."),
    HRM_007(
            Severity.INFO,
            Category.SCORE,
            "The recall period reaches into that of an earlier assessment; what both tell of the same days counts once.",
            "Where it can be helped, ask about the time since the last assessment.");

    private final Severity severity;
    private final Category category;
    private final String message;
    private final String remedy;

    FindingCode(Severity severity, Category category, String message, String remedy) {
        this.severity = severity;
        this.category = category;
        this.message = message;
        this.remedy = remedy;
    }

    /** What a finding is about. */
    public enum Category {
        FILE,
        ROW,
        VALUE,
        SCORE,
        SUBMISSION;

        /** The name as files and tables hold it. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The code as people see it: {@code STG-031}. */
    public String code() {
        return name().replace('_', '-');
    }

    public Severity severity() {
        return severity;
    }

    public Category category() {
        return category;
    }

    /** What is wrong, in one sentence without a participant's value. */
    public String message() {
        return message;
    }

    /** How to mend it. */
    public String remedy() {
        return remedy;
    }
}
