package org.equipoise.comparison;

import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.equipoise.comparison.AnalysisSet.Participant;
import org.equipoise.comparison.Models.Model;
import org.equipoise.comparison.Sample.Counts;
import org.equipoise.statistics.Design;
import org.equipoise.statistics.TwoByTwoTable;
import org.jspecify.annotations.Nullable;

/** The participants of a question who have a value, as columns. */
record Cases(List<Participant> participants, int position) {
    private static final short EVENT = 1;
    private static final short DEATH = 2;

    Cases {
        participants = List.copyOf(participants);
    }

    Counts counts() {
        int treated = (int) participants.stream().filter(Participant::treated).count();
        return new Counts(treated, participants.size() - treated);
    }

    boolean hasBothArms() {
        return counts().treatment() > 0 && counts().control() > 0;
    }

    /** Those of one arm. */
    Cases of(boolean treated) {
        return new Cases(
                participants.stream().filter(one -> one.treated() == treated).toList(), position);
    }

    /** Those of each site, by its code. */
    SortedMap<String, Cases> bySite() {
        SortedMap<String, Cases> sites = new TreeMap<>();
        siteCodes().stream()
                .distinct()
                .forEach(site -> sites.put(
                        site,
                        new Cases(
                                participants.stream()
                                        .filter(one -> one.site().equals(site))
                                        .toList(),
                                position)));
        return sites;
    }

    double[] values() {
        return participants.stream()
                .mapToDouble(one -> Objects.requireNonNull(one.values()[position]))
                .toArray();
    }

    double[] exposures() {
        return participants.stream()
                .mapToDouble(one -> Objects.requireNonNull(one.exposures()[position]))
                .toArray();
    }

    boolean[] treated() {
        boolean[] treated = new boolean[participants.size()];
        for (int i = 0; i < treated.length; i++) {
            treated[i] = participants.get(i).treated();
        }
        return treated;
    }

    /** Whether it happened to each. */
    boolean[] events() {
        boolean[] events = new boolean[participants.size()];
        for (int i = 0; i < events.length; i++) {
            events[i] = ending(i) == EVENT;
        }
        return events;
    }

    /** 0 censored, 1 the event, 2 a death that is not the event. */
    int[] endings() {
        int[] endings = new int[participants.size()];
        for (int i = 0; i < endings.length; i++) {
            endings[i] = ending(i);
        }
        return endings;
    }

    private short ending(int i) {
        return Objects.requireNonNull(participants.get(i).endings()[position]);
    }

    int eventCount() {
        int count = 0;
        for (boolean event : events()) {
            count += event ? 1 : 0;
        }
        return count;
    }

    int deathCount() {
        int count = 0;
        for (int ending : endings()) {
            count += ending == DEATH ? 1 : 0;
        }
        return count;
    }

    /** Therapy group or therapist of each; null where neither is known. */
    List<@Nullable String> clusters() {
        return new Sample(participants, position).clusters();
    }

    List<String> siteCodes() {
        return participants.stream().map(Participant::site).toList();
    }

    boolean hasSites() {
        return siteCodes().stream().distinct().count() > 1;
    }

    /** Those who have each of the factors. */
    Cases complete(List<String> factors) {
        return new Cases(
                participants.stream()
                        .filter(one -> one.factors().keySet().containsAll(factors))
                        .toList(),
                position);
    }

    /** Those who have a baseline of the score that adjusts the outcome. */
    Cases withBaseline() {
        return new Cases(
                participants.stream().filter(one -> one.baseline() != null).toList(), position);
    }

    /** Those who have what the model asks for. */
    Cases complete(Model model) {
        Cases complete = complete(model.factors());
        return model.baseline() ? complete.withBaseline() : complete;
    }

    /** Arm, and what the model asks for; the site too, if asked. */
    Design design(Model model, boolean sites) {
        Design design = Design.ofArms(treated());
        if (model.baseline()) {
            design = design.withCovariate(
                    "baseline",
                    participants.stream()
                            .mapToDouble(one -> Objects.requireNonNull(one.baseline()))
                            .toArray());
        }
        for (String factor : model.factors()) {
            design = design.withFactor(
                    factor,
                    participants.stream()
                            .map(one -> Objects.requireNonNull(one.factors().get(factor)))
                            .toList());
        }
        return sites ? design.withFactor("site", siteCodes()) : design;
    }

    TwoByTwoTable table() {
        return TwoByTwoTable.of(of(true).events(), of(false).events());
    }
}
