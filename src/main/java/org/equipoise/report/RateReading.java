package org.equipoise.report;

import java.util.List;
import java.util.Optional;
import org.equipoise.comparison.StoredEstimate;
import org.equipoise.definition.Study;
import org.equipoise.definition.Study.Outcome;

/** How often something happened: events a person and year, and the ratio of the rates. */
final class RateReading extends Reading {
    static final List<String> QUANTITIES = List.of(
            "event_rate/n",
            "event_rate/events",
            "event_rate/person_years",
            "event_rate/rate",
            "poisson_rate_ratio/rate_ratio",
            "negative_binomial_rate_ratio/rate_ratio",
            "permutation/rate_difference");

    private static final String VALUE = "value";
    /** Harms are rare: so many people are followed for a year to say how often they are. */
    private static final int PERSONS = 100;

    RateReading(Study study, Outcome outcome, StoredEstimates rows) {
        super(study, outcome, rows);
    }

    @Override
    Scale scale() {
        return new Scale("Rate ratio", true, 1, 2);
    }

    @Override
    List<String> armColumns() {
        return List.of("n", "rate a year", "95 % CI", "events / years");
    }

    @Override
    List<String> armCells(When when, String site, String arm) {
        Optional<StoredEstimate> rate = drawn(when, site, arm);
        return List.of(
                Numerals.whole(rows().number(about(when, site), arm, "event_rate", VALUE, "n")),
                rate.map(row -> Numerals.number(row.value(), 2)).orElse(Numerals.NONE),
                rate.map(row -> Numerals.limits(row.low(), row.high(), 2)).orElse(Numerals.NONE),
                Numerals.whole(rows().number(about(when, site), arm, "event_rate", VALUE, "events")) + " / "
                        + Numerals.number(
                                rows().number(about(when, site), arm, "event_rate", VALUE, "person_years"), 1));
    }

    @Override
    List<String> eventCells(When when, String site, String arm) {
        return List.of(
                Numerals.whole(rows().number(about(when, site), arm, "event_rate", VALUE, "n")),
                Numerals.whole(rows().number(about(when, site), arm, "event_rate", VALUE, "events")),
                drawn(when, site, arm)
                        .map(StoredEstimate::value)
                        .map(rate -> Numerals.number(PERSONS * rate, 1) + " in " + PERSONS + " years")
                        .orElse(Numerals.NONE));
    }

    @Override
    Optional<StoredEstimate> drawn(When when, String site, String arm) {
        return rows().find(about(when, site), arm, "event_rate", VALUE, "rate");
    }

    @Override
    double drawnFactor() {
        return 1;
    }

    @Override
    String unit() {
        return "Events a person and year";
    }

    @Override
    List<Source> sources(When when, String site) {
        return List.of(
                new Source("negative_binomial_rate_ratio", "site", "rate_ratio", true),
                new Source("poisson_rate_ratio", VALUE, "rate_ratio", false));
    }

    @Override
    List<String> pooledVariants() {
        return List.of("log_rate_ratio");
    }

    @Override
    String extraColumn() {
        return "Permutation p";
    }

    @Override
    String extra(When when, String site) {
        return Numerals.p(otherP(when, site).map(StoredEstimate::p).orElse(null));
    }

    @Override
    Optional<StoredEstimate> otherP(When when, String site) {
        return rows().find(about(when, site), "", "permutation", VALUE, "rate_difference");
    }
}
