package org.equipoise.comparison;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.equipoise.comparison.EstimateRows.Group;
import org.equipoise.comparison.RepeatedComparison.Stopwatch;
import org.equipoise.comparison.Sample.Counts;
import org.equipoise.definition.RepeatedModels.Covariance;
import org.equipoise.definition.RepeatedModels.Criterion;
import org.equipoise.definition.RepeatedModels.Inference;
import org.equipoise.definition.RepeatedModels.Span;
import org.equipoise.definition.RepeatedModels.Weights;
import org.equipoise.definition.Study;
import org.equipoise.definition.Study.Role;
import org.equipoise.statistics.ClusterRobust;
import org.equipoise.statistics.CovarianceChain;
import org.equipoise.statistics.CovarianceStructure;
import org.equipoise.statistics.Design;
import org.equipoise.statistics.Design.LevelWeights;
import org.equipoise.statistics.Estimate;
import org.equipoise.statistics.Limits;
import org.equipoise.statistics.MixedModel;
import org.equipoise.statistics.MixedModel.DegreesOfFreedom;
import org.equipoise.statistics.MixedModelFit;
import org.equipoise.statistics.MixedModelFit.Convergence;
import org.equipoise.statistics.MixedModelInference;
import org.equipoise.statistics.NotEstimable;
import org.equipoise.statistics.Quantity;
import org.equipoise.vocabulary.IntervalCode;
import org.jspecify.annotations.Nullable;

/**
 * The mixed model for repeated measures over the intervals that enough people attended: means and differences at each
 * interval, whether differences last, and their mean over several.
 */
final class MarginalComparison implements FollowUpModel {
    private static final String NOT_IN_MODEL = "interval_not_in_model";
    private static final String COMBINATIONS = "combinations";

    private final Study study;
    private final ModelTerms terms;
    private final RepeatedSample sample;
    private final Counts counts;
    private final List<String> intervals;
    private final CovarianceChain.Result result;
    private final Inference by;
    private final MixedModelInference inference;
    private final Map<String, String> options;
    private final boolean monitoring;
    private final @Nullable FixedStructure fixed;

    MarginalComparison(Occasion occasion, ModelTerms terms, RepeatedSample sample) {
        this.study = occasion.study();
        this.monitoring = occasion.isMonitoring();
        this.fixed = occasion.findFixed(terms).orElse(null);
        this.terms = terms;
        this.sample = sample;
        counts = sample.counts();
        intervals = sample.intervals();
        MixedModel common = MixedModel.withDefaults()
                .with(terms.model().criterion() == Criterion.ML ? MixedModel.Criterion.ML : MixedModel.Criterion.REML);
        MixedModel model = terms.model().byArm() ? common.withCovariancePerArm() : common;
        result = chain().fit(
                        model, sample.measures(), sample.design(terms.model().factors(), terms.sites()));
        boolean fallenBack = terms.model().covariance() == Covariance.PLANNED
                && result.fit().structure() != CovarianceStructure.UNSTRUCTURED;
        by = fallenBack ? Inference.CR2 : terms.model().inference();
        inference = fallenBack ? result.inference() : inference(result.fit(), by);
        options = options();
    }

    private CovarianceChain chain() {
        String name = fixed == null ? ModelTerms.name(terms.model().covariance()) : fixed.structure();
        return structure(name)
                .map(structure -> CovarianceChain.planned().fixedTo(structure))
                .orElseGet(CovarianceChain::planned);
    }

    private static Optional<CovarianceStructure> structure(String name) {
        return Stream.of(CovarianceStructure.values())
                .filter(structure -> structure.code().equals(name))
                .findFirst();
    }

    private static MixedModelInference inference(MixedModelFit fit, Inference inference) {
        return inference.isClustered()
                ? fit.clustered(ClusterRobust.valueOf(inference.name()))
                : fit.inference(DegreesOfFreedom.valueOf(inference.name()));
    }

