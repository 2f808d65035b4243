package org.equipoise.comparison;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.equipoise.comparison.EstimateRows.Group;
import org.equipoise.comparison.Heterogeneity.SiteEffect;
import org.equipoise.comparison.Models.Model;
import org.equipoise.definition.Study;
import org.equipoise.statistics.Design;
import org.equipoise.statistics.Estimate;
import org.equipoise.statistics.FirthLogisticRegression;
import org.equipoise.statistics.Limits;
import org.equipoise.statistics.LogisticRegression;
import org.equipoise.statistics.MantelHaenszel;
import org.equipoise.statistics.NotEstimable;
import org.equipoise.statistics.NumberNeededToTreat;
import org.equipoise.statistics.ProfileInterval;
import org.equipoise.statistics.Proportion;
import org.equipoise.statistics.TwoByTwoTable;
import org.equipoise.statistics.TwoByTwoTable.Measure;

/** Whether something happened: risks, and what allocation to treatment changes in them. */
final class BinaryComparison {
    private static final String VALUE = "value";

    private final Study study;
    private final Scope scope;
    private final boolean takesBaseline;
    private final Cases cases;
    private final EstimateRows rows;

    BinaryComparison(Study study, Question question, Cases cases, EstimateRows rows) {
        this.study = study;
        this.scope = question.scope();
        this.takesBaseline = question.outcome().baseline().isPresent();
        this.cases = cases;
        this.rows = rows;
    }

    /** The arms, and the one against the other without a model. */
    void compare() {
        TwoByTwoTable table = cases.table();
        Group group = rows.group("binary_two_arm", VALUE, cases.counts(), Map.of());
        risk(group.inArm(rows.treatment()), table.riskTreatment());
        risk(group.inArm(rows.control()), table.riskControl());
        group.add("rd", Numbers.of(table.riskDifference()).withLimits(table.newcombe()));
        group.form("wald").add("rd", Numbers.of(table.riskDifferenceWald()));
        group.add("rr", Numbers.of(table.riskRatio()));
        group.add("or", Numbers.of(table.oddsRatio()));
        halfCorrected(group, "rr", table.halfCorrected(Measure.LOG_RISK_RATIO));
        halfCorrected(group, "or", table.halfCorrected(Measure.LOG_ODDS_RATIO));
        TwoByTwoTable.Fisher fisher = table.fisher();
        group.form("fisher")
                .add(
                        "or",
                        Numbers.of(fisher.oddsRatio())
                                .withTest(fisher.oddsRatio(), fisher.p())
                                .withLimits(fisher.limits()));
        group.addP("fisher_p", fisher.oddsRatio(), fisher.p());
        chiSquare(group, table.chiSquare(false));
        chiSquare(group.form("yates"), table.chiSquare(true));
        numberNeeded(group, table.numberNeededToTreat());
        numberNeeded(group.form("wald"), table.numberNeededToTreatWald());
    }

    private static void risk(Group arm, Proportion risk) {
        arm.add("events", risk.events());
        arm.add("n", risk.n());
        arm.add("p", Numbers.of(risk.value()).withLimits(risk.wilson()));
        arm.form("clopper_pearson").add("p", Numbers.of(risk.value()).withLimits(risk.clopperPearson()));
    }

    private static void halfCorrected(Group group, String quantity, Estimate log) {
        group.form("half_correction_only0")
                .add(
                        quantity,
                        Numbers.of(log.value().map(Math::exp))
                                .withStandardError(log.standardError())
                                .withLimits(new Limits(
                                        log.lower().map(Math::exp), log.upper().map(Math::exp))));
    }

    private static void chiSquare(Group group, TwoByTwoTable.ChiSquare test) {
        group.add("chisq", Numbers.of(test.statistic()).withTest(test.statistic(), test.p()));
    }

    /** An interval through infinity is two pieces: beyond the one number on one side, beyond the other on the other. */
    private static void numberNeeded(Group group, NumberNeededToTreat number) {
        group.add("nnt", Numbers.of(number.value()).withLimits(number.limits()));
        group.add("nnt_increase_side_from", number.increaseFrom());
        group.add("nnt_decrease_side_from", number.decreaseFrom());
    }

    /** With the sites as strata, and models. */
    void adjust() {
        if (scope.isOverSites()) {
            strata();
        }
        (takesBaseline ? Models.withBaseline(study) : Models.of(study)).forEach(this::fit);
        if (scope.isOverSites()) {
            Heterogeneity between = new Heterogeneity(rows);
            between.pool("log_odds_ratio", cases.counts(), effects(Measure.LOG_ODDS_RATIO));
            between.pool("risk_difference", cases.counts(), effects(Measure.RISK_DIFFERENCE));
        }
        if (RareEvents.areIn(cases.eventCount())) {
            new RareEvents(rows).means(cases, cases.events());
        }
    }

    private List<SiteEffect> effects(Measure measure) {
        return Heterogeneity.effects(cases.bySite(), site -> site.table().halfCorrected(measure));
    }

    private void strata() {
        MantelHaenszel pooled = MantelHaenszel.of(
                cases.bySite().values().stream().map(Cases::table).toList());
        Group group = rows.group("mantel_haenszel_by_site", VALUE, cases.counts(), Map.of());
        group.add("strata_both_arms", pooled.strata());
        group.add("rd", Numbers.of(pooled.riskDifference()));
        group.form("greenland_robins")
                .add(
                        "rd",
                        Numbers.of(pooled.riskDifference().value())
                                .withStandardError(pooled.riskDifferenceOlderError()));
        group.add("or", Numbers.of(pooled.logOddsRatio().transformed(Math::exp)));
        group.add("rr", Numbers.of(pooled.logRiskRatio().transformed(Math::exp)));
        test(group, "cmh_no_cc", pooled.test());
        test(group, "cmh_cc", pooled.correctedTest());
        test(group, "breslow_day_tarone", pooled.homogeneity());
    }

    private static void test(Group group, String quantity, TwoByTwoTable.ChiSquare test) {
        group.add(quantity, Numbers.of(test.statistic()).withTest(test.statistic(), test.p()));
    }

    private void fit(Model model) {
        Cases complete = cases.complete(model);
        boolean sites = scope.isOverSites() && complete.hasSites();
        Design design = complete.design(model, sites);
        LogisticRegression.Result fit = LogisticRegression.withDefaults().fit(complete.events(), design);
        Map<String, String> options = Map.of("model", model.formula("event", sites));
        Group group = rows.group("logistic_adjusted", model.variant(), complete.counts(), options);
        group.add("arm_or", Numbers.of(fit.oddsRatio()));
        if (fit.coefficients().failure().filter(NotEstimable.SEPARATION::equals).isPresent()) {
            firth(rows.group("firth_logistic", model.variant(), complete.counts(), options), complete, design);
        }
    }

    private static void firth(Group group, Cases complete, Design design) {
        FirthLogisticRegression.Result fit = FirthLogisticRegression.fit(complete.events(), design);
        Estimate wald = fit.coefficients().treatment();
        if (Stream.of(wald.value(), wald.standardError()).allMatch(part -> part.isEstimable())) {
            ProfileInterval profile = fit.treatmentProfile();
            group.add(
                    "arm_or",
                    Numbers.of(wald.value().map(Math::exp))
                            .withStandardError(wald.standardError())
                            .withTest(wald.statistic(), profile.p())
                            .withLimits(new Limits(
                                    profile.limits().lower().map(Math::exp),
                                    profile.limits().upper().map(Math::exp))));
        } else {
            group.add("arm_or", Numbers.of(wald.transformed(Math::exp)));
        }
    }
}
