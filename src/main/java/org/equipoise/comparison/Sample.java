package org.equipoise.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.equipoise.comparison.AnalysisSet.Participant;
import org.equipoise.definition.Study.Endpoint;
import org.jspecify.annotations.Nullable;

/** The participants of a question, and the position of its cell. */
record Sample(List<Participant> participants, int interval) {
    private static final int BASELINE = 0;
    private static final String NOT_SCHEDULED = "not_scheduled";
    private static final String NOT_ASCERTAINED = "not_ascertained";
    private static final String DETAIL_NOT_TOLD = "detail_not_told";
    private static final Set<String> WITHOUT_EXPOSURE =
            Set.of(NOT_ASCERTAINED, "no_time_zero", "dead", "withdrawn", "not_due");

    Sample {
        participants = List.copyOf(participants);
    }

    /** How many of each arm are in something. */
    record Counts(int treatment, int control) {}

    boolean isEmpty() {
        return participants.isEmpty();
    }

    /** Why nobody can have a value, if that is so for one reason of design. */
    Optional<String> whyNobody() {
        return Stream.of(NOT_SCHEDULED, DETAIL_NOT_TOLD, NOT_ASCERTAINED)
                .filter(reason -> participants.stream()
                        .allMatch(participant -> participant.values()[interval] == null
                                && !isOtherReason(reason, participant.reasons()[interval])))
                .findFirst();
    }

    /** Nobody ascertained is one reason, whoever of them had died, left or not reached the place. */
    private static boolean isOtherReason(String reason, @Nullable String found) {
        return reason.equals(NOT_ASCERTAINED)
                ? !WITHOUT_EXPOSURE.contains(String.valueOf(found))
                : !reason.equals(found);
    }

    /** Those who have a value. */
    Cases cases() {
        return new Cases(participants.stream().filter(this::hasValue).toList(), interval);
    }

    /** Those of each site, by its code. */
    SortedMap<String, Sample> bySite() {
        SortedMap<String, List<Participant>> sites = new TreeMap<>();
        participants.forEach(one ->
                sites.computeIfAbsent(one.site(), site -> new ArrayList<>()).add(one));
        SortedMap<String, Sample> samples = new TreeMap<>();
        sites.forEach((site, theirs) -> samples.put(site, new Sample(theirs, interval)));
        return samples;
    }

    long sites() {
        return participants.stream().map(Participant::site).distinct().count();
    }

    int allocated(boolean treated) {
        return (int) participants.stream()
                .filter(participant -> participant.treated() == treated)
                .count();
    }

    /** What is compared of one arm. */
    double[] values(Endpoint endpoint, boolean treated) {
        return switch (endpoint) {
            case VALUE -> numbers(treated, this::hasValue, this::value);
            case CHANGE -> numbers(treated, this::hasChange, p -> value(p) - baseline(p));
        };
    }

    Counts counts(Endpoint endpoint) {
        return new Counts(values(endpoint, true).length, values(endpoint, false).length);
    }

    /** Baselines of those of one arm who have a value too. */
    double[] pairedBaselines(boolean treated) {
        return numbers(treated, this::hasChange, this::baseline);
    }

    /** Values of those of one arm who have a baseline too. */
    double[] pairedValues(boolean treated) {
        return numbers(treated, this::hasChange, this::value);
    }

    /** Why values of one arm are missing, and how many for each reason. */
    SortedMap<String, Integer> missing(boolean treated) {
        SortedMap<String, Integer> counts = new TreeMap<>();
        for (Participant participant : participants) {
            String reason = participant.reasons()[interval];
            if (participant.treated() == treated && !hasValue(participant) && reason != null) {
                counts.merge(reason, 1, Integer::sum);
            }
        }
        return counts;
    }

    /** Those who have a value, a baseline, and each of the factors. */
    Sample complete(List<String> factors) {
        return new Sample(
                participants.stream()
                        .filter(this::hasChange)
                        .filter(participant -> participant.factors().keySet().containsAll(factors))
                        .toList(),
                interval);
    }

    double[] values() {
        return participants.stream().mapToDouble(this::value).toArray();
    }

    double[] baselines() {
        return participants.stream().mapToDouble(this::baseline).toArray();
    }

    boolean[] treated() {
        boolean[] treated = new boolean[participants.size()];
        for (int i = 0; i < treated.length; i++) {
            treated[i] = participants.get(i).treated();
        }
        return treated;
    }

    /** Therapy group or therapist of each; null where neither is known. */
    List<@Nullable String> clusters() {
        List<@Nullable String> clusters = new ArrayList<>();
        participants.forEach(participant -> clusters.add(participant.cluster()));
        return clusters;
    }

    List<String> siteCodes() {
        return participants.stream().map(Participant::site).toList();
    }

    List<String> levels(String factor) {
        return participants.stream()
                .map(participant -> Objects.requireNonNull(participant.factors().get(factor)))
                .toList();
    }

    private double[] numbers(boolean treated, Predicate<Participant> has, ToDoubleFunction<Participant> number) {
        return participants.stream()
                .filter(participant -> participant.treated() == treated)
                .filter(has)
                .mapToDouble(number)
                .toArray();
    }

    private boolean hasValue(Participant participant) {
        return participant.values()[interval] != null;
    }

    private boolean hasChange(Participant participant) {
        return hasValue(participant) && participant.values()[BASELINE] != null;
    }

    private double value(Participant participant) {
        return number(participant.values()[interval]);
    }

    private double baseline(Participant participant) {
        return number(participant.values()[BASELINE]);
    }

    private static double number(@Nullable Double value) {
        return Objects.requireNonNull(value);
    }
}
