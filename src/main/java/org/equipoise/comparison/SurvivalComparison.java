package org.equipoise.comparison;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.equipoise.comparison.EstimateRows.Group;
import org.equipoise.comparison.Models.Model;
import org.equipoise.definition.Study;
import org.equipoise.statistics.CoxRegression;
import org.equipoise.statistics.CumulativeIncidence;
import org.equipoise.statistics.Design;
import org.equipoise.statistics.GrayTest;
import org.equipoise.statistics.KaplanMeier;
import org.equipoise.statistics.LogRankTest;
import org.equipoise.statistics.RestrictedMean;

/**
 * How long until something happened first. Times are in months of 30.4375 days. A death that is not the event ends the
 * time at risk for hazards and Kaplan-Meier (cause-specific), and competes in the Aalen-Johansen curves.
 */
final class SurvivalComparison {
    private static final double DAYS_A_MONTH = 30.4375;
    private static final int GRID = 3;

    private final Study study;
    private final Question question;
    private final Cases cases;
    private final EstimateRows rows;
    private final List<Integer> horizons;

    SurvivalComparison(Study study, Question question, Cases cases, EstimateRows rows) {
        this.study = study;
        this.question = question;
        this.cases = cases;
        this.rows = rows;
        horizons = horizons(study, question);
    }

    /** The study's horizons that lie inside the question's period. */
    static List<Integer> horizons(Study study, Question question) {
        int months = question.place().months();
        return study.followUp().horizons().stream()
                .filter(horizon -> horizon <= months)
                .toList();
    }

    static double[] months(Cases of) {
        return Arrays.stream(of.values()).map(days -> days / DAYS_A_MONTH).toArray();
    }

    /** The curves of the arms, and the one against the other without a model. */
    void compare() {
        Cases treatment = cases.of(true);
        Cases control = cases.of(false);
        kaplanMeier(rows.treatment(), treatment);
        kaplanMeier(rows.control(), control);
        CumulativeIncidence first = incidence(rows.treatment(), treatment);
        CumulativeIncidence second = incidence(rows.control(), control);
        Group difference = group("cumulative_incidence_difference", "value");
        horizons.forEach(horizon -> difference
                .at(horizon)
                .add("difference", Numbers.of(CumulativeIncidence.difference(first, second, horizon))));
        GrayTest gray = GrayTest.of(months(treatment), treatment.endings(), months(control), control.endings());
        group("gray_test", "value").add("chisq", Numbers.of(gray.statistic()).withTest(gray.statistic(), gray.p()));
        logRank("logrank", LogRankTest.of(months(cases), cases.events(), cases.treated()));
        horizons.forEach(horizon -> restrictedMean(treatment, control, horizon));
    }

    private Group group(String method, String variant) {
        return rows.group(method, variant, cases.counts(), Map.of());
    }

    /** Months at which a curve is read: a grid over all sites, the study's horizons at one. */
    private void eachMonth(IntConsumer month) {
        if (question.scope().isOverSites()) {
            IntStream.rangeClosed(0, question.place().months() / GRID)
                    .map(step -> step * GRID)
                    .forEach(month);
        } else {
            horizons.forEach(month::accept);
        }
    }

    private void kaplanMeier(String arm, Cases of) {
        KaplanMeier curve = KaplanMeier.of(months(of), of.events());
        Group group = group("kaplan_meier", "value").inArm(arm);
        group.add("n", curve.n());
        group.add("events", curve.events());
        group.add(
                "median",
                Numbers.of(curve.median().time()).withLimits(curve.median().limits()));
        eachMonth(month -> {
            KaplanMeier.Point point = curve.at(month);
            group.at(month).add("n_risk", point.atRisk());
            group.at(month)
                    .add(
                            "surv",
                            Numbers.of(point.survival())
                                    .withStandardError(point.standardError())
                                    .withLimits(point.limits()));
        });
    }

    private CumulativeIncidence incidence(String arm, Cases of) {
        CumulativeIncidence curve = CumulativeIncidence.of(months(of), of.endings());
        Group group = group("cumulative_incidence", "value").inArm(arm);
        group.add("events", of.eventCount());
        group.add("competing", of.deathCount());
        eachMonth(month -> {
            CumulativeIncidence.Point point = curve.at(month);
            group.at(month).add("n_risk", point.atRisk());
            group.at(month)
                    .add(
                            "cif",
                            Numbers.of(point.incidence())
                                    .withStandardError(point.standardError())
                                    .withLimits(point.limits()));
        });
        return curve;
    }

    private void logRank(String method, LogRankTest test) {
        Group group = group(method, "value");
        group.add("chisq", Numbers.of(test.statistic()).withTest(test.statistic(), test.p()));
        group.inArm(rows.treatment()).add("observed", test.observedTreatment());
        group.inArm(rows.treatment()).add("expected", test.expectedTreatment());
        group.inArm(rows.control()).add("observed", test.observedControl());
        group.inArm(rows.control()).add("expected", test.expectedControl());
    }

    private void restrictedMean(Cases treatment, Cases control, int horizon) {
        RestrictedMean mean =
                RestrictedMean.of(months(treatment), treatment.events(), months(control), control.events(), horizon);
        Group group = group("rmst_difference", "value").at(horizon);
        group.inArm(rows.treatment()).add("rmst", Numbers.of(mean.treatment()));
        group.inArm(rows.control()).add("rmst", Numbers.of(mean.control()));
        group.add("difference", Numbers.of(mean.difference()));
        group.add("ratio", mean.ratio());
    }

    /** Hazards, with the sites as strata where there are several, and how the sites differ. */
    void adjust() {
        if (question.scope().isOverSites()) {
            logRank(
                    "logrank_stratified_by_site",
                    LogRankTest.of(
                            months(cases),
                            cases.events(),
                            cases.treated(),
                            cases.siteCodes(),
                            LogRankTest.Weights.LOG_RANK));
        }
        Models.of(study).forEach(this::fit);
        if (question.scope().isOverSites()) {
            new Heterogeneity(rows)
                    .pool(
                            "log_hazard_ratio",
                            cases.counts(),
                            Heterogeneity.effects(
                                    cases.bySite(),
                                    site -> CoxRegression.withDefaults()
                                            .fit(months(site), site.events(), Design.ofArms(site.treated()))
                                            .coefficients()
                                            .treatment()));
        }
    }

    private void fit(Model model) {
        Cases complete = cases.complete(model);
        boolean strata = question.scope().isOverSites();
        Design design = complete.design(model, false);
        CoxRegression cox = CoxRegression.withDefaults();
        CoxRegression.Result fit = strata
                ? cox.fit(months(complete), complete.events(), design, complete.siteCodes())
                : cox.fit(months(complete), complete.events(), design);
        Group group = rows.group(
                strata ? "cox_ph_stratified_by_site" : "cox_ph",
                model.variant(),
                complete.counts(),
                Map.of("model", model.formula("time", false), "ties", "efron"));
        group.add("events", fit.events());
        group.add("hr", Numbers.of(fit.hazardRatio()));
        CoxRegression.ModelTest test = fit.proportionalHazards();
        group.add("proportional_hazards", Numbers.of(test.statistic()).withTest(test.statistic(), test.p()));
    }
}
