package org.equipoise.simulation;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.equipoise.vocabulary.ArmCode;
import org.equipoise.vocabulary.MissingReason;
import org.jspecify.annotations.Nullable;

/**
 * A made-up trial of MBT against TAU. Participants are made on demand, each from the seed, the site and
 * the number alone: how many there are, and in which order they are asked for, changes nobody.
 *
 * <p>Overall severity of a person at month t, in standard deviations at baseline (below: the constants'
 * names; {@code simulation.md} tells the model in words):
 *
 * <pre>
 * severity(t) = site + person - change(arm, t) + slope * progress(t) + residual(t)
 * progress(t) = 1 - exp(-t / 18)
 * change(arm, t) = NATURAL_COURSE * progress(t) + LATE_COURSE * t / 96
 *                  + [arm is MBT] * (TREATMENT_EFFECT + site's own) * min(1, t / 18)
 * residual: first-order autoregressive, correlation exp(-months / 6)
 * </pre>
 */
public final class Trial {
    public static final ArmCode MBT = new ArmCode("MBT");
    public static final ArmCode TAU = new ArmCode("TAU");

    /** Length of the treatment of the published trials, when the effect is complete. */
    private static final double TREATMENT_MONTHS = 18;

    private static final double NATURAL_COURSE = 0.45;
    private static final double LATE_COURSE = 0.10;
    private static final double TREATMENT_EFFECT = 0.90;

    private static final double SITE_SD = 0.15;
    private static final double SITE_EFFECT_SD = 0.10;
    private static final double PERSON_SD = 0.75;
    private static final double SLOPE_SD = 0.45;
    private static final double RESIDUAL_SD = 0.50;
    private static final double RESIDUAL_MONTHS = 6;

    /** Half of what an instrument or item has on its own stays with the person, half is of the day. */
    private static final double HALF = Math.sqrt(0.5);

    private static final LocalDate FIRST_ENTRY = LocalDate.of(2016, 2, 1);
    private static final int ENTRY_DAYS = 1240;

    /** Every run of this many participants of a site fills the same entry period, however many follow. */
    private static final int ENTRY_RUN = 60;

    private static final int BLOCK = 4;

    private static final double DEATHS_PER_YEAR = 0.004;
    private static final double WITHDRAWALS_PER_YEAR = 0.012;
    private static final double VISIT_MISSED = 0.05;
    private static final double FORM_BLANK = 0.025;
    private static final double FORM_NOT_DONE = 0.015;
    private static final double ITEM_MISSED = 0.008;

    private static final double DAYS_PER_YEAR = 365.25;

    // What a stream of draws is for. The numbers are part of what a seed means.
    private static final long OF_SITE = 1;
    private static final long OF_ALLOCATION = 2;
    private static final long OF_PERSON = 3;
    private static final long OF_FATE = 4;
    private static final long OF_COURSE = 5;
    private static final long OF_ATTENDANCE = 6;
    private static final long OF_FORM = 7;
    private static final long OF_ANSWERS = 8;
    private static final long OF_EXPORT = 9;
    private static final long OF_CHRONICLE = 10;

    private final long seed;

    public Trial(long seed) {
        this.seed = seed;
    }

    /**
     * Draws for work on a site's file, which leave the participants as they are.
     *
     * @param file from 0, within the site
     */
    Draws drawsForExport(int site, int file) {
        return Draws.of(seed, site, file, OF_EXPORT);
    }

    /**
     * A participant.
     *
     * @param site from 0
     * @param number from 1, within the site
     */
    public SimulatedParticipant participant(int site, int number, Protocol protocol) {
        Draws person = draws(site, number, OF_PERSON);
        int age = (int) Math.max(18, Math.min(60, Math.round(31 + 8.5 * person.normal())));
        boolean female = person.chance(0.78);
        LocalDate randomised = randomised(number, person);
        ArmCode arm = arm(site, number);

        Draws fate = draws(site, number, OF_FATE);
        int wait = arm.equals(MBT) ? 7 + fate.below(42) : 1 + fate.below(28);
        LocalDate treatmentStart = fate.chance(0.04) ? null : workday(randomised.plusDays(wait));
        LocalDate death = known(after(randomised, fate.waitingTime(DEATHS_PER_YEAR)), protocol.exportDay());
        LocalDate withdrawal = known(
                after(randomised, fate.waitingTime(WITHDRAWALS_PER_YEAR)),
                death == null ? protocol.exportDay() : death);
        LocalDate lastDay = Optional.ofNullable(withdrawal)
                .orElse(Optional.ofNullable(death).orElse(protocol.exportDay()));

        List<SimulatedVisit> visits = visits(site, number, arm, randomised, lastDay, protocol);
        LocalDate started = treatmentStart != null && treatmentStart.isAfter(lastDay) ? null : treatmentStart;
        Chronicle chronicle = Chronicler.tell(
                draws(site, number, OF_CHRONICLE), arm.equals(MBT), randomised, started, death, lastDay);
        return new SimulatedParticipant(
                number, arm, age, female, randomised, started, death, withdrawal, visits, chronicle);
    }

