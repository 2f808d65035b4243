package org.equipoise.simulation;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a made-up person, from half a year before randomisation to the last day anything is known.
 * Each list is by day.
 *
 * @param lastDay nothing later is known
 */
public record Chronicle(List<Incident> incidents, List<State> states, List<Care> care, LocalDate lastDay) {
    static final String ATTEMPT = "suicide_attempt";
    static final String SELF_HARM = "self_harm";
    static final String EMERGENCY = "emergency_visit";
    static final String ADVERSE = "serious_adverse_event";
    static final String DEATH = "death";

    static final String SEVERE = "severe";
    static final String SUICIDE = "suicide";
    static final String OTHER = "other";

    static final String ADMISSION = "admission";
    static final String MEDICATION = "medication";
    static final String EMPLOYMENT = "employment";
    static final String OUTPATIENT = "outpatient_care";
    static final String OTHER_THERAPY = "other_therapy";

    static final String ANTIDEPRESSANT = "antidepressant";
    static final String ANTIPSYCHOTIC = "antipsychotic";
    static final String MOOD_STABILISER = "mood_stabiliser";
    static final String ANXIOLYTIC = "anxiolytic";
    static final List<String> DRUGS = List.of(ANTIDEPRESSANT, ANTIPSYCHOTIC, MOOD_STABILISER, ANXIOLYTIC);

    static final String INDIVIDUAL = "individual";
    static final String GROUP = "group";
    static final String CASE_MANAGEMENT = "case_management";

    public Chronicle {
        incidents = List.copyOf(incidents);
        states = List.copyOf(states);
        care = List.copyOf(care);
    }

    /** Something that happened on a day. */
    public record Incident(
            String kind, LocalDate day, @Nullable String detail) {}

    /** A time in one state; without a last day it goes on. */
    public record State(
            String kind,
            @Nullable String detail,
            LocalDate from,
            @Nullable LocalDate to) {}

    /** Care given; without a last day it goes on. */
    public record Care(
            String modality,
            String therapist,
            @Nullable String group,
            LocalDate from,
            @Nullable LocalDate to,
            int sessions) {}

    Stream<State> states(String kind) {
        return states.stream().filter(state -> state.kind().equals(kind));
    }

    /** How often it happened from one day to another, both counted. */
    long count(String kind, LocalDate from, LocalDate to) {
        return within(kind, from, to).count();
    }

    /** How often it happened in the form that the detail tells. */
    long count(String kind, String detail, LocalDate from, LocalDate to) {
        return within(kind, from, to)
                .filter(incident -> detail.equals(incident.detail()))
                .count();
    }

    private Stream<Incident> within(String kind, LocalDate from, LocalDate to) {
        return incidents.stream()
                .filter(incident -> incident.kind().equals(kind))
                .filter(incident ->
                        !incident.day().isBefore(from) && !incident.day().isAfter(to));
    }

    /** How many of these days were spent in a state. Those of one kind do not overlap, but for drugs. */
    long days(String kind, LocalDate from, LocalDate to) {
        return states(kind)
                .mapToLong(state -> Math.max(0, ChronoUnit.DAYS.between(later(state.from(), from), end(state, to)) + 1))
                .sum();
    }

    /** Whether any of these days was spent on a drug of the class. */
    boolean takes(String drug, LocalDate from, LocalDate to) {
        return states(MEDICATION)
                .filter(state -> drug.equals(state.detail()))
                .anyMatch(state -> !later(state.from(), from).isAfter(end(state, to)));
    }

    private static LocalDate later(LocalDate one, LocalDate other) {
        return one.isAfter(other) ? one : other;
    }

    private static LocalDate end(State state, LocalDate last) {
        return state.to() == null || state.to().isAfter(last) ? last : state.to();
    }
}
