package org.equipoise.comparison;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.equipoise.comparison.AnalysisSet.Participant;
import org.equipoise.comparison.Sample.Counts;
import org.equipoise.definition.Study;
import org.equipoise.definition.Study.Outcome;
import org.equipoise.statistics.Design;
import org.equipoise.statistics.IncompleteData;

/**
 * Those of a question who had a value at its interval or should have had, and what was seen of them up to then: what
 * missing values are filled in from.
 *
 * <p>Who had died by then, was not to be seen, or has not come that far yet has no value to be filled in and is not among
 * them. Since no later interval is looked at, nothing after a death is filled in.
 *
 * <p>Of the earlier intervals the {@value #NEAREST} nearest enter at which {@value #ENOUGH} people of each arm were seen,
 * and somebody of each arm at each site: otherwise a site's effect there would not be known.
 *
 * @param sample the people, and the intervals from the earliest that enters to the question's own
 */
record IncompleteFollowUp(RepeatedSample sample) {
    private static final Set<String> NOTHING_TO_FILL_IN = Set.of("dead", "not_due", "not_scheduled", "no_time_zero");
    private static final int NEAREST = 4;
    private static final int ENOUGH = 10;

    static IncompleteFollowUp of(Study study, Question question, Sample everyone) {
        int position = question.place().position();
        RepeatedSample people = RepeatedSample.of(
                everyone.participants().stream()
                        .filter(one -> one.values()[position] != null
                                || !NOTHING_TO_FILL_IN.contains(String.valueOf(one.reasons()[position])))
                        .toList(),
                List.of(question.place()));
        List<Place> earlier = earlier(study, question.outcome(), position).stream()
                .filter(place -> isKnownEverywhere(people.participants(), place.position()))
                .toList();
        List<Place> near = earlier.subList(Math.max(0, earlier.size() - NEAREST), earlier.size());
        return new IncompleteFollowUp(RepeatedSample.of(
                people.participants(),
                Stream.concat(near.stream(), people.places().stream()).toList()));
    }

    private static List<Place> earlier(Study study, Outcome outcome, int position) {
        return outcome.intervals().stream()
                .map(code -> Place.at(study, code))
                .filter(place -> !place.isBaseline() && place.position() < position)
                .sorted(Comparator.comparingInt(Place::position))
                .toList();
    }

    private static boolean isKnownEverywhere(List<Participant> people, int position) {
        SortedMap<String, Integer> seen = new TreeMap<>();
        people.forEach(one -> {
            int value = one.values()[position] == null ? 0 : 1;
            seen.merge(one.site() + " " + one.treated(), value, Integer::sum);
            seen.merge(String.valueOf(one.treated()), value, Integer::sum);
        });
        return seen.values().stream().allMatch(number -> number > 0)
                && seen.getOrDefault("true", 0) >= ENOUGH
                && seen.getOrDefault("false", 0) >= ENOUGH;
    }

    private Place asked() {
        return sample.places().get(sample.places().size() - 1);
    }

    /** The column of the question's own interval. */
    String column() {
        return asked().code();
    }

    /** Everyone, seen or not. */
    Counts counts() {
        int treatment = (int)
                sample.participants().stream().filter(Participant::treated).count();
        return new Counts(treatment, sample.participants().size() - treatment);
    }

    boolean hasBothArms() {
        return counts().treatment() > 0 && counts().control() > 0;
    }

    boolean hasSites() {
        return sample.sites() > 1;
    }

    /** How many of one arm have no value. */
    int missing(boolean treated) {
        return (int) sample.participants().stream()
                .filter(one -> one.treated() == treated && one.values()[asked().position()] == null)
                .count();
    }

    /** Who has no value at the interval and one at a later one. */
    boolean[] comeBack() {
        boolean[] back = new boolean[sample.participants().size()];
        for (int i = 0; i < back.length; i++) {
            Double[] values =
                    Objects.requireNonNull(sample.participants().get(i).values());
            back[i] = values[asked().position()] == null
                    && IntStream.range(asked().position() + 1, values.length).anyMatch(at -> values[at] != null);
        }
        return back;
    }

    /** The arm of each, as a group to fill in within. */
    List<String> arms() {
        return sample.participants().stream()
                .map(one -> one.treated() ? "treatment" : "control")
                .toList();
    }

    /** Baseline and site; the intervals, with what is missing. */
    IncompleteData table() {
        int people = sample.participants().size();
        IncompleteData data =
                IncompleteData.ofRows(people).withComplete(RepeatedSample.BASELINE, sample.baselineValues());
        if (hasSites()) {
            data = data.withFactor(RepeatedSample.SITE, sample.siteCodes());
        }
        for (Place place : sample.places()) {
            double[] values = new double[people];
            boolean[] observed = new boolean[people];
            for (int i = 0; i < people; i++) {
                Double value = sample.participants().get(i).values()[place.position()];
                observed[i] = value != null;
                values[i] = value == null ? 0 : value;
            }
            data = data.withIncomplete(place.code(), values, observed);
        }
        return data;
    }

    /** Arm, and the site where there are several. */
    Design design() {
        Design design = Design.ofArms(sample.treated());
        return hasSites() ? design.withFactor(RepeatedSample.SITE, sample.siteCodes()) : design;
    }
}
