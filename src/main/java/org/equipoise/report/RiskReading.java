package org.equipoise.report;

import java.util.List;
import java.util.Optional;
import org.equipoise.comparison.Scope;
import org.equipoise.comparison.StoredEstimate;
import org.equipoise.definition.Study;
import org.equipoise.definition.Study.Outcome;
import org.jspecify.annotations.Nullable;

/** Whether something happened or is so: shares of people, and the difference between them. */
final class RiskReading extends Reading {
    static final List<String> QUANTITIES = List.of(
            "binary_two_arm/n",
            "binary_two_arm/events",
            "binary_two_arm/p",
            "binary_two_arm/rd",
            "binary_two_arm/rr",
            "binary_two_arm/fisher_p",
            "mantel_haenszel_by_site/rd");

    private static final String METHOD = "binary_two_arm";
    private static final String VALUE = "value";
    private static final double PERCENT = 100;

    RiskReading(Study study, Outcome outcome, StoredEstimates rows) {
        super(study, outcome, rows);
    }

    @Override
    Scale scale() {
        return new Scale("Risk difference, %", false, PERCENT, 1);
    }

    @Override
    List<String> armColumns() {
        return List.of("n", "events (%)", "95 % CI, %");
    }

    @Override
    List<String> armCells(When when, String site, String arm) {
        Optional<StoredEstimate> risk = drawn(when, site, arm);
        return List.of(
                Numerals.whole(number(when, site, arm, "n")),
                risk.map(StoredEstimate::value)
                        .map(share -> Numerals.whole(number(when, site, arm, "events")) + " ("
                                + Numerals.number(share * PERCENT, 1) + ")")
                        .orElse(Numerals.NONE),
                risk.map(row -> Numerals.limits(scaled(row.low()), scaled(row.high()), 1))
                        .orElse(Numerals.NONE));
    }

    @Override
    List<String> eventCells(When when, String site, String arm) {
        return List.of(
                Numerals.whole(number(when, site, arm, "n")),
                Numerals.whole(number(when, site, arm, "events")),
                drawn(when, site, arm)
                        .map(StoredEstimate::value)
                        .map(share -> Numerals.number(share * PERCENT, 1) + " %")
                        .orElse(Numerals.NONE));
    }

    private @Nullable Double number(When when, String site, String arm, String quantity) {
        return rows().number(about(when, site), arm, METHOD, VALUE, quantity);
    }

    @Override
    Optional<StoredEstimate> drawn(When when, String site, String arm) {
        return rows().find(about(when, site), arm, METHOD, VALUE, "p");
    }

    @Override
    double drawnFactor() {
        return PERCENT;
    }

    @Override
    String unit() {
        return "People, %";
    }

    @Override
    List<Source> sources(When when, String site) {
        return List.of(
                new Source("mantel_haenszel_by_site", VALUE, "rd", true),
                new Source(METHOD, VALUE, "rd", !Scope.isOverSites(site)));
    }

    @Override
    List<String> pooledVariants() {
        return List.of("risk_difference");
    }

    @Override
    String extraColumn() {
        return "Risk ratio";
    }

    @Override
    String extra(When when, String site) {
        return rows().find(about(when, site), "", METHOD, VALUE, "rr")
                .map(row -> Numerals.interval(row.value(), row.low(), row.high(), 2))
                .orElse(Numerals.NONE);
    }

    @Override
    Optional<StoredEstimate> otherP(When when, String site) {
        return rows().find(about(when, site), "", METHOD, VALUE, "fisher_p");
    }
}
