package org.equipoise.simulation;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.equipoise.simulation.Chronicle.Care;
import org.equipoise.simulation.Chronicle.Incident;
import org.equipoise.simulation.Chronicle.State;
import org.jspecify.annotations.Nullable;

/**
 * Makes up what happens to a person between visits. Incidents come as a Poisson process whose rate falls with
 * time, faster in MBT, times a person's own proneness (log-normal, mean 1); states begin and end at rates by arm.
 * The rates were set so that shares and durations come near those of the eight-year follow-up; {@code simulation.md}
 * tells both.
 */
final class Chronicler {
    private static final double DAYS_PER_YEAR = 365.25;
    private static final double PRONENESS_SD = 0.9;
    private static final double YEARS_OF_CHANGE = 1.5;
    private static final int MONTHS_BEFORE = 6;
    private static final double MEAN_STAY = 14;
    private static final double SHARE_OF_SEVERE = 0.4;
    private static final int THERAPISTS = 6;
    private static final int GROUPS = 3;

    private final Draws draws;
    private final boolean treated;
    private final LocalDate randomised;
    private final LocalDate lastDay;
    private final double proneness;
    private final List<Incident> incidents = new ArrayList<>();
    private final List<State> states = new ArrayList<>();
    private final List<Care> care = new ArrayList<>();

    private Chronicler(Draws draws, boolean treated, LocalDate randomised, LocalDate lastDay) {
        this.draws = draws;
        this.treated = treated;
        this.randomised = randomised;
        this.lastDay = lastDay;
        proneness = StrictMath.exp(PRONENESS_SD * draws.normal() - PRONENESS_SD * PRONENESS_SD / 2);
    }

    /**
     * Tells a person's story.
     *
     * @param treated whether in MBT
     * @param lastDay last day anything is known of the person
     */
    static Chronicle tell(
            Draws draws,
            boolean treated,
            LocalDate randomised,
            @Nullable LocalDate treatmentStart,
            @Nullable LocalDate death,
            LocalDate lastDay) {
        Chronicler chronicler = new Chronicler(draws, treated, randomised, lastDay);
        chronicler.tellIncidents(death);
        chronicler.tellAdmissions();
        chronicler.tellStates();
        if (treatmentStart != null && treatmentStart.isBefore(lastDay)) {
            chronicler.tellCare(treatmentStart);
        }
        chronicler.tellSeverity();
        chronicler.incidents.sort(Comparator.comparing(Incident::day).thenComparing(Incident::kind));
        chronicler.states.sort(Comparator.comparing(State::from).thenComparing(State::kind));
        return new Chronicle(chronicler.incidents, chronicler.states, chronicler.care, lastDay);
    }

    private void tellIncidents(@Nullable LocalDate death) {
        incidents(Chronicle.ATTEMPT, rate(1.2, treated ? 0.04 : 0.30));
        incidents(Chronicle.SELF_HARM, rate(2.4, treated ? 0.15 : 0.60));
        incidents(Chronicle.EMERGENCY, rate(1.0, treated ? 0.10 : 0.45));
        incidents(Chronicle.ADVERSE, rate(0.06, 0.04));
        if (death != null) {
            incidents.add(
                    new Incident(Chronicle.DEATH, death, draws.chance(0.4) ? Chronicle.SUICIDE : Chronicle.OTHER));
        }
    }

    /** Drawn last: the rest of the story is the same whatever share is severe. */
    private void tellSeverity() {
        incidents.replaceAll(incident -> incident.kind().equals(Chronicle.SELF_HARM)
                ? new Incident(
                        incident.kind(),
                        incident.day(),
                        draws.chance(SHARE_OF_SEVERE) ? Chronicle.SEVERE : Chronicle.OTHER)
                : incident);
    }

    /** Falls exponentially from a rate a year before randomisation to another. */
    private DoubleUnaryOperator rate(double before, double after) {
        return years -> proneness
                * (years < 0 ? before : after + (before - after) * StrictMath.exp(-years / YEARS_OF_CHANGE * 2));
    }

    private void incidents(String kind, DoubleUnaryOperator rate) {
        LocalDate before = LocalDate.MIN;
        for (LocalDate day : arrivals(rate)) {
            // Two on one day are one: a site that sends a row each could not tell them apart.
            if (!day.equals(before)) {
                incidents.add(new Incident(kind, day, null));
            }
            before = day;
        }
    }

