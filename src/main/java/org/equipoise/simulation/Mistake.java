package org.equipoise.simulation;

import java.util.Locale;
import org.equipoise.vocabulary.SiteCode;

/**
 * A mistake put into an export on purpose, of a kind that sites make.
 *
 * @param file name of the file
 * @param line first line concerned as a spreadsheet shows it, header = 1
 * @param lines how many lines are concerned, from that one on
 * @param column header of the column; empty where whole lines are concerned
 */
public record Mistake(SiteCode site, String file, long line, int lines, String column, Kind kind) {

    /** What is wrong. */
    public enum Kind {
        /** An answer the item does not allow. */
        ITEM_OUT_OF_RANGE,
        /** The 30th of February. */
        DATE_IMPOSSIBLE,
        /** A follow-up dated more than a year before randomisation. */
        DATE_BEFORE_TIME_ZERO,
        /** An assessment dated after the day of the export. */
        DATE_AFTER_EXPORT,
        /** The same lines twice. */
        DUPLICATE_SAME,
        /** The same assessment twice, with different answers. */
        DUPLICATE_DIFFERENT,
        /** The site's total is not the sum of the items. */
        TOTAL_DISAGREES,
        /** An arm that is not in the study. */
        ARM_UNKNOWN,
        /** A visit that was never planned. */
        EVENT_UNKNOWN,
        /** A questionnaire nobody has heard of. */
        INSTRUMENT_UNKNOWN,
        /** A text where a number belongs. */
        NOT_A_NUMBER,
        /** A date written in another way than the others. */
        NOT_A_DATE,
        /** A date of which the day is not known, where it is needed. */
        DAY_UNKNOWN,
        /** A row without the participant's id. */
        RECORD_MISSING,
        /** A total that the scale does not reach. */
        TOTAL_OUT_OF_RANGE,
        /** More days or times than there can be. */
        COUNT_IMPOSSIBLE,
        /** Something that happened, of a kind nobody has heard of. */
        KIND_UNKNOWN,
        /** A row that does not say what happened. */
        KIND_BLANK,
        /** A row that does not say when it was. */
        DAY_MISSING,
        /** A stay that ends before it began. */
        END_BEFORE_START;

        /** The name as files hold it. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
