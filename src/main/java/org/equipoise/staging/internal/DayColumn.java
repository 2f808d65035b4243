package org.equipoise.staging.internal;

import java.time.LocalDate;
import java.util.Optional;
import org.equipoise.vocabulary.FindingCode;

/** A column that holds a day, perhaps known in part. For one thread. */
final class DayColumn {
    private final HistoryForm form;
    private final Column column;
    private final DateReader dates;

    DayColumn(HistoryForm form, Column column, DateReader dates) {
        this.form = form;
        this.column = column;
        this.dates = dates;
    }

    Column column() {
        return column;
    }

    boolean isEmpty(RowReading row) {
        return row.text(column).isEmpty();
    }

    /** The days it can have been; empty if there is none or what there is was refused. */
    Optional<Span> readSpan(RowReading row) {
        String text = row.text(column);
        if (text.isEmpty() || form.isMissing(text)) {
            return Optional.empty();
        }
        DateReader.Result result = dates.read(text);
        if (result.verdict().isWrong()) {
            row.tell(result.problem().orElseThrow(), column, form.code(), dates.expected(), text);
        }
        return Optional.ofNullable(result.span());
    }

    /** The day; of one known in part its middle, which is told. */
    Optional<LocalDate> readDay(RowReading row) {
        Optional<Span> span = readSpan(row);
        if (span.isPresent() && !span.get().isOneDay()) {
            row.tell(FindingCode.STG_037, column, form.code(), "a whole date", row.text(column));
        }
        return span.map(Span::middle);
    }
}
