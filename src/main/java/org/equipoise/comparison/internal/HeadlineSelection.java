package org.equipoise.comparison.internal;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.equipoise.comparison.HeadlineRow;
import org.equipoise.comparison.HeadlineRow.ArmSummary;
import org.equipoise.comparison.HeadlineRow.Difference;
import org.equipoise.comparison.Main;
import org.equipoise.definition.Study;
import org.equipoise.definition.Study.Endpoint;
import org.equipoise.definition.Study.Interval;
import org.equipoise.definition.Study.Outcome;
import org.equipoise.definition.Study.OutcomeType;
import org.equipoise.definition.Study.Role;
import org.equipoise.definition.Study.Tier;
import org.jspecify.annotations.Nullable;

/**
 * Picks the main numbers out of the estimates over all sites: the adjusted difference by the first main method
 * that could be fitted, or the unadjusted one where none could or is planned.
 */
final class HeadlineSelection {

    /** What is read of an estimate. */
    record Cell(
            String outcome,
            String interval,
            @Nullable String arm,
            String method,
            String variant,
            String quantity,
            @Nullable Double estimate,
            @Nullable Double p,
            @Nullable Double low,
            @Nullable Double high,
            @Nullable String reason) {
        private Key key() {
            return new Key(outcome, interval, arm == null ? "" : arm, method, variant, quantity);
        }
    }

    private record Key(String outcome, String interval, String arm, String method, String variant, String quantity) {}

    private final Study study;
    private final Map<Key, Cell> cells = new HashMap<>();

    HeadlineSelection(Study study) {
        this.study = study;
    }

    void add(Cell cell) {
        cells.put(cell.key(), cell);
    }

    List<HeadlineRow> rows() {
        return study.outcomes().stream()
                .filter(outcome -> outcome.tier() != Tier.EXPLORATORY)
                .filter(outcome -> outcome.type() == OutcomeType.CONTINUOUS)
                .flatMap(outcome -> study.intervals().stream()
                        .filter(interval -> outcome.intervals().contains(interval.code()))
                        .map(interval -> row(outcome, interval)))
                .toList();
    }

    private HeadlineRow row(Outcome outcome, Interval interval) {
        boolean baseline = interval.equals(study.intervals().get(0));
        String endpoint = endpoint(baseline);
        Row row = new Row(outcome.code().value(), interval.code().value(), endpoint);
        Cell unadjusted = row.find("", "welch_t", endpoint, "diff");
        Cell hedges = row.find("", "standardised_mean_difference", endpoint + ":noncentral_t", "hedges_g");
        return new HeadlineRow(
                outcome,
                interval,
                row.arm(study.arm(Role.TREATMENT).code().value()),
                row.arm(study.arm(Role.CONTROL).code().value()),
                difference(outcome, row, unadjusted, baseline),
                hedges == null ? null : hedges.estimate(),
                unadjusted == null ? null : unadjusted.reason());
    }

    private String endpoint(boolean baseline) {
        Endpoint endpoint =
                baseline ? Endpoint.VALUE : study.comparisons().endpoints().get(0);
        return endpoint.name().toLowerCase(Locale.ROOT);
    }

    /** The first main method's difference that has an interval, else the unadjusted one. */
    private @Nullable Difference difference(Outcome outcome, Row row, @Nullable Cell unadjusted, boolean baseline) {
        boolean first = true;
        for (Main main : Main.adjusted(study, outcome)) {
            Cell cell = row.find("", main.method(), main.variant(), main.quantity());
            if (cell != null && cell.low() != null) {
                return difference(cell, baseline, first);
            }
            first = false;
        }
        return unadjusted == null ? null : difference(unadjusted, baseline, false);
    }

    private static @Nullable Difference difference(Cell cell, boolean baseline, boolean main) {
        return cell.estimate() == null
                ? null
                : new Difference(
                        cell.estimate(),
                        cell.low(),
                        cell.high(),
                        baseline ? null : cell.p(),
                        cell.method(),
                        cell.variant(),
                        main);
    }

    /** One outcome at one interval. */
    private final class Row {
        private final String outcome;
        private final String interval;
        private final String endpoint;

        Row(String outcome, String interval, String endpoint) {
            this.outcome = outcome;
            this.interval = interval;
            this.endpoint = endpoint;
        }

        @Nullable
        Cell find(String arm, String method, String variant, String quantity) {
            return cells.get(new Key(outcome, interval, arm, method, variant, quantity));
        }

        @Nullable
        ArmSummary arm(String code) {
            Cell n = find(code, "descriptives", endpoint, "n");
            return n == null || n.estimate() == null
                    ? null
                    : new ArmSummary(n.estimate().intValue(), number(code, "mean"), number(code, "sd"));
        }

        private @Nullable Double number(String code, String quantity) {
            Cell cell = find(code, "descriptives", endpoint, quantity);
            return cell == null ? null : cell.estimate();
        }
    }
}
