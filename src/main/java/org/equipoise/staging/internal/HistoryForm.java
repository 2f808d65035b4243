package org.equipoise.staging.internal;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.equipoise.definition.History.Form;
import org.equipoise.definition.SiteMapping.DateColumn;
import org.equipoise.staging.ExportPlan;
import org.jspecify.annotations.Nullable;

/** A form about what happened: which rows hold it, what stands for no value in it, and its columns at one visit. */
final class HistoryForm {
    private final ExportPlan plan;
    private final HeaderIndex index;
    private final @Nullable String visit;
    private final String code;
    private final Map<Column, Set<String>> rows = new LinkedHashMap<>();
    private final Set<String> missing;

    /**
     * @param visit for columns whose names tell the visit; null where there are none
     */
    HistoryForm(Form form, ExportPlan plan, HeaderIndex index, @Nullable String visit) {
        this.plan = plan;
        this.index = index;
        this.visit = visit;
        code = form.code();
        form.rows().forEach((column, texts) -> rows.put(Column.find(index, column, null), Texts.folded(texts)));
        Set<String> all = new HashSet<>(Texts.missing(plan.export().missing()));
        all.addAll(Texts.folded(form.missing()));
        missing = Set.copyOf(all);
    }

    String code() {
        return code;
    }

    /** Whether rows are chosen for it, so that each of them must say something. */
    boolean choosesRows() {
        return !rows.isEmpty();
    }

    boolean isHeldBy(RowReading row) {
        for (Map.Entry<Column, Set<String>> wanted : rows.entrySet()) {
            if (!wanted.getValue().contains(Texts.folded(row.text(wanted.getKey())))) {
                return false;
            }
        }
        return true;
    }

    /** Whether the text stands for a value that is not known. Empty is something else. */
    boolean isMissing(String text) {
        return missing.contains(Texts.folded(text));
    }

    Column column(String template) {
        return Column.find(index, template, visit);
    }

    Optional<Column> column(Optional<String> template) {
        return template.map(this::column);
    }

    DayColumn day(DateColumn date) {
        return new DayColumn(this, column(date.column()), new DateReader(date.rule(), plan.latest()));
    }

    Optional<DayColumn> day(Optional<DateColumn> date) {
        return date.map(this::day);
    }

    NumberReader numbers() {
        return new NumberReader(
                plan.export().text().decimal(), plan.export().text().thousands());
    }

    ExportPlan plan() {
        return plan;
    }
}
