package org.equipoise.staging.internal;

import java.time.LocalDate;
import java.util.Optional;
import org.equipoise.definition.History.Window;
import org.equipoise.vocabulary.FindingCode;
import org.jspecify.annotations.Nullable;

/** Columns that tell the span of days a row speaks of. For one thread. */
final class WindowColumns {
    private final HistoryForm form;
    private final Window window;
    private final Optional<DayColumn> from;
    private final Optional<DayColumn> to;
    private final @Nullable LocalDate exported;

    WindowColumns(HistoryForm form, Window window) {
        this.form = form;
        this.window = window;
        from = form.day(window.from());
        to = form.day(window.to());
        exported = form.plan().latest();
    }

    /** The span; empty if it is not told or what is told was refused. */
    Optional<Span> read(RowReading row) {
        Optional<LocalDate> last = to.isPresent() ? to.get().readDay(row) : Optional.ofNullable(exported);
        if (last.isEmpty()) {
            return Optional.empty();
        }
        if (from.isEmpty()) {
            LocalDate before = last.get().minusMonths(window.months()).minusDays(window.days());
            return Optional.of(new Span(before.plusDays(1), last.get()));
        }
        Optional<LocalDate> first = from.get().readDay(row);
        if (first.isPresent() && first.get().isAfter(last.get())) {
            row.tell(
                    FindingCode.STG_038,
                    from.get().column(),
                    form.code(),
                    "a day up to " + last.get(),
                    first.get().toString());
            return Optional.empty();
        }
        return first.isPresent() ? Optional.of(new Span(first.get(), last.get())) : Optional.empty();
    }

    /** The column without which there is no span. */
    Optional<Column> column() {
        return to.or(() -> from).map(DayColumn::column);
    }
}