    private Map<String, String> options() {
        Map<String, String> told = new HashMap<>();
        told.put("model", terms.formula());
        told.put("criterion", ModelTerms.name(terms.model().criterion()));
        if (terms.model().byArm()) {
            told.put("covariance_by_arm", "true");
        }
        result.used().ifPresent(structure -> {
            told.put("covariance", structure.code());
            told.put("inference", ModelTerms.name(by));
        });
        if (fixed != null) {
            told.put("covariance_fixed_at", fixed.look());
        }
        return told;
    }

    @Override
    public Estimate difference(String interval) {
        return inference.difference(interval);
    }

    @Override
    public FittedModel answer(RepeatedRows rows, Stopwatch watch) {
        for (String interval : intervals) {
            means(rows, interval);
            Estimate difference = inference.difference(interval);
            group(rows, interval).add(ModelTerms.CONTRASTS, Numbers.of(difference));
            group(rows, interval).add("standardised_contrasts", standardised(difference, sample.deviation()));
        }
        if (terms.model().inference() == Inference.CR2) {
            otherForms(rows);
        }
        study.comparisons().repeated().maintenance().stream()
                .filter(terms::asks)
                .forEach(span -> maintenance(rows, span));
        study.comparisons().repeated().meanEffects().stream()
                .map(terms::asked)
                .filter(codes -> codes.size() > 1)
                .forEach(codes -> meanEffect(rows, codes));
        rows.jointTests(
                terms,
                intervals,
                counts,
                options,
                inference.jointDifference(intervals),
                inference.jointChange(intervals));
        new RepeatedClustering(terms, sample, options).repeat(result.fit(), inference, rows);
        return terms.describe(
                fitted(), result.fit().failure().map(EstimateRows::code).orElse(null), watch.seconds());
    }

    private void means(RepeatedRows rows, String interval) {
        LevelWeights weights =
                terms.model().weights() == Weights.EQUAL ? LevelWeights.EQUAL : LevelWeights.PROPORTIONAL;
        for (boolean treated : new boolean[] {true, false}) {
            group(rows, interval)
                    .inArm(arm(treated))
                    .add("lsmeans", Numbers.of(inference.leastSquaresMean(treated, interval, weights)));
        }
    }

    /** In units of the baselines' standard deviation, which is taken as known. */
    private static Numbers standardised(Estimate difference, Quantity deviation) {
        if (!deviation.isEstimable() || !(deviation.value() > 0)) {
            return Numbers.of(Quantity.notEstimable(deviation.reason().orElse(NotEstimable.ZERO_VARIANCE)));
        }
        double unit = deviation.value();
        Numbers plain = Numbers.of(difference);
        return new Numbers(
                plain.value().map(value -> value / unit),
                difference.standardError().map(error -> error / unit),
                difference.degreesOfFreedom(),
                difference.statistic(),
                difference.p(),
                new Limits(
                        difference.lower().map(limit -> limit / unit),
                        difference.upper().map(limit -> limit / unit)));
    }

    /** Beside CR2: the other two corrections, and the covariance taken at its word. */
    private void otherForms(RepeatedRows rows) {
        for (Inference other : List.of(Inference.CR0, Inference.CR3, Inference.SATTERTHWAITE)) {
            MixedModelInference form = inference(result.fit(), other);
            String name = other == Inference.SATTERTHWAITE ? "model_based" : ModelTerms.name(other);
            intervals.forEach(interval ->
                    group(rows, interval).form(name).add(ModelTerms.CONTRASTS, Numbers.of(form.difference(interval))));
        }
    }

    /** How each arm changes over a span, and by how much more the treatment arm. */
    private void maintenance(RepeatedRows rows, Span span) {
        String from = span.from().value();
        String to = span.to().value();
        String words = " " + from + " to " + to;
        boolean known = intervals.contains(from) && intervals.contains(to);
        for (boolean treated : new boolean[] {true, false}) {
            combination(
                    combinations(rows, to).inArm(arm(treated)),
                    "change " + ModelTerms.name(treated ? Role.TREATMENT : Role.CONTROL) + words,
                    known ? change(from, to, treated) : null);
        }
        combination(combinations(rows, to), "maintenance" + words, known ? inference.maintenance(from, to) : null);
    }

