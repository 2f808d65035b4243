package org.equipoise.report;

import java.util.List;
import java.util.Optional;
import org.equipoise.comparison.Scope;
import org.equipoise.comparison.StoredEstimate;
import org.equipoise.definition.Study;
import org.equipoise.definition.Study.Outcome;

/** How soon something happened first: people with the event, and the ratio of the hazards. */
final class SurvivalReading extends Reading {
    static final List<String> QUANTITIES = List.of(
            "kaplan_meier/n",
            "cumulative_incidence/events",
            "cumulative_incidence/competing",
            "cumulative_incidence/n_risk",
            "cumulative_incidence/cif",
            "cumulative_incidence_difference/difference",
            "logrank/chisq",
            "logrank_stratified_by_site/chisq",
            "cox_ph/hr",
            "cox_ph_stratified_by_site/hr");

    private static final String VALUE = "value";

    SurvivalReading(Study study, Outcome outcome, StoredEstimates rows) {
        super(study, outcome, rows);
    }

    @Override
    Scale scale() {
        return new Scale("Hazard ratio", true, 1, 2);
    }

    @Override
    List<String> armColumns() {
        return List.of("n", "with event", "died before");
    }

    @Override
    List<String> armCells(When when, String site, String arm) {
        return List.of(
                Numerals.whole(rows().number(about(when, site), arm, "kaplan_meier", VALUE, "n")),
                Numerals.whole(rows().number(about(when, site), arm, "cumulative_incidence", VALUE, "events")),
                Numerals.whole(rows().number(about(when, site), arm, "cumulative_incidence", VALUE, "competing")));
    }

    @Override
    List<String> eventCells(When when, String site, String arm) {
        List<String> cells = armCells(when, site, arm);
        return List.of(cells.get(0), cells.get(1), Numerals.NONE);
    }

    @Override
    Optional<StoredEstimate> drawn(When when, String site, String arm) {
        return rows().find(about(when, site), arm, "cumulative_incidence", VALUE, "events");
    }

    @Override
    double drawnFactor() {
        return 1;
    }

    @Override
    String unit() {
        return "People, %";
    }

    @Override
    List<Source> sources(When when, String site) {
        return List.of(
                new Source("cox_ph_stratified_by_site", "site", "hr", true), new Source("cox_ph", "site", "hr", true));
    }

    @Override
    List<String> pooledVariants() {
        return List.of("log_hazard_ratio");
    }

    @Override
    String extraColumn() {
        return "Log-rank p";
    }

    @Override
    String extra(When when, String site) {
        return Numerals.p(otherP(when, site).map(StoredEstimate::p).orElse(null));
    }

    @Override
    Optional<StoredEstimate> otherP(When when, String site) {
        return rows().find(
                        about(when, site),
                        "",
                        Scope.isOverSites(site) ? "logrank_stratified_by_site" : "logrank",
                        VALUE,
                        "chisq");
    }
}