    private Draws draws(int site, int number, long topic) {
        return Draws.of(seed, site, number, topic);
    }

    private static LocalDate randomised(int number, Draws person) {
        double place = ((number - 1) % ENTRY_RUN + person.uniform()) / ENTRY_RUN;
        return workday(FIRST_ENTRY.plusDays((long) (place * ENTRY_DAYS)));
    }

    /** Permuted blocks of four within the site, two to each arm. */
    private ArmCode arm(int site, int number) {
        int block = (number - 1) / BLOCK;
        Draws allocation = Draws.of(seed, site, block, OF_ALLOCATION);
        List<ArmCode> arms = new ArrayList<>(List.of(MBT, MBT, TAU, TAU));
        for (int left = BLOCK; left > 1; left--) {
            arms.add(arms.remove(allocation.below(left)));
        }
        return arms.get((number - 1) % BLOCK);
    }

    private static LocalDate after(LocalDate randomised, double years) {
        // Kept within the calendar's reach: a waiting time can be thousands of years.
        return randomised.plusDays(1 + (long) (Math.min(years, 200) * DAYS_PER_YEAR));
    }

    private static @Nullable LocalDate known(LocalDate day, LocalDate lastDay) {
        return day.isBefore(lastDay) ? day : null;
    }

    private List<SimulatedVisit> visits(
            int site, int number, ArmCode arm, LocalDate randomised, LocalDate lastDay, Protocol protocol) {
        double[] severity = course(site, number, arm, protocol.months());
        List<Respondent> respondents = new ArrayList<>();
        for (Protocol.Form form : protocol.forms()) {
            respondents.add(new Respondent(site, number, form));
        }
        Draws attendance = draws(site, number, OF_ATTENDANCE);
        List<SimulatedVisit> visits = new ArrayList<>();
        LocalDate previous = LocalDate.MIN;
        double burden = 0.5;
        for (int i = 0; i < severity.length; i++) {
            int month = protocol.months().get(i);
            LocalDate day = day(randomised, month, attendance);
            boolean stays = month == 0
                    || attendance.chance(
                            staying(burden, month - protocol.months().get(i - 1)));
            boolean comes = !attendance.chance(VISIT_MISSED) || month == 0;
            if (!stays || day.isAfter(lastDay)) {
                return visits;
            }
            if (!comes || !day.isAfter(previous)) {
                continue;
            }
            List<FilledForm> forms = new ArrayList<>(respondents.size());
            for (Respondent respondent : respondents) {
                forms.add(respondent.fill(month, day, severity[i]));
            }
            visits.add(new SimulatedVisit(month, day, forms));
            burden = respondents.get(0).burden(forms.get(0)).orElse(burden);
            previous = day;
        }
        return visits;
    }

    /** Overall severity at each planned month. */
    private double[] course(int site, int number, ArmCode arm, List<Integer> months) {
        Draws ofSite = Draws.of(seed, site, 0, OF_SITE);
        double siteLevel = SITE_SD * ofSite.normal();
        double effect = TREATMENT_EFFECT + SITE_EFFECT_SD * ofSite.normal();
        Draws course = draws(site, number, OF_COURSE);
        double level = PERSON_SD * course.normal();
        double slope = SLOPE_SD * course.normal();
        double residual = course.normal();
        double[] severity = new double[months.size()];
        for (int i = 0; i < severity.length; i++) {
            double month = months.get(i);
            if (i > 0) {
                double kept = StrictMath.exp((months.get(i - 1) - month) / RESIDUAL_MONTHS);
                residual = kept * residual + StrictMath.sqrt(1 - kept * kept) * course.normal();
            }
            double progress = 1 - StrictMath.exp(-month / TREATMENT_MONTHS);
            double change = NATURAL_COURSE * progress + LATE_COURSE * month / 96;
            if (arm.equals(MBT)) {
                change += effect * Math.min(1, month / TREATMENT_MONTHS);
            }
            severity[i] = siteLevel + level - change + slope * progress + RESIDUAL_SD * residual;
        }
        return severity;
    }

