package org.equipoise.staging.internal;

import org.equipoise.staging.StagedHistory;
import org.equipoise.staging.internal.BlockBuilder.RowPlace;
import org.equipoise.vocabulary.FindingCode;
import org.equipoise.vocabulary.ParticipantKey;
import org.equipoise.vocabulary.Severity;
import org.jspecify.annotations.Nullable;

/** A row while it is read for what happened, and how that goes. */
final class RowReading {
    private final String[] cells;
    private final ParticipantKey participant;
    private final RowPlace place;
    private final BlockBuilder block;
    private int refusals;
    private boolean usable;

    RowReading(String[] cells, ParticipantKey participant, RowPlace place, BlockBuilder block) {
        this.cells = cells;
        this.participant = participant;
        this.place = place;
        this.block = block;
    }

    String text(Column column) {
        return column.text(cells);
    }

    ParticipantKey participant() {
        return participant;
    }

    int line() {
        return place.line();
    }

    /** What the row says, for adding to it: the row is of use. */
    StagedHistory said() {
        usable = true;
        return block.history();
    }

    /** Tells what is wrong in a column of a form, once a row: several forms may look at the same date. */
    void tell(FindingCode code, Column column, String form, String expected, @Nullable String found) {
        if (code.severity() == Severity.ERROR) {
            refusals++;
        }
        if (!block.hasTold(code, place.line(), column.header())) {
            block.finding(code, place.at(column.header(), form, column.header()), expected, found);
        }
    }

    /** How many errors were told. */
    int refusals() {
        return refusals;
    }

    boolean usable() {
        return usable;
    }
}
