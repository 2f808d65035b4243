package org.equipoise.comparison;

import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.equipoise.comparison.EstimateRows.Group;
import org.equipoise.definition.Sensitivity;
import org.equipoise.statistics.ChainedEquations;
import org.equipoise.statistics.Coefficients;
import org.equipoise.statistics.Design;
import org.equipoise.statistics.Estimate;
import org.equipoise.statistics.Imputations;
import org.equipoise.statistics.LogisticRegression;
import org.equipoise.statistics.Quantity;
import org.equipoise.statistics.RubinPooling;
import org.equipoise.statistics.StandardizedRisks;

/**
 * Whether something is so at an interval, with missing values filled in: chained logistic equations within arms over the
 * intervals up to then, a logistic regression of each filled-in table, risks standardised over everyone, pooled by Rubin's
 * rules with Barnard and Rubin's degrees of freedom. Ratios are pooled on their logarithm.
 */
final class ImputedRisks {
    static final String METHOD = "multiple_imputation";
    private static final String RISK_DIFFERENCE = "rd";
    private static final String RISK_RATIO = "rr";

    private final IncompleteFollowUp people;
    private final Sensitivity sensitivity;
    private final EstimateRows rows;

    ImputedRisks(IncompleteFollowUp people, Sensitivity sensitivity, EstimateRows rows) {
        this.people = people;
        this.sensitivity = sensitivity;
        this.rows = rows;
    }

    void compare() {
        Group group = rows.group(METHOD, Models.SITE, people.counts(), options());
        if (!people.hasBothArms()) {
            addReason(group, "empty_arm");
            return;
        }
        group.inArm(rows.treatment()).add("imputed", people.missing(true));
        group.inArm(rows.control()).add("imputed", people.missing(false));
        Imputations imputations = ChainedEquations.withSeed(rows.seed())
                .with(ChainedEquations.Method.LOGISTIC)
                .withImputations(sensitivity.imputations())
                .impute(people.table(), people.arms());
        imputations
                .failure()
                .ifPresentOrElse(
                        reason -> addReason(group, EstimateRows.code(reason)), () -> analyse(group, imputations));
    }

    private Map<String, String> options() {
        return Map.of(
                "model", Models.ofSite().formula("event", people.hasSites()),
                "imputations", Integer.toString(sensitivity.imputations()),
                "imputed_by", "chained_logistic_equations_within_arms",
                "intervals", String.join(" ", people.sample().intervals()),
                "seed", Long.toString(rows.seed()));
    }

    private static void addReason(Group group, String reason) {
        List.of(RISK_DIFFERENCE, RISK_RATIO).forEach(quantity -> group.addReason(quantity, null, reason));
    }

    private void analyse(Group group, Imputations imputations) {
        Design design = people.design();
        int df = design.rows() - design.columnNames().size();
        if (df < 1) {
            addReason(group, "no_residual_degrees_of_freedom");
            return;
        }
        List<StandardizedRisks> tables = IntStream.range(0, imputations.number())
                .mapToObj(table -> risks(imputations.table(table).column(people.column()), design))
                .toList();
        Pool pool = new Pool(tables, df);
        group.inArm(rows.treatment()).add("p", pool.of(StandardizedRisks::riskTreatment));
        group.inArm(rows.control()).add("p", pool.of(StandardizedRisks::riskControl));
        group.add(RISK_DIFFERENCE, pool.of(StandardizedRisks::riskDifference));
        group.add(RISK_RATIO, pool.ofRatio(StandardizedRisks::riskRatio));
        group.add("or", pool.ofRatio(StandardizedRisks::oddsRatio));
        group.add("missing_information", pool.missingInformation(StandardizedRisks::riskDifference));
    }

    private static StandardizedRisks risks(double[] values, Design design) {
        boolean[] events = new boolean[values.length];
        for (int i = 0; i < events.length; i++) {
            events[i] = values[i] > 0;
        }
        return LogisticRegression.withDefaults()
                .standardize(events, design, Coefficients.Covariance.MODEL, StandardizedRisks.Covariates.AS_OBSERVED);
    }

    /** The filled-in tables' results as one. */
    private record Pool(List<StandardizedRisks> tables, int degreesOfFreedom) {

        Numbers of(Function<StandardizedRisks, Estimate> part) {
            return Numbers.of(pooled(part, DoubleUnaryOperator.identity()).pooled());
        }

        Numbers ofRatio(Function<StandardizedRisks, Estimate> part) {
            return Numbers.of(pooled(part, Math::log).pooled().transformed(Math::exp));
        }

        Quantity missingInformation(Function<StandardizedRisks, Estimate> part) {
            return pooled(part, DoubleUnaryOperator.identity()).missingInformation();
        }

        private RubinPooling pooled(Function<StandardizedRisks, Estimate> part, DoubleUnaryOperator scale) {
            return RubinPooling.of(tables.stream()
                    .map(table -> withDegreesOfFreedom(part.apply(table).transformed(scale)))
                    .toList());
        }

        private Estimate withDegreesOfFreedom(Estimate estimate) {
            return new Estimate(
                    estimate.value(),
                    estimate.standardError(),
                    Quantity.of(degreesOfFreedom),
                    estimate.statistic(),
                    estimate.p(),
                    estimate.lower(),
                    estimate.upper());
        }
    }
}
