package org.equipoise.staging.internal;

import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.equipoise.definition.SiteMapping.Visit;
import org.equipoise.definition.SiteMapping.VisitSource;
import org.equipoise.vocabulary.IntervalCode;
import org.jspecify.annotations.Nullable;

/** Reads which visit a row belongs to, where a column says so. */
final class VisitColumn {
    private final Visit visit;
    private final int position;
    private final Map<String, Optional<IntervalCode>> values;

    VisitColumn(Visit visit, HeaderIndex index) {
        this.visit = visit;
        position =
                visit.source() == VisitSource.COLUMN ? index.need(visit.column().orElseThrow()) : -1;
        values = Texts.foldedKeys(visit.values());
    }

    /** Where the column stands; -1 when no column has it. */
    int position() {
        return position;
    }

    VisitSource source() {
        return visit.source();
    }

    /** The site's own name of the visit; null when no column has it. */
    @Nullable
    String event(String[] cells) {
        return position < 0 ? null : cells[position].strip();
    }

    /** Whether a name is given that the mapping does not know. */
    boolean isUnknown(@Nullable String event) {
        return event != null && !values.containsKey(Texts.folded(event));
    }

    /** The interval the name stands for; empty for unscheduled or unknown ones. */
    Optional<IntervalCode> read(@Nullable String event) {
        return event == null ? Optional.empty() : values.getOrDefault(Texts.folded(event), Optional.empty());
    }

    @Nullable
    String header() {
        return visit.column().orElse(null);
    }

    String expected() {
        return "one of " + String.join(", ", new TreeSet<>(visit.values().keySet()));
    }
}
