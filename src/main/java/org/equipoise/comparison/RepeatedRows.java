package org.equipoise.comparison;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.equipoise.comparison.EstimateRows.Group;
import org.equipoise.comparison.Sample.Counts;
import org.equipoise.statistics.JointTest;
import org.jspecify.annotations.Nullable;

/** Collects the rows of a whole follow-up; each belongs to an interval, those over several to the last of them. */
final class RepeatedRows {
    private final Map<String, EstimateRows> intervals = new LinkedHashMap<>();

    RepeatedRows(Occasion occasion, RepeatedQuestion question, long sites, SiteModerators moderators) {
        question.intervals()
                .forEach(each ->
                        intervals.put(each.place().code(), new EstimateRows(occasion, each, sites, moderators)));
    }

    List<Estimate> rows() {
        return intervals.values().stream().flatMap(each -> each.rows().stream()).toList();
    }

    /**
     * Adds the tests that the arms differ nowhere, and that they differ by the same everywhere, at the last interval of the
     * model.
     */
    void jointTests(
            ModelTerms terms,
            List<String> modelled,
            Counts counts,
            Map<String, String> options,
            JointTest difference,
            JointTest change) {
        Group group = group(modelled.get(modelled.size() - 1), "mmrm_joint_test", terms.variant(), counts, options);
        jointTest(group, "arm at all intervals", difference);
        jointTest(group, "arm by interval", change);
    }

    private static void jointTest(Group group, String term, JointTest test) {
        group.add("f", term, Numbers.of(test));
        group.add("df1", term, Numbers.of(test.f().map(f -> test.numeratorDegreesOfFreedom())));
    }

    /** How sites differ at an interval. */
    Heterogeneity at(String interval) {
        return new Heterogeneity(Objects.requireNonNull(intervals.get(interval)));
    }

    Group group(String interval, String method, String variant, @Nullable Counts counts, Map<String, String> options) {
        return Objects.requireNonNull(intervals.get(interval)).group(method, variant, counts, options);
    }
}