    /** Days of a Poisson process, by thinning one at the greatest rate, which is the first. */
    private List<LocalDate> arrivals(DoubleUnaryOperator rate) {
        List<LocalDate> days = new ArrayList<>();
        double start = -MONTHS_BEFORE / 12.0;
        double end = ChronoUnit.DAYS.between(randomised, lastDay) / DAYS_PER_YEAR;
        double greatest = rate.applyAsDouble(start);
        double years = start + draws.waitingTime(greatest);
        while (years < end) {
            if (draws.chance(rate.applyAsDouble(years) / greatest)) {
                days.add(day(years));
            }
            years += draws.waitingTime(greatest);
        }
        return days;
    }

    private LocalDate day(double years) {
        return randomised.plusDays((long) StrictMath.floor(years * DAYS_PER_YEAR));
    }

    private void tellAdmissions() {
        LocalDate free = LocalDate.MIN;
        for (LocalDate day : arrivals(rate(0.9, treated ? 0.03 : 0.25))) {
            LocalDate end = day.plusDays(1 + Math.min(120, (long) (MEAN_STAY * draws.waitingTime(1))));
            if (day.isAfter(free)) {
                states.add(new State(Chronicle.ADMISSION, null, day, known(end)));
                free = end;
            }
        }
    }

    private @Nullable LocalDate known(LocalDate end) {
        return end.isAfter(lastDay) ? null : end;
    }

    private void tellStates() {
        states(Chronicle.MEDICATION, Chronicle.ANTIDEPRESSANT, 0.70, 0.10, treated ? 0.70 : 0.18);
        states(Chronicle.MEDICATION, Chronicle.ANTIPSYCHOTIC, 0.40, 0.08, treated ? 1.20 : 0.22);
        states(Chronicle.MEDICATION, Chronicle.MOOD_STABILISER, 0.20, 0.05, treated ? 0.80 : 0.25);
        states(Chronicle.MEDICATION, Chronicle.ANXIOLYTIC, 0.30, 0.08, treated ? 1.00 : 0.40);
        states(Chronicle.EMPLOYMENT, null, 0.25, treated ? 0.28 : 0.10, 0.30);
        states(Chronicle.OUTPATIENT, null, 0.85, 0.15, treated ? 0.35 : 0.18);
        states(Chronicle.OTHER_THERAPY, null, 0.05, 0.06, 1.10);
    }

    /** In and out of a state, with a chance of being in it at first and rates a year of entering and leaving. */
    private void states(String kind, @Nullable String detail, double atFirst, double entering, double leaving) {
        double end = ChronoUnit.DAYS.between(randomised, lastDay) / DAYS_PER_YEAR;
        double from = -MONTHS_BEFORE / 12.0;
        boolean inside = draws.chance(atFirst);
        while (from < end) {
            double to = from + draws.waitingTime(inside ? leaving : entering) + 2 / DAYS_PER_YEAR;
            if (inside) {
                states.add(new State(kind, detail, day(from), known(day(to).minusDays(1))));
            }
            from = to;
            inside = !inside;
        }
    }

    private void tellCare(LocalDate start) {
        double months = treated ? 18 * Math.min(1, 0.25 + draws.uniform()) : 6 + 24 * draws.uniform();
        LocalDate end = start.plusDays((long) (months * DAYS_PER_YEAR / 12));
        LocalDate last = end.isAfter(lastDay) ? lastDay : end;
        int weeks = (int) (ChronoUnit.DAYS.between(start, last) / 7);
        String therapist = "T" + (1 + draws.below(THERAPISTS));
        if (treated) {
            add(Chronicle.INDIVIDUAL, therapist, null, start, end, (int) (weeks * 0.78));
            add(Chronicle.GROUP, "T" + (1 + draws.below(THERAPISTS)), "G" + (1 + draws.below(GROUPS)), start, end, (int)
                    (weeks * 0.70));
        } else {
            add(Chronicle.CASE_MANAGEMENT, therapist, null, start, end, weeks / 3);
        }
    }

    private void add(
            String modality, String therapist, @Nullable String group, LocalDate from, LocalDate to, int sessions) {
        care.add(new Care(modality, therapist, group, from, known(to), sessions));
    }
}
