package org.equipoise.statistics;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A fitted {@link MixedModel}: its covariance, likelihood, how the maximum was found, and the ways to inference. */
public final class MixedModelFit {

    /** What was fitted, whether or not it worked. */
    record Data(PatternSums sums, CovarianceStructure structure, int arms, double confidence) {}

    /**
     * How the maximum was found.
     *
     * @param iterations steps tried
     * @param largestGradient largest derivative of the log-likelihood for a parameter of the covariance, at the end
     * @param hessianPositiveDefinite whether the end is a maximum and determines every parameter
     * @param converged whether the gain that another step promises is below rounding
     */
    public record Convergence(
            int iterations, double largestGradient, boolean hessianPositiveDefinite, boolean converged) {}

    private final Data data;
    private final @Nullable PatternLikelihood likelihood;
    private final LikelihoodClimb.@Nullable Summit summit;
    private final @Nullable NotEstimable failure;

    private MixedModelFit(
            Data data,
            @Nullable PatternLikelihood likelihood,
            LikelihoodClimb.@Nullable Summit summit,
            @Nullable NotEstimable failure) {
        this.data = data;
        this.likelihood = likelihood;
        this.summit = summit;
        this.failure = failure;
    }

    static MixedModelFit failed(Data data, NotEstimable reason) {
        return new MixedModelFit(data, null, null, reason);
    }

    static MixedModelFit of(Data data, PatternLikelihood likelihood, LikelihoodClimb.Summit summit) {
        return new MixedModelFit(data, likelihood, summit, summit.converged() ? null : NotEstimable.NO_CONVERGENCE);
    }

    /** Why there is no fit; empty when there is one. */
    public Optional<NotEstimable> failure() {
        return Optional.ofNullable(failure);
    }

    /** The structure of the covariance. */
    public CovarianceStructure structure() {
        return data.structure;
    }

    /** Rows in the model. */
    public int observations() {
        return data.sums.measures().observations();
    }

    /** Participants with at least one row in the model. */
    public int participants() {
        return data.sums.measures().observedParticipants();
    }

    /** Different sets of attended intervals, per arm where each has its covariance. */
    public int patterns() {
        return data.sums.patterns().size();
    }

    /** Columns that are not combinations of others. */
    public int rank() {
        return data.sums.effects().size();
    }

    /** Names of the columns that are combinations of others and were left out. */
    public List<String> droppedColumns() {
        List<String> names = data.sums.design().columnNames();
        return Arrays.stream(data.sums.effects().dropped())
                .sorted()
                .mapToObj(names::get)
                .toList();
    }

    /** How the maximum was found; empty where the data gave no reason to look for one. */
    public Optional<Convergence> convergence() {
        LikelihoodClimb.Summit end = summit;
        return end == null
                ? Optional.empty()
                : Optional.of(new Convergence(
                        end.iterations(),
                        Arrays.stream(end.slope().gradient).map(Math::abs).max().orElse(0) / 2,
                        end.positiveDefinite(),
                        end.converged()));
    }

    /** Number of parameters of the covariance. */
    public int covarianceParameters() {
        return likelihood == null ? 0 : likelihood.parameters();
    }

    /** The log-likelihood, restricted for REML, with all its constants but log|X'X|, as SAS and mmrm give it. */
    public Quantity logLikelihood() {
        return minusTwice(0).map(value -> -value / 2);
    }

    /** Akaike's criterion, counting the covariance's parameters as SAS does. */
    public Quantity aic() {
        return minusTwice(2.0 * covarianceParameters());
    }

    /** Schwarz's criterion, counting the covariance's parameters, with the number of participants. */
    public Quantity bic() {
        return minusTwice(covarianceParameters() * Math.log(participants()));
    }

    private Quantity minusTwice(double penalty) {
        LikelihoodClimb.Summit end = summit;
        return end == null || failure != null
                ? Quantity.notEstimable(failure == null ? NotEstimable.NO_CONVERGENCE : failure)
                : Quantity.of(end.point().minusTwiceLogLikelihood + penalty);
    }

