package org.equipoise.staging.internal;

import org.equipoise.staging.ExportPlan;
import org.equipoise.staging.Withdrawn;
import org.equipoise.vocabulary.FindingCode;
import org.equipoise.vocabulary.ParticipantKey;
import org.equipoise.vocabulary.Place;

/** Rows of participants who withdrew consent: refused, and told of without a word of what they say. */
final class WithdrawnRows {
    private static final String NOBODY = "no row of somebody who has withdrawn consent";

    private final String file;
    private final Withdrawn withdrawn;

    WithdrawnRows(ExportPlan plan) {
        file = plan.file();
        withdrawn = plan.withdrawn();
    }

    /** Whether a row's cells were blanked; then it is told of. */
    boolean isErased(int line, BlockBuilder block) {
        return !withdrawn.erasedLines().isEmpty()
                && withdrawn.erasedLines().contains(line)
                && tell(FindingCode.STG_019, line, block);
    }

    /** Whether a row is about somebody who withdrew; then it is told of. */
    boolean isOf(ParticipantKey participant, int line, BlockBuilder block) {
        return !withdrawn.people().isEmpty()
                && withdrawn.people().contains(participant)
                && tell(FindingCode.STG_018, line, block);
    }

    private boolean tell(FindingCode code, int line, BlockBuilder block) {
        block.finding(code, Place.line(file, line), NOBODY, null);
        return true;
    }
}
