package org.equipoise.comparison;

import java.util.Arrays;
import java.util.Map;
import org.equipoise.comparison.EstimateRows.Group;
import org.equipoise.comparison.Models.Model;
import org.equipoise.definition.Study;
import org.equipoise.definition.Study.Endpoint;
import org.equipoise.definition.Study.OutcomeType;
import org.equipoise.statistics.Bootstrap;
import org.equipoise.statistics.Design;
import org.equipoise.statistics.LinearFit;
import org.equipoise.statistics.LinearModel;
import org.equipoise.statistics.Proportion;
import org.equipoise.statistics.TTest;

/** How much time was spent in a state, or what care cost. The mean over everyone is the effect: the many without any belong to it. */
final class DurationComparison {
    private static final double DAYS_A_YEAR = 365.25;
    private static final int REPLICATES = 1_999;

    private final Study study;
    private final Question question;
    private final Cases cases;
    private final EstimateRows rows;

    DurationComparison(Study study, Question question, Cases cases, EstimateRows rows) {
        this.study = study;
        this.question = question;
        this.cases = cases;
        this.rows = rows;
    }

    /** The arms, and the one against the other without a model. */
    void compare(Sample sample) {
        TwoArms arms = new TwoArms(study, sample, rows);
        arms.describe(Endpoint.VALUE);
        arms.compare(Endpoint.VALUE);
        Group group = rows.group("share_above_zero", "value", cases.counts(), Map.of());
        share(group.inArm(rows.treatment()), cases.of(true));
        share(group.inArm(rows.control()), cases.of(false));
    }

    private static void share(Group group, Cases arm) {
        double[] values = arm.values();
        int above = (int) Arrays.stream(values).filter(value -> value > 0).count();
        Proportion share = Proportion.of(above, values.length);
        group.add("p", Numbers.of(share.value()).withLimits(share.wilson()));
    }

    /** Models with the site, limits by resampling, and how the sites differ. */
    void adjust() {
        Models.of(study).forEach(this::fit);
        bootstrap("value", cases.values());
        if (question.outcome().type() == OutcomeType.DURATION) { // costs say themselves what they are divided by
            bootstrap("value_per_covered_year", perYear());
        }
        if (question.scope().isOverSites()) {
            new Heterogeneity(rows)
                    .pool(
                            "mean_difference",
                            cases.counts(),
                            Heterogeneity.effects(
                                    cases.bySite(),
                                    site -> TTest.withDefaults()
                                            .test(
                                                    site.of(true).values(),
                                                    site.of(false).values())));
        }
    }

    private double[] perYear() {
        double[] values = cases.values();
        double[] days = cases.exposures();
        double[] perYear = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            perYear[i] = values[i] * DAYS_A_YEAR / days[i];
        }
        return perYear;
    }

    private void fit(Model model) {
        Cases complete = cases.complete(model);
        boolean sites = question.scope().isOverSites() && complete.hasSites();
        Design design = complete.design(model, sites);
        LinearFit fit = LinearModel.withDefaults().fit(complete.values(), design);
        Group group = rows.group(
                "linear_model", model.variant(), complete.counts(), Map.of("model", model.formula("value", sites)));
        group.add("contrast", Numbers.of(fit.treatment()));
        new Clustering(rows)
                .repeat(model.variant(), complete.counts(), fit, complete.values(), design, complete.clusters());
    }

    /** People drawn anew within site and arm. */
    private void bootstrap(String variant, double[] values) {
        Bootstrap.Result result = Bootstrap.withSeed(rows.seed())
                .withReplicates(REPLICATES)
                .meanDifference(values, cases.treated(), cases.siteCodes());
        Group group = rows.group(
                "bootstrap",
                variant,
                cases.counts(),
                Map.of("replicates", Integer.toString(result.replicates()), "seed", Long.toString(result.seed())));
        group.form("bca")
                .add(
                        "diff",
                        Numbers.of(result.estimate())
                                .withStandardError(result.standardError())
                                .withLimits(result.biasCorrected()));
        group.form("percentile").add("diff", Numbers.of(result.estimate()).withLimits(result.percentile()));
    }
}
