package org.equipoise.statistics;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * The mixed model for repeated measures (MMRM): outcomes of all intervals in one linear model whose residuals are related
 * within a participant.
 *
 * <p>Formula: y = X b + e, e of a participant normal with covariance V(theta), the part of one matrix over all intervals
 * that belongs to those attended; theta by restricted maximum likelihood, b by generalised least squares.
 *
 * <p>Shapes: outcomes as {@link RepeatedMeasures}, fixed effects as {@link RepeatedDesign} of the same participants.
 * Units: those of the outcome. Missing values: outcomes may be missing at random; of covariates none is.
 *
 * <p>Special cases: columns that are combinations of others are left out and named; combinations that need them are
 * {@link NotEstimable#ALIASED}. An interval without any value has no part in the covariance. The whole fit fails, with a
 * reason for every estimate, without values ({@link NotEstimable#EMPTY_ARM}), without residual degrees of freedom
 * ({@link NotEstimable#NO_RESIDUAL_DEGREES_OF_FREEDOM}), when an interval's residuals do not vary but have a variance of
 * their own, or no residual does ({@link NotEstimable#ZERO_VARIANCE}), when the pairs of intervals that people share do
 * not determine the covariance ({@link NotEstimable#NOT_IDENTIFIED}), or the maximum was not found
 * ({@link NotEstimable#NO_CONVERGENCE}).
 *
 * <p>Agrees with R 4.2, mmrm 0.3 at a gradient near 1e-11: estimates and standard errors relative 1e-5, log-likelihood
 * 1e-8, degrees of freedom 1e-4; with SAS PROC MIXED to the printed digits.
 *
 * <p>Reference: Mallinckrodt and others (2008), Drug Information Journal 42, 303-319,
 * doi:10.1177/009286150804200402; Jennrich and Schluchter (1986), Biometrics 42, 805-820, doi:10.2307/2530695.
 */
public final class MixedModel {

    /** What is maximised. */
    public enum Criterion {
        /** Restricted likelihood: the plan's choice. */
        REML,
        /** Full likelihood: to compare fixed effects. */
        ML
    }

    /** Which degrees of freedom and covariance of the fixed effects go with the model's covariance structure. */
    public enum DegreesOfFreedom {
        /** Phi with Satterthwaite's df. */
        SATTERTHWAITE,
        /** Kenward and Roger with second derivatives in mmrm's parameters. */
        KENWARD_ROGER,
        /** Kenward and Roger without second derivatives: SAS's for unstructured and compound symmetry. */
        KENWARD_ROGER_LINEAR,
        /** Phi with rows minus columns. */
        RESIDUAL
    }

    /** Residual variance of an interval, relative to the largest, that counts as none. */
    private static final double NO_VARIANCE = 1e-14;

    private static final MixedModel DEFAULTS =
            new MixedModel(CovarianceStructure.UNSTRUCTURED, false, Criterion.REML, Distributions.DEFAULT_CONFIDENCE);

    private final CovarianceStructure structure;
    private final boolean perArm;
    private final Criterion criterion;
    private final double confidence;

    private MixedModel(CovarianceStructure structure, boolean perArm, Criterion criterion, double confidence) {
        this.structure = structure;
        this.perArm = perArm;
        this.criterion = criterion;
        this.confidence = confidence;
    }

    /** Unstructured, the same in both arms, by REML, with 95 % intervals. */
    public static MixedModel withDefaults() {
        return DEFAULTS;
    }

    /** The same with another structure. */
    public MixedModel with(CovarianceStructure other) {
        return new MixedModel(other, perArm, criterion, confidence);
    }

    /** The same with another criterion. */
    public MixedModel with(Criterion other) {
        return new MixedModel(structure, perArm, other, confidence);
    }

    /** The same with a covariance matrix of its own for each arm. */
    public MixedModel withCovariancePerArm() {
        return new MixedModel(structure, true, criterion, confidence);
    }

    /** The participants who share a covariance. */
    List<IntPredicate> groups(RepeatedDesign design) {
        boolean[] treated = design.treated();
        return perArm ? List.of(who -> treated[who], who -> !treated[who]) : List.of(who -> true);
    }

    /**
     * The same with another level of the intervals.
     *
     * @throws IllegalArgumentException if the level lies outside (0, 1)
     */
    public MixedModel withConfidence(double level) {
        return new MixedModel(structure, perArm, criterion, Checks.confidence(level));
    }

    /**
     * Fits the model.
     *
     * @param measures the outcomes
     * @param design the fixed effects of the same participants and intervals
     * @throws IllegalArgumentException if participants or intervals differ between the two
     */
    public MixedModelFit fit(RepeatedMeasures measures, RepeatedDesign design) {
        Checks.sameLength("measures", measures.participants(), "design", design.participants());
        if (!measures.intervals().equals(design.intervals())) {
            throw new IllegalArgumentException("measures and design differ in their intervals");
        }
        int[] groups = groupNumbers(design);
        PatternSums sums = new PatternSums(measures, design, groups);
        int arms = perArm ? 2 : 1;
        MixedModelFit.Data data = new MixedModelFit.Data(sums, structure, arms, confidence);
        Optional<NotEstimable> hopeless = hopeless(sums, arms);
        if (hopeless.isPresent()) {
            return MixedModelFit.failed(data, hopeless.get());
        }
        PatternLikelihood likelihood =
                new PatternLikelihood(sums, structure.over(months(sums)), arms, criterion == Criterion.REML);
        if (!likelihood.identified(likelihood.start())) {
            return MixedModelFit.failed(data, NotEstimable.NOT_IDENTIFIED);
        }
        return LikelihoodClimb.climb(likelihood)
                .map(summit -> MixedModelFit.of(data, likelihood, summit))
                .orElseGet(() -> MixedModelFit.failed(data, NotEstimable.NO_CONVERGENCE));
    }

    private int[] groupNumbers(RepeatedDesign design) {
        int[] groups = new int[design.participants()];
        boolean[] treated = design.treated();
        for (int i = 0; i < groups.length; i++) {
            groups[i] = perArm && treated[i] ? 1 : 0;
        }
        return groups;
    }

    private static double[] months(PatternSums sums) {
        double[] months = sums.measures().months();
        return Arrays.stream(sums.observed()).mapToDouble(a -> months[a]).toArray();
    }

    /** Why there is no use in trying. */
    private Optional<NotEstimable> hopeless(PatternSums sums, int arms) {
        if (sums.patterns().isEmpty()) {
            return Optional.of(NotEstimable.EMPTY_ARM);
        }
        if (sums.measures().observations() <= sums.effects().size()) {
            return Optional.of(NotEstimable.NO_RESIDUAL_DEGREES_OF_FREEDOM);
        }
        if (sums.onlyRounding()) {
            return Optional.of(NotEstimable.ZERO_VARIANCE);
        }
        for (int g = 0; g < arms && structure.heterogeneous(); g++) {
            Optional<NotEstimable> reason = withoutVariance(sums.moments(g), sums.shared(g));
            if (reason.isPresent()) {
                return reason;
            }
        }
        return Optional.empty();
    }

    /** Why the residuals give no variance to some interval of its own. */
    private static Optional<NotEstimable> withoutVariance(double[][] moments, int[][] shared) {
        double largest = 0;
        for (int a = 0; a < moments.length; a++) {
            largest = Math.max(largest, moments[a][a]);
        }
        for (int a = 0; a < moments.length; a++) {
            if (shared[a][a] == 0) {
                return Optional.of(NotEstimable.NOT_IDENTIFIED);
            }
            if (!(moments[a][a] > NO_VARIANCE * largest)) {
                return Optional.of(NotEstimable.ZERO_VARIANCE);
            }
        }
        return Optional.empty();
    }
}
