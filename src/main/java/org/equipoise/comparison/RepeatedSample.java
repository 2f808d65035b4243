package org.equipoise.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.equipoise.comparison.AnalysisSet.Participant;
import org.equipoise.comparison.Sample.Counts;
import org.equipoise.statistics.Descriptives;
import org.equipoise.statistics.Quantity;
import org.equipoise.statistics.RepeatedDesign;
import org.equipoise.statistics.RepeatedDesign.Effect;
import org.equipoise.statistics.RepeatedMeasures;

/** The participants of a question about the whole follow-up, and the intervals looked at. */
record RepeatedSample(List<Participant> participants, List<Place> places) {
    static final String BASELINE = "baseline";
    static final String SITE = "site";

    RepeatedSample {
        participants = List.copyOf(participants);
        places = List.copyOf(places);
    }

    /** One value of one participant. */
    record Cell(int participant, int interval, double value) {}

    long sites() {
        return participants.stream().map(Participant::site).distinct().count();
    }

    /** Those who have each of the factors. */
    RepeatedSample complete(List<String> factors) {
        return new RepeatedSample(
                participants.stream()
                        .filter(one -> one.factors().keySet().containsAll(factors))
                        .toList(),
                places);
    }

    /** The same at some of the intervals. */
    RepeatedSample at(List<String> intervals) {
        return new RepeatedSample(
                participants,
                places.stream()
                        .filter(place -> intervals.contains(place.code()))
                        .toList());
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
        boolean[] treated = new boolean[participants.size()];
        for (int i = 0; i < treated.length; i++) {
            treated[i] = participants.get(i).treated();
        }
        return treated;
    }

    List<String> siteCodes() {
        return participants.stream().map(Participant::site).toList();
    }

    List<String> levels(String factor) {
        return participants.stream()
                .map(one -> Objects.requireNonNull(one.factors().get(factor)))
                .toList();
    }

    /** The baselines, with the mean over both arms where there is none. */
    double[] baselines() {
        double[] values = new double[participants.size()];
        boolean[] known = new boolean[values.length];
        for (int i = 0; i < values.length; i++) {
            Double baseline = participants.get(i).values()[0];
            known[i] = baseline != null;
            values[i] = baseline == null ? 0 : baseline;
        }
        return RepeatedDesign.withMean(values, known);
    }

    /** How many baselines were filled, and how the known ones vary. */
    FittedModel.Baselines baselinesFilled() {
        Quantity deviation = baselineDeviation();
        return new FittedModel.Baselines(
                participants.size() - knownBaselines().length,
                deviation.isEstimable() ? (Double) deviation.value() : null);
    }

    /** Standard deviation of the known baselines over both arms. */
    Quantity baselineDeviation() {
        return Descriptives.of(knownBaselines()).standardDeviation();
    }

    private double[] knownBaselines() {
        return participants.stream()
                .map(one -> one.values()[0])
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .toArray();
    }

    /** Arm by interval, baseline by interval, factors; the site, if asked. */
    RepeatedDesign design(List<String> factors, boolean sites) {
        RepeatedDesign design = RepeatedDesign.of(participants.size(), intervals())
                .withArms(treated(), Effect.BY_INTERVAL)
                .withCovariate(BASELINE, baselines(), Effect.BY_INTERVAL);
        for (String factor : factors) {
            design = design.withFactor(factor, levels(factor), Effect.CONSTANT);
        }
        return sites ? design.withFactor(SITE, siteCodes(), Effect.CONSTANT) : design;
    }
}
