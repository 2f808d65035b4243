package org.equipoise.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.equipoise.comparison.EstimateRows.Group;
import org.equipoise.comparison.Sample.Counts;
import org.equipoise.definition.Study;
import org.equipoise.definition.Study.AdjustedModel;
import org.equipoise.definition.Study.Role;
import org.equipoise.statistics.Design;
import org.equipoise.statistics.Design.LevelWeights;
import org.equipoise.statistics.LinearFit;
import org.equipoise.statistics.LinearFit.Robust;
import org.equipoise.statistics.LinearModel;

/**
 * The analysis of covariance of a value on arm, baseline and factors, over those who have them all. Over several sites
 * the site is a factor too.
 */
final class AdjustedComparison {
    private static final String BASELINE = "baseline";
    private static final String SITE = "site";

    private final Scope scope;
    private final Sample sample;
    private final EstimateRows rows;
    private final String treatment;
    private final String control;

    AdjustedComparison(Study study, Scope scope, Sample sample, EstimateRows rows) {
        this.scope = scope;
        this.sample = sample;
        this.rows = rows;
        treatment = study.arm(Role.TREATMENT).code().value();
        control = study.arm(Role.CONTROL).code().value();
    }

    void fit(AdjustedModel model) {
        if (scope.isOverSites()) {
            differ(model);
        }
        Sample complete = sample.complete(model.factors());
        boolean sites = scope.isOverSites() && complete.sites() > 1;
        Design design = design(complete, model, sites);
        LinearFit fit = LinearModel.withDefaults().fit(complete.values(), design);
        Group group = rows.group(
                "ancova",
                model.variant(),
                new Counts(complete.allocated(true), complete.allocated(false)),
                Map.of("model", formula(model, sites)));
        group.add("n", fit.n());
        group.add("df_residual", fit.residualDegreesOfFreedom());
        group.add("sigma", fit.sigma());
        group.add("r_squared", fit.rSquared());
        for (String column : design.columnNames()) {
            group.add("coefficients", term(column), Numbers.of(fit.coefficient(column)));
        }
        group.add("arm_se_hc0", fit.robust(Design.TREATMENT, Robust.HC0).standardError());
        group.add("arm_se_hc1", fit.robust(Design.TREATMENT, Robust.HC1).standardError());
        group.add("arm_se_hc3", fit.robust(Design.TREATMENT, Robust.HC3).standardError());
        means(group, "lsmeans_equal_weights", fit.leastSquaresMeans(LevelWeights.EQUAL));
        means(group, "lsmeans_proportional_weights", fit.leastSquaresMeans(LevelWeights.PROPORTIONAL));
        group.add("contrast", Numbers.of(fit.treatment()));
        new Clustering(rows)
                .repeat(
                        model.variant(),
                        new Counts(complete.allocated(true), complete.allocated(false)),
                        fit,
                        complete.values(),
                        design,
                        complete.clusters());
    }

    /** How the sites' own contrasts differ. */
    private void differ(AdjustedModel model) {
        Sample complete = sample.complete(model.factors());
        new Heterogeneity(rows)
                .pool(
                        "ancova:" + model.variant(),
                        new Counts(complete.allocated(true), complete.allocated(false)),
                        Heterogeneity.effects(
                                complete.bySite(),
                                site -> LinearModel.withDefaults()
                                        .fit(site.values(), design(site, model, false))
                                        .treatment()));
    }

    private static Design design(Sample complete, AdjustedModel model, boolean sites) {
        Design design = Design.ofArms(complete.treated()).withCovariate(BASELINE, complete.baselines());
        for (String factor : model.factors()) {
            design = design.withFactor(factor, complete.levels(factor));
        }
        return sites ? design.withFactor(SITE, complete.siteCodes()) : design;
    }

    private static String formula(AdjustedModel model, boolean sites) {
        List<String> terms = new ArrayList<>(List.of("arm", BASELINE));
        terms.addAll(model.factors());
        if (sites) {
            terms.add(SITE);
        }
        return "value ~ " + String.join(" + ", terms);
    }

    /** A column under the name that R's lm gives it: the factor's name and level run together. */
    private String term(String column) {
        return switch (column) {
            case Design.INTERCEPT -> "(Intercept)";
            case Design.TREATMENT -> "arm" + treatment;
            default -> column.replaceFirst("=", "");
        };
    }

    private void means(Group group, String quantity, LinearFit.ArmMeans means) {
        group.inArm(treatment).add(quantity, Numbers.of(means.treatment()));
        group.inArm(control).add(quantity, Numbers.of(means.control()));
    }
}
