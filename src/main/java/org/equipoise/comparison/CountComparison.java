package org.equipoise.comparison;

import java.util.Arrays;
import java.util.Map;
import org.equipoise.comparison.EstimateRows.Group;
import org.equipoise.comparison.Models.Model;
import org.equipoise.definition.Study;
import org.equipoise.statistics.Coefficients.Covariance;
import org.equipoise.statistics.CountRegression;
import org.equipoise.statistics.Design;
import org.equipoise.statistics.Estimate;

/** How often something happened over the time at risk. */
final class CountComparison {
    static final double DAYS_A_YEAR = 365.25;

    private final Study study;
    private final Scope scope;
    private final Cases cases;
    private final EstimateRows rows;

    CountComparison(Study study, Scope scope, Cases cases, EstimateRows rows) {
        this.study = study;
        this.scope = scope;
        this.cases = cases;
        this.rows = rows;
    }

    static double[] years(Cases of) {
        return Arrays.stream(of.exposures()).map(days -> days / DAYS_A_YEAR).toArray();
    }

    private static int people(Cases of) {
        return (int) Arrays.stream(of.values()).filter(events -> events > 0).count();
    }

    /** The arms, and the ratio of their rates. */
    void compare() {
        Group group = rows.group("event_rate", "value", cases.counts(), Map.of());
        rate(group.inArm(rows.treatment()), cases.of(true));
        rate(group.inArm(rows.control()), cases.of(false));
        Design design = Design.ofArms(cases.treated());
        CountRegression.Result fit = CountRegression.poisson(cases.values(), years(cases), design);
        Group ratio = rows.group("poisson_rate_ratio", "value", cases.counts(), Map.of("model", "events ~ arm"));
        ratio.add("rate_ratio", Numbers.of(fit.rateRatio(Covariance.HC0)));
        ratio.form("model").add("rate_ratio", Numbers.of(fit.rateRatio(Covariance.MODEL)));
    }

    private static void rate(Group group, Cases arm) {
        double[] years = years(arm);
        double total = Arrays.stream(years).sum();
        double events = Arrays.stream(arm.values()).sum();
        group.add("n", years.length);
        group.add("people_with_event", people(arm));
        group.add("events", events);
        group.add("person_years", total);
        Estimate log = CountRegression.poisson(arm.values(), years, Design.ofIntercept(years.length))
                .coefficients()
                .get(Design.INTERCEPT, Covariance.HC0);
        group.add(
                "rate",
                log.value().isEstimable() || total == 0
                        ? Numbers.of(log.transformed(Math::exp))
                        : Numbers.of(events / total));
    }

    /** Models with the site, and how the sites differ. */
    void adjust() {
        boolean converged = true;
        for (Model model : Models.of(study)) {
            converged &= fit(model);
        }
        if (scope.isOverSites()) {
            new Heterogeneity(rows)
                    .pool(
                            "log_rate_ratio",
                            cases.counts(),
                            Heterogeneity.effects(
                                    cases.bySite(),
                                    site -> CountRegression.poisson(
                                                    site.values(), years(site), Design.ofArms(site.treated()))
                                            .coefficients()
                                            .treatment(Covariance.HC0)));
        }
        if (!converged || RareEvents.areIn(people(cases))) {
            new RareEvents(rows).rates(cases, years(cases));
        }
    }

    private boolean fit(Model model) {
        Cases complete = cases.complete(model);
        boolean sites = scope.isOverSites() && complete.hasSites();
        CountRegression.Result fit =
                CountRegression.negativeBinomial(complete.values(), years(complete), complete.design(model, sites));
        Group group = rows.group(
                "negative_binomial_rate_ratio",
                model.variant(),
                complete.counts(),
                Map.of("model", model.formula("events", sites)));
        group.add("rate_ratio", Numbers.of(fit.rateRatio(Covariance.HC0)));
        group.form("model").add("rate_ratio", Numbers.of(fit.rateRatio(Covariance.MODEL)));
        group.add("theta", fit.theta().value());
        return fit.coefficients().failure().isEmpty();
    }
}