    private Estimate change(String from, String to, boolean treated) {
        double[] change = new double[intervals.size()];
        change[intervals.indexOf(to)] = 1;
        change[intervals.indexOf(from)] = -1;
        double[] none = new double[change.length];
        return inference.ofMeans(treated ? change : none, treated ? none : change, LevelWeights.EQUAL);
    }

    private void meanEffect(RepeatedRows rows, List<IntervalCode> codes) {
        List<String> names = codes.stream().map(IntervalCode::value).toList();
        combination(
                combinations(rows, names.get(names.size() - 1)),
                "mean effect " + String.join(" ", names),
                intervals.containsAll(names) ? inference.meanDifference(names) : null);
    }

    private static void combination(Group group, String term, @Nullable Estimate estimate) {
        if (estimate == null) {
            group.addReason(COMBINATIONS, term, NOT_IN_MODEL);
        } else {
            group.add(COMBINATIONS, term, Numbers.of(estimate));
        }
    }

    private Group group(RepeatedRows rows, String interval) {
        return rows.group(interval, terms.method(), terms.variant(), counts, options);
    }

    private Group combinations(RepeatedRows rows, String interval) {
        String method = terms.model().inference().isClustered() ? terms.method() : "mmrm_linear_combination";
        return rows.group(interval, method, terms.variant(), counts, options);
    }

    private String arm(boolean treated) {
        return study.arm(treated ? Role.TREATMENT : Role.CONTROL).code().value();
    }

    private FittedModel.Fitted fitted() {
        MixedModelFit fit = result.fit();
        boolean worked = fit.failure().isEmpty();
        return new FittedModel.Fitted(
                result.used().map(CovarianceStructure::code).orElse(null),
                worked ? ModelTerms.name(by) : null,
                ModelJson.attempts(result.attempts()),
                ModelJson.names(intervals),
                new FittedModel.People(fit.participants(), fit.observations(), fit.patterns()),
                sample.baselinesFilled(),
                ModelJson.names(fit.droppedColumns().stream().map(this::term).toList()),
                worked
                        ? new FittedModel.Likelihood(
                                fit.covarianceParameters(),
                                fit.logLikelihood().value(),
                                fit.aic().value(),
                                fit.bic().value())
                        : null,
                fit.convergence().map(MarginalComparison::climb).orElse(null),
                covariance(fit),
                worked
                        ? ModelJson.coefficients(
                                inference.columnNames(), this::term, inference::coefficient, !monitoring)
                        : null,
                fixed == null ? null : fixed.look());
    }

    private @Nullable String covariance(MixedModelFit fit) {
        double[][] treatment = fit.covariance(true).orElse(null);
        double[][] control = fit.covariance(false).orElse(null);
        if (treatment == null || control == null) {
            return null;
        }
        return terms.model().byArm()
                ? ModelJson.matrices(fit.observedIntervals(), treatment, control)
                : ModelJson.matrix(fit.observedIntervals(), treatment);
    }

    private static FittedModel.Climb climb(Convergence end) {
        return new FittedModel.Climb(
                end.iterations(),
                Double.isFinite(end.largestGradient()) ? (Double) end.largestGradient() : null,
                end.converged());
    }

    /** A column under the name that R gives it, the interval last. */
    private String term(String column) {
        return Stream.of(column.split(":", -1))
                .map(part -> switch (part) {
                    case Design.INTERCEPT -> "(Intercept)";
                    case Design.TREATMENT -> "arm" + arm(true);
                    default -> part.replaceFirst("=", "");
                })
                .collect(Collectors.joining(":"));
    }
}
