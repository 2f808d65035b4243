package org.equipoise.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.equipoise.comparison.RepeatedComparison.Stopwatch;
import org.equipoise.comparison.RepeatedSample.Cell;
import org.equipoise.comparison.Sample.Counts;
import org.equipoise.statistics.Design;
import org.equipoise.statistics.Estimate;
import org.equipoise.statistics.MixedModel.DegreesOfFreedom;
import org.equipoise.statistics.RandomInterceptModel;

/** The same fixed effects with a random intercept for each participant: differences at each interval. */
final class RandomInterceptComparison implements FollowUpModel {
    private static final String INTERVAL = "interval";
    private static final int PARAMETERS = 2;

    private final ModelTerms terms;
    private final RepeatedSample sample;
    private final List<Cell> cells;
    private final Design design;
    private final RandomInterceptModel fit;
    private final DegreesOfFreedom df;

    RandomInterceptComparison(ModelTerms terms, RepeatedSample sample) {
        this.terms = terms;
        this.sample = sample;
        cells = sample.cells();
        design = columns();
        fit = RandomInterceptModel.fit(
                cells.stream().mapToDouble(Cell::value).toArray(),
                design,
                cells.stream().map(cell -> Integer.toString(cell.participant())).toList());
        df = DegreesOfFreedom.valueOf(terms.model().inference().name());
    }

    @Override
    public Estimate difference(String interval) {
        return fit.combination(weights(interval), df);
    }

    @Override
    public FittedModel answer(RepeatedRows rows, Stopwatch watch) {
        Counts counts = sample.counts();
        Map<String, String> options = Map.of(
                "model",
                terms.formula(),
                "inference",
                ModelTerms.name(terms.model().inference()));
        List<double[]> differences = new ArrayList<>();
        List<double[]> changes = new ArrayList<>();
        for (String interval : sample.intervals()) {
            differences.add(weights(interval));
            rows.group(interval, terms.method(), terms.variant(), counts, options)
                    .add(ModelTerms.CONTRASTS, Numbers.of(difference(interval)));
            if (design.columnNames().contains(armAt(interval))) {
                changes.add(unit(armAt(interval)));
            }
        }
        rows.jointTests(terms, sample.intervals(), counts, options, fit.joint(differences, df), fit.joint(changes, df));
        return terms.describe(
                fitted(counts), fit.failure().map(EstimateRows::code).orElse(null), watch.seconds());
    }

    /** Row by row; interactions with the interval are products with its indicator. */
    private Design columns() {
        boolean[] treated = sample.treated();
        double[] baselines = sample.baselineValues();
        boolean[] arms = new boolean[cells.size()];
        for (int row = 0; row < arms.length; row++) {
            arms[row] = treated[cells.get(row).participant()];
        }
        double[] slopes = cells.stream()
                .mapToDouble(cell -> baselines[cell.participant()])
                .toArray();
        Design columns = Design.ofArms(arms)
                .withFactor(
                        INTERVAL,
                        spread(
                                sample.intervals(),
                                cells.stream().map(Cell::interval).toList()))
                .withCovariate(RepeatedSample.BASELINE, slopes);
        List<Integer> people = cells.stream().map(Cell::participant).toList();
        for (String factor : terms.model().factors()) {
            columns = columns.withFactor(factor, spread(sample.levels(factor), people));
        }
        if (terms.sites()) {
            columns = columns.withFactor(RepeatedSample.SITE, spread(sample.siteCodes(), people));
        }
        for (int at = 1; at < sample.intervals().size(); at++) {
            double[] arm = new double[arms.length];
            double[] slope = new double[arms.length];
            for (int row = 0; row < arms.length; row++) {
                boolean here = cells.get(row).interval() == at;
                arm[row] = here && arms[row] ? 1 : 0;
                slope[row] = here ? slopes[row] : 0;
            }
            String interval = sample.intervals().get(at);
            columns = columns.withCovariate(armAt(interval), arm)
                    .withCovariate(RepeatedSample.BASELINE + ":" + interval, slope);
        }
        return columns;
    }

    private static List<String> spread(List<String> names, List<Integer> positions) {
        return positions.stream().map(names::get).toList();
    }

    private static String armAt(String interval) {
        return Design.TREATMENT + ":" + interval;
    }

    private double[] unit(String column) {
        double[] weights = new double[design.columnNames().size()];
        weights[design.indexOf(column)] = 1;
        return weights;
    }

    private double[] weights(String interval) {
        double[] weights = unit(Design.TREATMENT);
        if (design.columnNames().contains(armAt(interval))) {
            weights[design.indexOf(armAt(interval))] = 1;
        }
        return weights;
    }

    private FittedModel.Fitted fitted(Counts counts) {
        boolean worked = fit.failure().isEmpty();
        return new FittedModel.Fitted(
                worked ? ModelTerms.name(terms.model().covariance()) : null,
                worked ? ModelTerms.name(terms.model().inference()) : null,
                "[]",
                ModelJson.names(sample.intervals()),
                new FittedModel.People(counts.treatment() + counts.control(), cells.size(), null),
                sample.baselinesFilled(),
                "[]",
                worked
                        ? new FittedModel.Likelihood(
                                PARAMETERS, fit.logLikelihood().value(), null, null)
                        : null,
                null,
                worked
                        ? ModelJson.variances(
                                fit.components().between(), fit.components().within())
                        : null,
                null,
                null);
    }
}
