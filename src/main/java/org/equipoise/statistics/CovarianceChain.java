package org.equipoise.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The plan's rule for the covariance of a {@link MixedModel}: which intervals enter, which structure is used, and why not
 * the ones before it.
 *
 * <p>An interval enters when at least so many people were observed there in each arm. The unstructured covariance is
 * tried when at least so many people share every pair of intervals, in each arm where each has its own; then spatial exponential in months, then compound
 * symmetry, both with inference by CR2. A structure is passed over for non-identifiability or non-convergence only, never
 * for what the result would be; the chain depends on attendance and convergence alone.
 */
public final class CovarianceChain {

    /**
     * Two intervals and how many people attended both.
     *
     * @param first name of one interval
     * @param second name of the other, or the same for attendance of one
     * @param participants who attended both
     */
    public record SharedPair(String first, String second, int participants) {}

    /**
     * A structure that was considered.
     *
     * @param structure which
     * @param reason why it was not used; empty for the one that was
     * @param shortPair the pair of intervals that too few people share, where that is the reason
     * @param convergence how its maximum was found, where it was looked for
     */
    public record Attempt(
            CovarianceStructure structure,
            Optional<NotEstimable> reason,
            Optional<SharedPair> shortPair,
            Optional<MixedModelFit.Convergence> convergence) {}

    /**
     * What the chain came to.
     *
     * @param fit the first fit that worked, else the last one tried
     * @param inference Satterthwaite's for the unstructured covariance, CR2 by participant for the others
     * @param method {@code "satterthwaite"} or {@code "cr2"}
     * @param attempts every structure considered, in order
     */
    public record Result(MixedModelFit fit, MixedModelInference inference, String method, List<Attempt> attempts) {

        /** Copies the list. */
        public Result {
            attempts = List.copyOf(attempts);
        }

        /** The structure that was used; empty where none worked. */
        public Optional<CovarianceStructure> used() {
            return fit.failure().isPresent() ? Optional.empty() : Optional.of(fit.structure());
        }
    }

    private static final CovarianceChain PLANNED = new CovarianceChain(
            10,
            10,
            List.of(
                    CovarianceStructure.UNSTRUCTURED,
                    CovarianceStructure.SPATIAL_EXPONENTIAL,
                    CovarianceStructure.COMPOUND_SYMMETRY));

    private final int leastPerArm;
    private final int leastShared;
    private final List<CovarianceStructure> structures;

    private CovarianceChain(int leastPerArm, int leastShared, List<CovarianceStructure> structures) {
        this.leastPerArm = leastPerArm;
        this.leastShared = leastShared;
        this.structures = List.copyOf(structures);
    }

    /** Ten people per arm and interval, ten per pair of intervals; unstructured, spatial exponential, compound symmetry. */
    public static CovarianceChain planned() {
        return PLANNED;
    }

    /** The same with one structure fixed beforehand, for example at an earlier look. */
    public CovarianceChain fixedTo(CovarianceStructure structure) {
        return new CovarianceChain(leastPerArm, leastShared, List.of(structure));
    }

    /**
     * The intervals at which enough people were observed in each arm.
     *
     * @param measures the outcomes after baseline
     * @param treated for each participant whether it belongs to the treatment arm
     * @throws IllegalArgumentException if the numbers of participants differ
     */
    public List<String> admitted(RepeatedMeasures measures, boolean[] treated) {
        Checks.sameLength("measures", measures.participants(), "treated", treated.length);
        int[][] observed = new int[2][measures.intervals().size()];
        for (int who = 0; who < treated.length; who++) {
            for (int row = 0; row < measures.rows(who); row++) {
                observed[treated[who] ? 1 : 0][measures.interval(measures.firstRow(who) + row)]++;
            }
        }
        List<String> admitted = new ArrayList<>();
        for (int a = 0; a < measures.intervals().size(); a++) {
            if (Math.min(observed[0][a], observed[1][a]) >= leastPerArm) {
                admitted.add(measures.intervals().get(a));
            }
        }
        return admitted;
    }

    /**
     * Fits the first structure that the data can bear.
     *
     * @param model criterion and level of the intervals; its structure is replaced
     * @param measures outcomes at the admitted intervals
     * @param design fixed effects
     * @throws IllegalArgumentException if participants or intervals differ between the two
     */
    public Result fit(MixedModel model, RepeatedMeasures measures, RepeatedDesign design) {
        List<Attempt> attempts = new ArrayList<>();
        @Nullable MixedModelFit last = null;
        for (CovarianceStructure structure : structures) {
            Optional<SharedPair> shortPair = structure == CovarianceStructure.UNSTRUCTURED
                    ? shortPair(measures, model.groups(design))
                    : Optional.empty();
            if (shortPair.isPresent() && structures.size() > 1) {
                attempts.add(
                        new Attempt(structure, Optional.of(NotEstimable.NOT_IDENTIFIED), shortPair, Optional.empty()));
                continue;
            }
            last = model.with(structure).fit(measures, design);
            attempts.add(new Attempt(structure, last.failure(), Optional.empty(), last.convergence()));
            if (last.failure().isEmpty()) {
                break;
            }
        }
        if (last == null) {
            throw new IllegalStateException("a chain without a structure to fall back to");
        }
        boolean trusted = last.structure() == CovarianceStructure.UNSTRUCTURED;
        return new Result(
                last,
                trusted ? last.inference(MixedModel.DegreesOfFreedom.SATTERTHWAITE) : last.clustered(ClusterRobust.CR2),
                trusted ? "satterthwaite" : "cr2",
                attempts);
    }

    /** The pair of intervals that fewest people share who share a covariance, if they are too few. */
    private Optional<SharedPair> shortPair(RepeatedMeasures measures, List<IntPredicate> groups) {
        SharedPair fewest = new SharedPair("", "", leastShared);
        for (IntPredicate group : groups) {
            int[][] shared = measures.shared(group);
            for (int a = 0; a < shared.length; a++) {
                for (int b = 0; b <= a; b++) {
                    if (shared[a][b] < fewest.participants) {
                        fewest = new SharedPair(
                                measures.intervals().get(b),
                                measures.intervals().get(a),
                                shared[a][b]);
                    }
                }
            }
        }
        return fewest.participants < leastShared ? Optional.of(fewest) : Optional.empty();
    }
}
