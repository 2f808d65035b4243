package org.equipoise.staging.internal;

import java.time.LocalDate;
import java.util.Optional;
import org.equipoise.staging.internal.TermColumns.Verdict;
import org.equipoise.vocabulary.FindingCode;
import org.jspecify.annotations.Nullable;

/** Columns of something that lasts from a day to a day. For one thread. */
final class EpisodeColumns {
    /** A time; without a last day it goes on. */
    record Episode(LocalDate from, @Nullable LocalDate to) {}

    private final HistoryForm form;
    private final DayColumn from;
    private final Optional<DayColumn> to;

    EpisodeColumns(HistoryForm form, DayColumn from, Optional<DayColumn> to) {
        this.form = form;
        this.from = from;
        this.to = to;
    }

    /**
     * The time the row tells; empty if it tells none or what it tells was refused.
     *
     * @param what the columns that say what lasted
     * @param told what they say; unused and refused rows are none of ours
     */
    Optional<Episode> read(RowReading row, TermColumns what, TermColumns.Reading told) {
        boolean named = told.verdict() == Verdict.TOLD;
        boolean ended = to.isPresent() && !to.get().isEmpty(row);
        boolean meant = named && (form.choosesRows() || !what.isAlwaysTheSame());
        if (from.isEmpty(row) && !ended && !meant) {
            return Optional.empty();
        }
        int refusals = row.refusals();
        Optional<LocalDate> first = from.readDay(row);
        Optional<LocalDate> last = to.isPresent() ? to.get().readDay(row) : Optional.empty();
        if (row.refusals() > refusals) {
            return Optional.empty();
        }
        if (!named) {
            row.tell(FindingCode.STG_029, what.column().orElseThrow(), form.code(), "what it was", null);
        } else if (first.isEmpty()) {
            row.tell(FindingCode.STG_028, from.column(), form.code(), "the first day", null);
        } else if (ended && last.isEmpty()) {
            row.tell(
                    FindingCode.STG_028,
                    to.orElseThrow().column(),
                    form.code(),
                    "the last day, or an empty cell while it goes on",
                    null);
        } else if (last.isPresent() && last.get().isBefore(first.get())) {
            row.tell(
                    FindingCode.STG_038,
                    to.orElseThrow().column(),
                    form.code(),
                    "a day from " + first.get() + " on",
                    row.text(to.orElseThrow().column()));
        } else {
            return Optional.of(new Episode(first.get(), last.orElse(null)));
        }
        return Optional.empty();
    }
}