    /**
     * Chance of still being followed after this gap. It depends on the last score the site has seen, and
     * on nothing unseen: data are missing at random, with more loss among the more burdened.
     *
     * @param burden the score as a share of the worst, 0 to 1
     */
    private static double staying(double burden, int months) {
        double lostInHalfYear = 1 / (1 + StrictMath.exp(5.4 - 3.5 * burden));
        return StrictMath.pow(1 - lostInHalfYear, months / 6.0);
    }

    /** Baseline up to three weeks before randomisation; later visits around their target, some far too late. */
    private static LocalDate day(LocalDate randomised, int month, Draws attendance) {
        double slip = attendance.normal();
        double late = attendance.chance(0.03) ? 30 + 30 * attendance.uniform() : 0;
        if (month == 0) {
            return workday(randomised.minusDays((long) Math.min(21, 7 * Math.abs(slip))));
        }
        double spread = month <= 18 ? 6 : month <= 36 ? 12 : 25;
        return workday(randomised.plusMonths(month).plusDays(Math.round(3 + spread * slip + late)));
    }

    /** Clinics close at weekends. Never moves a day before a working day past it. */
    private static LocalDate workday(LocalDate day) {
        if (day.getDayOfWeek() == DayOfWeek.SATURDAY) {
            return day.minusDays(1);
        }
        return day.getDayOfWeek() == DayOfWeek.SUNDAY ? day.plusDays(1) : day;
    }

    /** How one person answers one questionnaire, visit after visit. */
    private final class Respondent {
        private final int site;
        private final int number;
        private final Questionnaire questionnaire;
        private final long form;
        private final double own;
        private final double[] ownItems;
        private final boolean skipsFirst;

        Respondent(int site, int number, Protocol.Form planned) {
            this.site = site;
            this.number = number;
            questionnaire = planned.questionnaire();
            // By name, so that a site may use a questionnaire twice under two names.
            form = planned.name().hashCode();
            Draws traits = Draws.of(seed, site, number, OF_FORM, form);
            own = traits.normal();
            skipsFirst = traits.chance(questionnaire.firstItemSkipped());
            ownItems = new double[questionnaire.items()];
            Arrays.setAll(ownItems, item -> traits.normal());
        }

        FilledForm fill(int month, LocalDate visit, double severity) {
            Draws today = Draws.of(seed, site, number, OF_ANSWERS, form, month);
            LocalDate day =
                    questionnaire.selfReport() && today.chance(0.4) ? visit.minusDays(1 + today.below(5)) : visit;
            double share = questionnaire.share();
            double loading = questionnaire.loading();
            double latent = share * severity + rest(share) * HALF * (own + today.normal());
            int[] answers = new int[questionnaire.items()];
            MissingReason[] reasons = new MissingReason[answers.length];
            MissingReason whole = wholeForm(today);
            for (int item = 0; item < answers.length; item++) {
                double latentItem = loading * latent + rest(loading) * HALF * (ownItems[item] + today.normal());
                answers[item] = questionnaire.answer(item, latentItem);
                MissingReason missed = today.chance(ITEM_MISSED) ? missedItem(today) : MissingReason.NONE;
                reasons[item] = whole != MissingReason.NONE
                        ? whole
                        : item == 0 && skipsFirst ? MissingReason.NOT_ASKED : missed;
            }
            return new FilledForm(day, answers, reasons);
        }

        private static double rest(double correlation) {
            return StrictMath.sqrt(1 - correlation * correlation);
        }

        private static MissingReason wholeForm(Draws today) {
            double u = today.uniform();
            return u < FORM_BLANK
                    ? MissingReason.BLANK
                    : u < FORM_BLANK + FORM_NOT_DONE ? MissingReason.NOT_DONE : MissingReason.NONE;
        }

        private static MissingReason missedItem(Draws today) {
            double u = today.uniform();
            return u < 0.45 ? MissingReason.NOT_DONE : u < 0.85 ? MissingReason.REFUSED : MissingReason.NOT_ASKED;
        }

        /** The total as a share of the worst, if the form is full. */
        Optional<Double> burden(FilledForm form) {
            double range = questionnaire.items() * (double) (questionnaire.highest() - questionnaire.lowest());
            double lowest = questionnaire.items() * (double) questionnaire.lowest();
            return form.total().stream()
                    .mapToObj(total -> {
                        double share = (total - lowest) / range;
                        return questionnaire.step() < 0 ? 1 - share : share;
                    })
                    .findFirst();
        }
    }
}
