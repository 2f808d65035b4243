package org.equipoise.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.equipoise.comparison.AnalysisSet.Participant;
import org.jspecify.annotations.Nullable;

/**
 * A site's own unit: mean and standard deviation of the scores at the baseline, both arms together, by which scales that
 * nothing converts are brought together. Differences are then in standard deviations of the site's participants before
 * treatment. The unit is taken as known; that it is estimated adds no error to what is told.
 *
 * @param mean of the baseline scores
 * @param deviation of them, over n - 1; 0 where there are too few
 */
record SiteUnit(double mean, double deviation) {
    /** From fewer people a standard deviation says too little. */
    static final int FEWEST = 10;

    /** Why there is no value at a site without a unit. */
    static final String WITHOUT = "not_standardized";

    private static final int BASELINE = 0;

    /** Brings everybody's values into their site's unit; at a site without one there are none. */
    static List<Participant> standardize(List<Participant> participants) {
        Map<String, List<Double>> baselines = new TreeMap<>();
        for (Participant one : participants) {
            List<Double> ofSite = baselines.computeIfAbsent(one.site(), site -> new ArrayList<>());
            Double value = one.values()[BASELINE];
            if (value != null) {
                ofSite.add(value);
            }
        }
        Map<String, SiteUnit> units = new TreeMap<>();
        baselines.forEach((site, values) -> units.put(site, of(values)));
        return participants.stream()
                .map(one -> Objects.requireNonNull(units.get(one.site())).apply(one))
                .toList();
    }

    private static SiteUnit of(List<Double> values) {
        if (values.size() < FEWEST) {
            return new SiteUnit(0, 0);
        }
        double mean = values.stream().mapToDouble(Double::doubleValue).sum() / values.size();
        double squares = values.stream()
                .mapToDouble(value -> (value - mean) * (value - mean))
                .sum();
        return new SiteUnit(mean, Math.sqrt(squares / (values.size() - 1)));
    }

    private Participant apply(Participant one) {
        @Nullable Double[] values = one.values().clone();
        @Nullable String[] reasons = one.reasons().clone();
        for (int i = 0; i < values.length; i++) {
            Double value = values[i];
            if (value == null) {
                continue;
            }
            if (deviation > 0) {
                values[i] = (value - mean) / deviation;
            } else {
                values[i] = null;
                reasons[i] = WITHOUT;
            }
        }
        return one.with(values, reasons);
    }
}
