package org.equipoise.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.equipoise.comparison.Scope;
import org.equipoise.definition.Study;
import org.equipoise.definition.Study.Conduct;
import org.equipoise.warehouse.Harmonization;

/**
 * What the study calls harms, together: by arm and period how many people and events, of how many, and who could not tell.
 * Nothing is told by arm while the study runs.
 */
final class HarmsSection {
    static final String HEADING = "Harms";
    private static final String METHOD = "participants";
    static final List<String> QUANTITIES = List.of(METHOD + "/missing");
    private static final String COMPLETE = "complete";
    private static final List<String> COLUMNS = List.of("n", "unknown", "events", "rate");

    private final Study study;
    private final List<Harmonization> harmonization;
    private final List<Reading> harms;
    private final Numbering numbering;

    HarmsSection(Report report, List<Reading> readings, Numbering numbering) {
        this.study = report.study();
        this.harmonization = report.harmonization();
        this.harms =
                readings.stream().filter(reading -> reading.outcome().harm()).toList();
        this.numbering = numbering;
    }

    static boolean isShown(Report report) {
        return report.study().outcomes().stream().anyMatch(Study.Outcome::harm);
    }

    String render() {
        return harms.isEmpty()
                ? ""
                : "<section id=\"harms\">\n<h2>" + HEADING + "</h2>\n"
                        + (study.conduct() == Conduct.ONGOING ? everyone() : table()) + Html.notes(notes())
                        + "</section>\n";
    }

    private String everyone() {
        return harms.stream()
                .map(reading -> new EveryoneTable(reading, numbering).render())
                .collect(Collectors.joining());
    }

    private String table() {
        List<String> columns = new ArrayList<>(List.of("When"));
        harms.get(0).arms().forEach(arm -> COLUMNS.forEach(column -> columns.add(arm + ", " + column)));
        columns.add("Effect (95 % CI)");
        Table table =
                new Table("numbers harms", numbering.tableCaption("Harms by arm and period, all sites."), columns);
        harms.forEach(reading -> add(table, reading));
        return table.render();
    }

    private static void add(Table table, Reading reading) {
        table.group(
                reading.outcome().name(),
                reading.outcome().unit() + "; " + reading.scale().name().toLowerCase(Locale.ROOT));
        for (When when : reading.times()) {
            List<String> cells = new ArrayList<>(List.of(when.name()));
            for (String arm : reading.arms()) {
                List<String> events = reading.eventCells(when, Scope.OVER_SITES, arm);
                cells.add(events.get(0));
                cells.add(Numerals.whole(
                        reading.rows().number(reading.about(when, Scope.OVER_SITES), arm, METHOD, "value", "missing")));
                cells.addAll(events.subList(1, events.size()));
            }
            cells.add(reading.effectText(when, Scope.OVER_SITES));
            table.row(cells);
        }
    }

    private List<String> notes() {
        return Stream.of(
                        Stream.of(
                                "n: people of whom it is known. Unknown: people allocated of whom it is not, those who"
                                        + " had died or withdrawn before and those for whom it is still to come included."
                                        + " A harm that was not looked for did not fail to happen: fewer known is no safety.",
                                "Whether something happened is known of those covered for "
                                        + Numerals.number(100 * study.followUp().coverage(), 0)
                                        + " % of a period, or until death; events are counted over the time in which they"
                                        + " would have been known. Harms are described, and not corrected for how many"
                                        + " there are."),
                        marks(),
                        harms.stream().flatMap(this::whereNotTold))
                .flatMap(lines -> lines)
                .toList();
    }

    private Stream<String> marks() {
        return harms.stream()
                .flatMap(reading ->
                        reading.times().stream().flatMap(when -> reading.effect(when, Scope.OVER_SITES).stream()))
                .filter(effect -> effect.isEstimated() && effect.source().mark().equals(Reading.UNADJUSTED))
                .map(effect -> Reading.UNADJUSTED_NOTE)
                .distinct();
    }

    /** At which sites a harm cannot be known as the others know it, one line a reason. */
    private Stream<String> whereNotTold(Reading reading) {
        List<Harmonization> less = harmonization.stream()
                .filter(row -> row.outcome().equals(reading.outcome().code().value()))
                .filter(row -> !row.status().equals(COMPLETE))
                .toList();
        return less.stream()
                .map(HarmsSection::why)
                .distinct()
                .map(why -> reading.outcome().name() + ", "
                        + less.stream()
                                .filter(row -> why(row).equals(why))
                                .map(Harmonization::site)
                                .sorted()
                                .collect(Collectors.joining(", "))
                        + ": " + why + ".");
    }

    private static String why(Harmonization row) {
        return row.status() + ", " + row.reason();
    }
}
