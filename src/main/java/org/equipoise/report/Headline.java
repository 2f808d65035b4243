package org.equipoise.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.equipoise.comparison.Scope;
import org.equipoise.comparison.StoredEstimate;
import org.equipoise.definition.Study;
import org.equipoise.definition.Study.Outcome;
import org.equipoise.definition.Study.Role;
import org.equipoise.definition.Study.Tier;
import org.jspecify.annotations.Nullable;

/**
 * The main results over all sites as a terminal shows them and a morning compares them: primary outcomes at every time,
 * secondary ones at the times the page's first table has.
 */
public final class Headline {
    static final int WIDTH = 120;
    private static final int LONGEST_TIME = 16;
    private static final int LONGEST_ARM = 12;
    private static final int LONGEST_CELL = 34;

    private final Study study;
    private final List<Reading> readings;

    private Headline(Study study, List<Reading> readings) {
        this.study = study;
        this.readings = readings;
    }

    /**
     * The headline of a study's results.
     *
     * @param estimates at least those of {@link Report#quantities()}, in any order
     */
    public static Headline of(Study study, List<StoredEstimate> estimates) {
        StoredEstimates rows = new StoredEstimates(estimates);
        return new Headline(
                study,
                study.outcomes().stream()
                        .filter(outcome -> outcome.tier() != Tier.EXPLORATORY)
                        .map(outcome -> Reading.of(study, outcome, rows))
                        .toList());
    }

    /**
     * An effect as it is shown, shares in per cent.
     *
     * @param outcome code of the outcome
     * @param name its name
     * @param when code of the interval or period
     * @param whenName its name
     */
    public record Effect(
            String outcome,
            String name,
            String when,
            String whenName,
            double value,
            @Nullable Double low,
            @Nullable Double high) {}

    /** The effects that could be estimated, in the order they are shown. */
    public List<Effect> effects() {
        return readings.stream()
                .flatMap(reading -> times(reading).flatMap(when -> effect(reading, when)))
                .toList();
    }

    private static Stream<Effect> effect(Reading reading, When when) {
        Outcome outcome = reading.outcome();
        return reading.effect(when, Scope.OVER_SITES).filter(Reading.Effect::isEstimated).stream()
                .map(shown -> new Effect(
                        outcome.code().value(),
                        outcome.name(),
                        when.code(),
                        when.name(),
                        Objects.requireNonNull(reading.scaled(shown.row().value())),
                        reading.scaled(shown.row().low()),
                        reading.scaled(shown.row().high())));
    }

    private static Stream<When> times(Reading reading) {
        List<When> times = reading.outcome().tier() == Tier.PRIMARY ? reading.times() : reading.marks();
        return times.stream().filter(when -> reading.isTold(when, Scope.OVER_SITES));
    }

    /** One block an outcome, aligned, at most {@value #WIDTH} characters wide; each line ended by a line feed. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (Reading reading : readings) {
            Outcome outcome = reading.outcome();
            line(
                    text,
                    outcome.name() + ", " + outcome.unit() + " ("
                            + Wording.direction(study, outcome, reading.scale().isRatio()) + ")");
            List<When> times = times(reading).toList();
            if (times.isEmpty()) {
                line(text, "  no numbers");
            } else {
                table(text, cells(reading, times));
            }
            text.append('\n');
        }
        new Notes(study, readings).lines().forEach(note -> wrap(text, note));
        return text.toString();
    }

    private List<List<String>> cells(Reading reading, List<When> times) {
        String treatment = reading.arm(Role.TREATMENT);
        String control = reading.arm(Role.CONTROL);
        String value = reading.armColumns().get(1);
        List<List<String>> lines = new ArrayList<>();
        lines.add(List.of(
                "",
                cut(treatment, LONGEST_ARM) + " n",
                value,
                cut(control, LONGEST_ARM) + " n",
                value,
                reading.scale().name() + " ",
                reading.extraColumn(),
                "p",
                "adj. p"));
        for (When when : times) {
            List<String> treated = reading.armCells(when, Scope.OVER_SITES, treatment);
            List<String> controls = reading.armCells(when, Scope.OVER_SITES, control);
            lines.add(List.of(
                    cut(when.name(), LONGEST_TIME),
                    treated.get(0),
                    treated.get(1),
                    controls.get(0),
                    controls.get(1),
                    cut(marked(reading.effectText(when, Scope.OVER_SITES)), LONGEST_CELL),
                    reading.extra(when, Scope.OVER_SITES),
                    reading.p(when, Scope.OVER_SITES),
                    reading.adjustedP(when, Scope.OVER_SITES)));
        }
        return lines;
    }

    /** An effect without a mark leaves room for one, so that the limits stand below each other. */
    private static String marked(String effect) {
        return effect.endsWith(Reading.UNADJUSTED) || effect.endsWith(Reading.ONE_INTERVAL) ? effect : effect + " ";
    }

    /** The first column flush left, the others flush right. */
    private static void table(StringBuilder text, List<List<String>> lines) {
        int[] widths = new int[lines.get(0).size()];
        for (List<String> cells : lines) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], cells.get(i).length());
            }
        }
        for (List<String> cells : lines) {
            StringBuilder line = new StringBuilder("  ");
            for (int i = 0; i < widths.length; i++) {
                String space = " ".repeat(widths[i] - cells.get(i).length());
                line.append(i == 0 ? cells.get(i) + space : "  " + space + cells.get(i));
            }
            line(text, line.toString());
        }
    }

    private static void line(StringBuilder text, String line) {
        text.append(cut(line.stripTrailing(), WIDTH)).append('\n');
    }

    private static void wrap(StringBuilder text, String note) {
        StringBuilder line = new StringBuilder();
        for (String word : note.split(" ", -1)) {
            if (line.length() + word.length() + 1 > WIDTH) {
                line(text, line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        line(text, line.toString());
    }

    private static String cut(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest - 1) + "\u2026";
    }
}