    /** The intervals that someone attended, which rows and columns of the covariance stand for. */
    public List<String> observedIntervals() {
        List<String> names = data.sums.measures().intervals();
        return Arrays.stream(data.sums.observed()).mapToObj(names::get).toList();
    }

    /**
     * The fitted covariance over the observed intervals; empty where the fit failed.
     *
     * @param treated whose covariance, where each arm has its own
     */
    public Optional<double[][]> covariance(boolean treated) {
        LikelihoodClimb.Summit end = summit;
        return end == null || likelihood == null || failure != null
                ? Optional.empty()
                : Optional.of(likelihood.covariance(end.point().theta, treated ? data.arms - 1 : 0));
    }

    /** The fitted correlations: see {@link #covariance}. */
    public Optional<double[][]> correlation(boolean treated) {
        return covariance(treated).map(sigma -> {
            double[][] correlation = new double[sigma.length][sigma.length];
            for (int a = 0; a < sigma.length; a++) {
                for (int b = 0; b < sigma.length; b++) {
                    correlation[a][b] = a == b ? 1 : sigma[a][b] / Math.sqrt(sigma[a][a] * sigma[b][b]);
                }
            }
            return correlation;
        });
    }

    /** Inference that takes the covariance structure at its word. */
    public MixedModelInference inference(MixedModel.DegreesOfFreedom df) {
        LikelihoodClimb.Summit end = summit;
        if (end == null || likelihood == null || failure != null) {
            return failed();
        }
        FittedMoments moments = moments(end);
        return inference(
                end,
                switch (df) {
                    case SATTERTHWAITE -> new ModelBased(moments, true);
                    case RESIDUAL -> new ModelBased(moments, false);
                    case KENWARD_ROGER -> {
                        double[][] weights = moments.parameterCovariance();
                        double[][] first = likelihood.secondMoment(end.point(), weights);
                        double[][] second = likelihood.secondDerivative(end.point(), weights);
                        yield new KenwardRoger(moments, Matrices.sum(first, second, -0.25));
                    }
                    case KENWARD_ROGER_LINEAR ->
                        new KenwardRoger(moments, likelihood.secondMoment(end.point(), moments.parameterCovariance()));
                });
    }

    /**
     * Inference with a covariance estimated from the participants' residuals, and Satterthwaite's df of that estimator
     * under the fitted structure.
     *
     * @param correction which small-sample correction
     */
    public MixedModelInference clustered(ClusterRobust correction) {
        return ofClusters(
                correction,
                IntStream.range(0, data.sums.measures().participants())
                        .mapToObj(List::of)
                        .toList());
    }

    /**
     * The same with a covariance estimated from the residuals of clusters of participants: those who share a therapist or a
     * therapy group.
     *
     * @param correction which small-sample correction
     * @param clusters the cluster of each participant; people who share none have one of their own, named by the caller
     * @throws IllegalArgumentException if the number of participants differs
     */
    public MixedModelInference clustered(ClusterRobust correction, List<String> clusters) {
        Checks.sameLength(
                "clusters",
                clusters.size(),
                "participants",
                data.sums.measures().participants());
        return ofClusters(correction, List.copyOf(Groups.rows(clusters).values()));
    }

    private MixedModelInference ofClusters(ClusterRobust correction, List<List<Integer>> clusters) {
        LikelihoodClimb.Summit end = summit;
        return end == null || likelihood == null || failure != null
                ? failed()
                : inference(end, new EmpiricalInference(data.sums, likelihood, end.point(), correction, clusters));
    }

    private FittedMoments moments(LikelihoodClimb.Summit end) {
        double[][] information = Matrices.scaled(end.curvature().hessian(), 0.5);
        return new FittedMoments(
                end.point().coefficients(),
                end.point().phi,
                end.curvature().sensitivities(),
                Matrices.inverse(information),
                observations() - rank());
    }

    private MixedModelInference inference(LikelihoodClimb.Summit end, CombinationInference of) {
        return MixedModelInference.of(data.sums, end.point().coefficients(), of, data.confidence);
    }

    private MixedModelInference failed() {
        return MixedModelInference.failed(data.sums, failure == null ? NotEstimable.NO_CONVERGENCE : failure);
    }
}
