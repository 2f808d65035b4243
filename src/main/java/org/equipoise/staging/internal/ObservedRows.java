package org.equipoise.staging.internal;

import java.util.List;
import java.util.Optional;
import org.equipoise.definition.History.ObservedColumns;
import org.equipoise.staging.ObservedSpan;
import org.equipoise.staging.ObservedSpan.Source;

/** Reads times in which events or spells were looked for. */
final class ObservedRows implements HistoryRows {
    private final HistoryForm form;
    private final List<String> kinds;
    private final WindowColumns window;
    private final Source source;

    ObservedRows(HistoryForm form, ObservedColumns columns) {
        this.form = form;
        kinds = columns.kinds();
        window = new WindowColumns(form, columns.window());
        source = Source.valueOf(columns.source().name());
    }

    @Override
    public void read(RowReading row) {
        Optional<Span> span = form.isHeldBy(row) ? window.read(row) : Optional.empty();
        if (span.isPresent()) {
            for (String kind : kinds) {
                add(row, kind, span.get(), source);
            }
        }
    }

    static void add(RowReading row, String kind, Span span, Source source) {
        row.said()
                .observed()
                .add(new ObservedSpan(row.participant(), kind, span.from(), span.to(), source, row.line()));
    }
}
