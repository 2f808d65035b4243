package org.equipoise.staging.internal;

import java.util.Optional;
import java.util.OptionalInt;
import org.equipoise.definition.History.EventColumns;
import org.equipoise.staging.ObservedSpan;
import org.equipoise.staging.StagedEvent;
import org.equipoise.staging.internal.TermColumns.Verdict;
import org.equipoise.vocabulary.EventKind;
import org.equipoise.vocabulary.FindingCode;
import org.jspecify.annotations.Nullable;

/** Reads events: one a row, or how many in a window. */
final class EventRows implements HistoryRows {
    private final HistoryForm form;
    private final TermColumns kind;
    private final Optional<TermColumns> detail;
    private final Optional<DayColumn> date;
    private final Optional<CountColumn> count;
    private final Optional<WindowColumns> window;

    EventRows(HistoryForm form, EventColumns columns) {
        this.form = form;
        kind = new TermColumns(form, columns.kind());
        detail = columns.detail().map(term -> new TermColumns(form, term));
        date = form.day(columns.date());
        count = form.column(columns.count()).map(column -> new CountColumn(form, column));
        window = columns.window().map(told -> new WindowColumns(form, told));
    }

    @Override
    public void read(RowReading row) {
        if (!form.isHeldBy(row)) {
            return;
        }
        int refusals = row.refusals();
        TermColumns.Reading kinds = kind.read(row);
        if (date.isPresent()) {
            Optional<Span> day = date.get().readSpan(row);
            if (row.refusals() == refusals) {
                addDated(row, kinds, day, date.get());
            }
        } else if (count.isPresent() && window.isPresent()) {
            OptionalInt times = count.get().read(row);
            if (times.isPresent() && kinds.verdict() == Verdict.TOLD) {
                addCounted(row, kinds, times.getAsInt(), window.get());
            }
        }
    }

    private void addDated(RowReading row, TermColumns.Reading kinds, Optional<Span> day, DayColumn dayColumn) {
        if (kinds.verdict() == Verdict.TOLD && day.isPresent()) {
            String what = Details.read(detail, row);
            for (String word : kinds.words()) {
                add(row, word, what, day.get(), 1);
            }
        } else if (kinds.verdict() == Verdict.TOLD && (form.choosesRows() || !kind.isAlwaysTheSame())) {
            row.tell(FindingCode.STG_028, dayColumn.column(), form.code(), "the date of the event", null);
        } else if (day.isPresent() && kinds.verdict() != Verdict.UNUSED) {
            row.tell(FindingCode.STG_029, kind.column().orElseThrow(), form.code(), "what happened", null);
        }
    }

    private void addCounted(RowReading row, TermColumns.Reading kinds, int times, WindowColumns asked) {
        int refusals = row.refusals();
        Optional<Span> span = asked.read(row);
        if (span.isEmpty()) {
            if (row.refusals() == refusals) {
                row.tell(
                        FindingCode.STG_028,
                        asked.column().orElseThrow(),
                        form.code(),
                        "the day up to which it was counted",
                        null);
            }
            return;
        }
        String what = Details.read(detail, row);
        for (String word : kinds.words()) {
            add(row, word, what, span.get(), times);
            ObservedRows.add(row, word, span.get(), ObservedSpan.Source.RECALL);
        }
    }

    private static void add(RowReading row, String word, @Nullable String what, Span span, int times) {
        row.said()
                .events()
                .add(new StagedEvent(
                        row.participant(), new EventKind(word), what, span.from(), span.to(), times, row.line()));
    }
}
