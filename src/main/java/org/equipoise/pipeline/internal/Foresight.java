package org.equipoise.pipeline.internal;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.equipoise.definition.Study;
import org.equipoise.harmonize.HarmonizedParticipant;
import org.equipoise.harmonize.HarmonizedParticipant.Cell;
import org.equipoise.harmonize.HarmonizedParticipant.OutcomeSeries;
import org.equipoise.pipeline.Foreseen;
import org.equipoise.pipeline.Foreseen.OutcomeChange;
import org.equipoise.pipeline.Foreseen.Reading;
import org.equipoise.vocabulary.Problem;
import org.equipoise.warehouse.PublishedParticipants.Place;
import org.equipoise.warehouse.PublishedParticipants.Published;
import org.jspecify.annotations.Nullable;

/** Counts in what participants would differ from what is published of them. */
final class Foresight {
    private static final class Count {
        int appeared;
        int changed;
        int vanished;
    }

    private final Study study;
    private final SortedMap<String, SortedMap<String, Count>> outcomes = new TreeMap<>();
    private int participants;
    private int added;
    private int changed;
    private int removed;

    Foresight(Study study) {
        this.study = study;
    }

    /** Somebody as they would be published, and as they are; null where they are not. */
    void see(HarmonizedParticipant after, @Nullable Published before) {
        participants++;
        if (before == null) {
            added++;
        } else if (!Arrays.equals(before.contentHash(), after.contentHash())) {
            changed++;
        } else {
            return;
        }
        compare(after.site().value(), before == null ? Map.of() : before.values(), values(after));
    }

    /** Somebody of whom no file speaks any more. */
    void seeGone(@Nullable Published before) {
        participants++;
        if (before != null) {
            removed++;
            compare(before.site(), before.values(), Map.of());
        }
    }

    Foreseen result(List<Reading> readings, List<Problem> problems) {
        List<OutcomeChange> changes = outcomes.entrySet().stream()
                .flatMap(site -> site.getValue().entrySet().stream()
                        .map(outcome -> new OutcomeChange(
                                site.getKey(),
                                outcome.getKey(),
                                outcome.getValue().appeared,
                                outcome.getValue().changed,
                                outcome.getValue().vanished)))
                .toList();
        return new Foreseen(readings, problems, participants, added, changed, removed, changes);
    }

    private Map<Place, Double> values(HarmonizedParticipant participant) {
        Map<Place, Double> values = new HashMap<>();
        for (OutcomeSeries series : participant.series()) {
            List<String> places = places(series);
            for (int i = 0; i < places.size(); i++) {
                Cell cell = series.cells().get(i);
                if (cell.value() != null) {
                    values.put(new Place(series.outcome().value(), places.get(i)), cell.value());
                }
            }
        }
        return values;
    }

    private List<String> places(OutcomeSeries series) {
        return series.overPeriods()
                ? study.outcome(series.outcome()).periods().stream()
                        .map(period -> period.value())
                        .toList()
                : study.intervals().stream()
                        .map(interval -> interval.code().value())
                        .toList();
    }

    private void compare(String site, Map<Place, Double> before, Map<Place, Double> after) {
        Set<Place> places = new HashSet<>(before.keySet());
        places.addAll(after.keySet());
        for (Place place : places) {
            Double then = before.get(place);
            Double now = after.get(place);
            if (then == null) {
                count(site, place).appeared++;
            } else if (now == null) {
                count(site, place).vanished++;
            } else if (!then.equals(now)) {
                count(site, place).changed++;
            }
        }
    }

    private Count count(String site, Place place) {
        return outcomes.computeIfAbsent(site, code -> new TreeMap<>())
                .computeIfAbsent(place.outcome(), code -> new Count());
    }
}
