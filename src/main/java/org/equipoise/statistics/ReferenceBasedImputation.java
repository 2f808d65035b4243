package org.equipoise.statistics;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Multiple imputation of continuous scores by interval under one of two assumptions about people who stop: that they go on
 * like their own arm, or that treated people go on like the control arm from then on (jump to reference).
 *
 * <p>Formula: in each arm scores are multivariate normal given the complete columns, E(y | x) = x'B, Var = Sigma. B and
 * Sigma are drawn from their posterior under a flat prior by data augmentation: Sigma ~ inverse Wishart(n - p, E'E), B ~
 * normal about least squares, missing scores ~ conditional normal, in turns, over the burn-in. Jump to reference: a treated
 * person last seen at interval d has later scores with mean x'B(control) + K (y - x'B(treatment)) and variance that of the
 * control arm given the earlier ones, K = S21 S11^-1 of the control arm's Sigma. Gaps before the last observed score, and
 * the control arm, are missing at random in their own arm.
 *
 * <p>Shapes: the incomplete columns of an {@link IncompleteData} are the intervals in order. Units: points of the scale.
 * Missing values: that is the purpose; the scores of the dead are not missing and are left out by the caller.
 *
 * <p>Repeatable: imputation i of an arm has its own chain and stream, seeded by the seed and i.
 *
 * <p>Special cases: an empty arm, or an interval that an arm never attended: {@link NotEstimable#EMPTY_ARM}; fewer people
 * in an arm, or scores at an interval, than columns and intervals need: {@link NotEstimable#TOO_FEW_VALUES}; a column whose
 * effect at an interval no observed score tells, as a site that never measured then: {@link NotEstimable#ALIASED}, leave it
 * out; scores without spread given the columns: {@link NotEstimable#ZERO_VARIANCE}.
 *
 * <p>Agrees with R 4.2: a data augmentation written independently, means and spread of the pooled difference within Monte
 * Carlo error; conditional means and variances by hand.
 *
 * <p>Reference: Carpenter, Roger and Kenward (2013), Journal of Biopharmaceutical Statistics 23, 1352-1371,
 * doi:10.1080/10543406.2013.834911; Schafer (1997), Analysis of Incomplete Multivariate Data, section 5.4,
 * doi:10.1201/9780367803025.
 */
public final class ReferenceBasedImputation {

    /** What is assumed about treated people after their last observed score. */
    public enum Strategy {
        /** They go on like treated people with the same history. */
        MISSING_AT_RANDOM,
        /** They go on like people of the control arm, with what set them apart before fading as it does there. */
        JUMP_TO_REFERENCE
    }

    private static final String[] STREAMS = {"control", "treatment", "after"};

    private final long seed;
    private final Strategy strategy;
    private final int imputations;
    private final int burnIn;

    private ReferenceBasedImputation(long seed, Strategy strategy, int imputations, int burnIn) {
        this.seed = seed;
        this.strategy = strategy;
        this.imputations = imputations;
        this.burnIn = burnIn;
    }

    /** Jump to reference, 20 imputations, each after 100 turns. */
    public static ReferenceBasedImputation withSeed(long seed) {
        return new ReferenceBasedImputation(seed, Strategy.JUMP_TO_REFERENCE, 20, 100);
    }

    /** The same under another assumption. */
    public ReferenceBasedImputation with(Strategy choice) {
        return new ReferenceBasedImputation(seed, choice, imputations, burnIn);
    }

    /**
     * The same with another number of imputations.
     *
     * @throws IllegalArgumentException if below 2
     */
    public ReferenceBasedImputation withImputations(int number) {
        return new ReferenceBasedImputation(seed, strategy, Checks.atLeast("imputations", number, 2), burnIn);
    }

    /**
     * The same with another number of turns before an imputation is taken.
     *
     * @throws IllegalArgumentException if below 1
     */
    public ReferenceBasedImputation withBurnIn(int turns) {
        return new ReferenceBasedImputation(seed, strategy, imputations, Checks.atLeast("turns", turns, 1));
    }

    /**
     * Fills the table in.
     *
     * @param data covariates, and scores by interval in order
     * @param treated whether each person belongs to the treatment arm
     * @throws IllegalArgumentException if the lengths differ
     */
    public Imputations impute(IncompleteData data, boolean[] treated) {
        return Objects.requireNonNull(
                imputeUnder(Set.of(strategy), data, treated).get(strategy));
    }

    /**
     * Fills the table in under every assumption: each as {@link #impute} would alone. All rest on the same chains, which are
     * run once.
     *
     * @param data covariates, and scores by interval in order
     * @param treated whether each person belongs to the treatment arm
     * @throws IllegalArgumentException if the lengths differ
     */
    public Map<Strategy, Imputations> imputeUnderAll(IncompleteData data, boolean[] treated) {
        return imputeUnder(EnumSet.allOf(Strategy.class), data, treated);
    }

    private Map<Strategy, Imputations> imputeUnder(Set<Strategy> strategies, IncompleteData data, boolean[] treated) {
        Checks.sameLength("rows", data.rows(), "treated", treated.length);
        MultivariateDraw.Arm control = MultivariateDraw.Arm.of(data, treated, false);
        MultivariateDraw.Arm treatment = MultivariateDraw.Arm.of(data, treated, true);
        Optional<NotEstimable> refusal = control.refusal().or(treatment::refusal);
        if (refusal.isPresent()) {
            return each(strategies, any -> Imputations.failed(data, refusal.get()));
        }
        List<Chains> chains = IntStream.range(0, imputations)
                .mapToObj(imputation -> new Chains(control, treatment, imputation))
                .toList();
        return chains.stream().allMatch(pair -> pair.run(burnIn))
                ? each(
                        strategies,
                        assumption -> Imputations.of(
                                data,
                                chains.stream()
                                        .map(pair -> pair.filled(data, assumption))
                                        .toList()))
                : each(strategies, any -> Imputations.failed(data, NotEstimable.ZERO_VARIANCE));
    }

    private static Map<Strategy, Imputations> each(
            Set<Strategy> strategies, Function<Strategy, Imputations> imputations) {
        Map<Strategy, Imputations> each = new EnumMap<>(Strategy.class);
        strategies.forEach(assumption -> each.put(assumption, imputations.apply(assumption)));
        return each;
    }

    /** The two arms' chains of one imputation. */
    private final class Chains {

        private final MultivariateDraw reference;
        private final MultivariateDraw own;
        private final int imputation;

        Chains(MultivariateDraw.Arm control, MultivariateDraw.Arm treatment, int imputation) {
            this.reference = new MultivariateDraw(control, Draws.of(seed, imputation, STREAMS[0]));
            this.own = new MultivariateDraw(treatment, Draws.of(seed, imputation, STREAMS[1]));
            this.imputation = imputation;
        }

        /** Whether the scores have a spread. */
        boolean run(int turns) {
            return reference.run(turns) && own.run(turns);
        }

        Imputations.Filled filled(IncompleteData data, Strategy assumption) {
            double[][] scores = own.copyOfScores();
            if (assumption == Strategy.JUMP_TO_REFERENCE) {
                jump(scores, Draws.of(seed, imputation, STREAMS[2]));
            }
            double[][] values = new double[data.incompleteColumns()][data.rows()];
            reference.write(reference.copyOfScores(), values);
            own.write(scores, values);
            return new Imputations.Filled(values, new double[0][0], false);
        }

        /** Draws everything after the last observed score anew. */
        private void jump(double[][] scores, Draws draws) {
            int intervals = own.intervals();
            for (int i = 0; i < own.people(); i++) {
                int person = i;
                int seen = own.lastObserved(i) + 1;
                if (seen == intervals) {
                    continue;
                }
                int[] before = IntStream.range(0, seen).toArray();
                int[] after = IntStream.range(seen, intervals).toArray();
                double[] residuals = Arrays.stream(before)
                        .mapToDouble(t -> own.residual(person, t))
                        .toArray();
                double[] means = Arrays.stream(after)
                        .mapToDouble(t -> reference.mean(own.covariates(person), t))
                        .toArray();
                double[] drawn = ConditionalNormal.of(reference.covariance(), before, after)
                        .draw(means, residuals, draws);
                for (int k = 0; k < after.length; k++) {
                    scores[after[k]][i] = drawn[k];
                }
            }
        }
    }
}
