package org.equipoise.comparison;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.equipoise.comparison.EstimateRows.Group;
import org.equipoise.comparison.Sample.Counts;
import org.equipoise.definition.Study;
import org.jspecify.annotations.Nullable;

/** Collects the rows of a whole follow-up; each belongs to an interval, those over several to the last of them. */
final class RepeatedRows {
    private final Map<String, EstimateRows> intervals = new LinkedHashMap<>();

    RepeatedRows(Study study, RepeatedQuestion question, long sites) {
        question.intervals().forEach(each -> intervals.put(each.place().code(), new EstimateRows(study, each, sites)));
    }

    List<Estimate> rows() {
        return intervals.values().stream().flatMap(each -> each.rows().stream()).toList();
    }

    Group group(String interval, String method, String variant, @Nullable Counts counts, Map<String, String> options) {
        return Objects.requireNonNull(intervals.get(interval)).group(method, variant, counts, options);
    }
}
