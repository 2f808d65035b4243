package org.equipoise.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.equipoise.comparison.AnalysisSet.Participant;
import org.equipoise.comparison.Sample.Counts;
import org.equipoise.statistics.Descriptives;
import org.equipoise.statistics.Quantity;
import org.equipoise.statistics.RepeatedDesign;
import org.equipoise.statistics.RepeatedDesign.Effect;
import org.equipoise.statistics.RepeatedMeasures;
import org.jspecify.annotations.Nullable;

/**
 * The participants of a question about the whole follow-up, and the intervals looked at.
 *
 * @param baselines of each participant; where there is none, the mean of those there are
 * @param deviation standard deviation of those there are, over both arms
 */
record RepeatedSample(List<Participant> participants, List<Double> baselines, Quantity deviation, List<Place> places) {
    static final String BASELINE = "baseline";
    static final String SITE = "site";

    RepeatedSample {
        participants = List.copyOf(participants);
        baselines = List.copyOf(baselines);
        places = List.copyOf(places);
    }

    /** Everyone asked about: whoever has a baseline counts towards its mean, seen again or not. */
    static RepeatedSample of(List<Participant> participants, List<Place> places) {
        double[] values = new double[participants.size()];
        boolean[] known = new boolean[values.length];
        for (int i = 0; i < values.length; i++) {
            Double baseline = participants.get(i).values()[0];
            known[i] = baseline != null;
            values[i] = baseline == null ? 0 : baseline;
        }
        double[] those = IntStream.range(0, values.length)
                .filter(i -> known[i])
                .mapToDouble(i -> values[i])
                .toArray();
        return new RepeatedSample(
                participants,
                DoubleStream.of(RepeatedDesign.withMean(values, known)).boxed().toList(),
                Descriptives.of(those).standardDeviation(),
                places);
    }

    /** One value of one participant. */
    record Cell(int participant, int interval, double value) {}

    long sites() {
        return people().sites();
    }

    /** The same at some of the intervals. */
    RepeatedSample at(List<String> intervals) {
        return new RepeatedSample(
                participants,
                baselines,
                deviation,
                places.stream()
                        .filter(place -> intervals.contains(place.code()))
                        .toList());
    }

    /** Those seen at one interval. */
    RepeatedSample at(String interval) {
        return at(List.of(interval)).observed();
    }

    /** Those with a value at one of the intervals: the others, and the sites they alone are at, are in no model. */
    RepeatedSample observed() {
        int[] seen = cells().stream().mapToInt(Cell::participant).distinct().toArray();
        return new RepeatedSample(
                IntStream.of(seen).mapToObj(participants::get).toList(),
                IntStream.of(seen).mapToObj(baselines::get).toList(),
                deviation,
                places);
    }

    List<String> intervals() {
        return places.stream().map(Place::code).toList();
    }

    /** The values there are, participant by participant. */
    List<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        for (int who = 0; who < participants.size(); who++) {
            for (int at = 0; at < places.size(); at++) {
                Double value = participants.get(who).values()[places.get(at).position()];
                if (value != null) {
                    cells.add(new Cell(who, at, value));
                }
            }
        }
        return cells;
    }

    RepeatedMeasures measures() {
        List<Cell> cells = cells();
        return RepeatedMeasures.of(
                intervals(),
                places.stream().mapToDouble(Place::fromMonth).toArray(),
                participants.size(),
                cells.stream().mapToInt(Cell::participant).toArray(),
                cells.stream().mapToInt(Cell::interval).toArray(),
                cells.stream().mapToDouble(Cell::value).toArray());
    }

    /** People with a value at one of the intervals. */
    Counts counts() {
        int treatment = 0;
        int control = 0;
        for (int who : cells().stream().mapToInt(Cell::participant).distinct().toArray()) {
            treatment += participants.get(who).treated() ? 1 : 0;
            control += participants.get(who).treated() ? 0 : 1;
        }
        return new Counts(treatment, control);
    }

    boolean[] treated() {
        return people().treated();
    }

    List<String> siteCodes() {
        return people().siteCodes();
    }

    /** Therapy group or therapist of each; null where neither is known. */
    List<@Nullable String> clusters() {
        return people().clusters();
    }

    List<String> levels(String factor) {
        return people().levels(factor);
    }

    private Sample people() {
        return new Sample(participants, 0);
    }

    /** How many baselines were filled, and how the known ones vary. */
    FittedModel.Baselines baselinesFilled() {
        return new FittedModel.Baselines(
                (int) participants.stream()
                        .filter(one -> one.values()[0] == null)
                        .count(),
                deviation.isEstimable() ? (Double) deviation.value() : null);
    }

    double[] baselineValues() {
        return baselines.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** Arm by interval, baseline by interval, factors; the site, if asked. */
    RepeatedDesign design(List<String> factors, boolean sites) {
        RepeatedDesign design = RepeatedDesign.of(participants.size(), intervals())
                .withArms(treated(), Effect.BY_INTERVAL)
                .withCovariate(BASELINE, baselineValues(), Effect.BY_INTERVAL);
        for (String factor : factors) {
            design = design.withFactor(factor, levels(factor), Effect.CONSTANT);
        }
        return sites ? design.withFactor(SITE, siteCodes(), Effect.CONSTANT) : design;
    }
}
