package org.equipoise.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.equipoise.comparison.Scope;
import org.equipoise.definition.Study;
import org.equipoise.definition.Study.Outcome;
import org.equipoise.definition.Study.Role;
import org.equipoise.definition.Study.Tier;

/** The first table: primary and secondary outcomes at their marks, over all sites. */
final class HeadlineSection {
    private final Study study;
    private final List<Reading> readings;
    private final Numbering numbering;

    HeadlineSection(Study study, List<Reading> readings, Numbering numbering) {
        this.study = study;
        this.readings = readings;
        this.numbering = numbering;
    }

    String render() {
        return "<section id=\"headline\">\n<h2>Main results</h2>\n"
                + table(study, readings, numbering.tableCaption("Main results over all sites."), Scope.OVER_SITES)
                + notes() + "</section>\n";
    }

    /** Primary and secondary outcomes at their marks, over some sites. */
    static String table(Study study, List<Reading> readings, String caption, String sites) {
        String treatment = study.arm(Role.TREATMENT).code().value();
        String control = study.arm(Role.CONTROL).code().value();
        Table table = new Table(
                "numbers headline",
                caption,
                List.of(
                        "Outcome",
                        treatment + ", n",
                        treatment + ", value",
                        control + ", n",
                        control + ", value",
                        "Effect (95 % CI)",
                        "Beside it",
                        "p",
                        "Adjusted p"));
        readings.stream()
                .filter(reading -> reading.outcome().tier() != Tier.EXPLORATORY)
                .forEach(reading -> add(table, reading, treatment, control, sites));
        return table.render();
    }

    private static void add(Table table, Reading reading, String treatment, String control, String sites) {
        Outcome outcome = reading.outcome();
        List<When> told = reading.marks().stream()
                .filter(when -> reading.isTold(when, sites))
                .toList();
        table.group(
                outcome.name(),
                Wording.tier(outcome.tier()) + "; " + outcome.unit() + ", "
                        + reading.armColumns().get(1) + "; "
                        + reading.scale().name().toLowerCase(Locale.ROOT) + ", "
                        + Wording.direction(
                                reading.study(), outcome, reading.scale().isRatio())
                        + "; beside it " + reading.extraColumn());
        for (When when : told) {
            List<String> treated = reading.armCells(when, sites, treatment);
            List<String> controls = reading.armCells(when, sites, control);
            table.row(List.of(
                    when.name(),
                    treated.get(0),
                    treated.get(1),
                    controls.get(0),
                    controls.get(1),
                    reading.effectText(when, sites),
                    reading.extra(when, sites),
                    reading.p(when, sites),
                    reading.adjustedP(when, sites)));
        }
        if (told.isEmpty()) {
            table.row(Stream.concat(
                            Stream.of("No numbers"),
                            Stream.generate(() -> Numerals.NONE).limit(8))
                    .toList());
        }
    }

    private String notes() {
        return Html.notes(new Notes(study, readings).lines());
    }
}
