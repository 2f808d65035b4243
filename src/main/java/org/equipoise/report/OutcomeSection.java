package org.equipoise.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.equipoise.comparison.Scope;
import org.equipoise.comparison.StoredEstimate;
import org.equipoise.definition.Study;
import org.equipoise.definition.Study.Outcome;
import org.equipoise.definition.Study.OutcomeType;
import org.equipoise.definition.Study.Role;
import org.equipoise.definition.Study.Tier;
import org.equipoise.report.ForestFigure.Row;
import org.equipoise.report.ForestFigure.Who;
import org.equipoise.report.PointFigure.Mark;
import org.equipoise.report.Reading.Effect;

/** All that is known of one outcome: the arms over time, the effects, the sites. */
final class OutcomeSection {
    private final Reading reading;
    private final Study study;
    private final Outcome outcome;
    private final List<String> sites;
    private final Numbering numbering;

    OutcomeSection(Reading reading, List<String> sites, Numbering numbering) {
        this.reading = reading;
        this.study = reading.study();
        this.outcome = reading.outcome();
        this.sites = sites;
        this.numbering = numbering;
    }

    /** Where links to it lead. */
    static String anchor(Outcome outcome) {
        return "outcome-" + outcome.code().value();
    }

    String render() {
        String heading = "<h3>" + Html.text(outcome.name()) + "</h3>";
        String body = "<p class=\"facts\">"
                + Html.text(outcome.unit() + "; "
                        + Wording.direction(study, outcome, reading.scale().isRatio()) + Wording.standardized(outcome))
                + "</p>\n" + content();
        return "<section class=\"outcome\" id=\"" + Html.text(anchor(outcome)) + "\">\n"
                + (outcome.tier() == Tier.EXPLORATORY
                        ? "<details>\n<summary>" + heading + "</summary>\n" + body + "</details>\n"
                        : heading + "\n" + body)
                + "</section>\n";
    }

    private String content() {
        List<When> told = reading.times().stream()
                .filter(when -> reading.isTold(when, Scope.OVER_SITES))
                .toList();
        if (told.isEmpty()) {
            return "<p>" + Html.text(nothing()) + "</p>\n" + new EveryoneTable(reading, numbering).render();
        }
        String figures = overTime(told) + (sites.size() > 1 ? lastForest(told) : "");
        return (figures.isEmpty() ? "" : "<div class=\"pair\">\n" + figures + "</div>\n")
                + table(told)
                + new Incidence(reading, told, numbering).tables()
                + new MissingValues(reading, told, numbering).tables()
                + (sites.size() > 1 ? sideBySide(told) + atEachMark(told) : "");
    }

    private String nothing() {
        return "No numbers: "
                + reading.times().stream()
                        .flatMap(when -> reading.effect(when, Scope.OVER_SITES).stream())
                        .map(effect -> Wording.reason(effect.row().reason()))
                        .distinct()
                        .reduce((first, next) -> first + ", " + next)
                        .orElse("not compared")
                + ".";
    }

    private String overTime(List<When> told) {
        if (outcome.type() == OutcomeType.TIME_TO_EVENT) {
            return new Incidence(reading, told, numbering).figures();
        }
        boolean periods = outcome.isOverPeriods();
        List<Mark> marks = new ArrayList<>();
        told.forEach(when -> marks.add(new Mark(place(when, marks.size()), when.label())));
        PointFigure figure = new PointFigure(
                outcome.name() + " over time, all sites",
                reading.unit(),
                periods ? "Months since time zero, by period" : "Months since time zero",
                marks,
                Stream.of(Role.TREATMENT, Role.CONTROL)
                        .map(role -> series(role, told))
                        .toList(),
                !periods,
                outcome.type() != OutcomeType.CONTINUOUS);
        return figure.isEmpty()
                ? ""
                : numbering.figure(
                        outcome.name() + ". " + reading.unit()
                                + ", observed in each arm, with 95 % confidence intervals,"
                                + " all sites. What has no interval is in the table only.",
                        figure::render);
    }

    /** Planned points stand at their month, periods beside each other. */
    private static double place(When when, int position) {
        return when.isPeriod() ? position : when.toMonth();
    }

    private Series series(Role role, List<When> told) {
        String arm = reading.arm(role);
        List<Series.Point> points = new ArrayList<>();
        for (int i = 0; i < told.size(); i++) {
            double x = place(told.get(i), i);
            reading.drawn(told.get(i), Scope.OVER_SITES, arm)
                    .flatMap(row -> Series.Point.of(x, row, reading.drawnFactor()))
                    .ifPresent(points::add);
        }
        return new Series(arm, role == Role.TREATMENT, points);
    }

    private String table(List<When> told) {
        List<String> columns = new ArrayList<>(List.of(outcome.isOverPeriods() ? "Period" : "Interval"));
        reading.arms().forEach(arm -> reading.armColumns().forEach(column -> columns.add(arm + ", " + column)));
        columns.addAll(List.of(reading.scale().name() + " (95 % CI)", reading.extraColumn(), "p"));
        Table table = new Table("numbers", numbering.tableCaption(outcome.name() + ", all sites."), columns);
        told.forEach(when -> table.row(cells(when.name(), when, Scope.OVER_SITES)));
        return table.render();
    }

    private List<String> cells(String head, When when, String site) {
        List<String> cells = new ArrayList<>(List.of(head));
        reading.arms().forEach(arm -> cells.addAll(reading.armCells(when, site, arm)));
        cells.add(reading.effectText(when, site));
        cells.add(reading.extra(when, site));
        cells.add(reading.p(when, site));
        return cells;
    }

    private String sideBySide(List<When> told) {
        List<String> columns = new ArrayList<>(List.of(outcome.isOverPeriods() ? "Period" : "Interval"));
        columns.addAll(sites);
        columns.add("All sites");
        Table table = Table.ofSites(
                "numbers beside",
                numbering.tableCaption(outcome.name() + ": "
                        + reading.scale().name().toLowerCase(Locale.ROOT) + " (95 % CI) by site."),
                columns,
                sites.size());
        for (When when : told) {
            List<String> cells = new ArrayList<>(List.of(when.name()));
            sites.forEach(site -> cells.add(inTwoLines(reading.effectText(when, site))));
            cells.add(inTwoLines(reading.effectText(when, Scope.OVER_SITES)));
            table.row(cells);
        }
        return table.render();
    }

    /** Narrow columns break before the interval, never within it. */
    private static String inTwoLines(String effect) {
        return effect.replace(" to ", "\u00a0to\u00a0");
    }

    /** The sites at the longest follow-up that has an effect over all of them. */
    private String lastForest(List<When> told) {
        return lastMark(told).map(this::forest).orElse("");
    }

    private List<When> marks(List<When> told) {
        return reading.marks().stream().filter(told::contains).toList();
    }

    private Optional<When> lastMark(List<When> told) {
        return marks(told).stream()
                .filter(when -> reading.effect(when, Scope.OVER_SITES)
                        .filter(Effect::isEstimated)
                        .isPresent())
                .reduce((first, next) -> next);
    }

    private String forest(When when) {
        List<Row> rows = new ArrayList<>();
        sites.forEach(site -> rows.add(row(site, Who.SITE, when, site)));
        rows.add(row("All sites", Who.POOLED, when, Scope.OVER_SITES));
        Heterogeneity between = new Heterogeneity(reading, when);
        between.row().ifPresent(rows::add);
        ForestFigure figure = new ForestFigure(
                outcome.name() + ", " + when.name() + ", by site",
                reading.scale().name(),
                Wording.favouredBelow(study, outcome),
                Wording.favouredAbove(study, outcome),
                reading.scale().isRatio(),
                rows);
        return figure.isEmpty()
                ? ""
                : numbering.figure(
                        outcome.name() + ", " + when.name() + ": "
                                + reading.scale().name().toLowerCase(Locale.ROOT)
                                + " with 95 % CI. Squares: sites, larger with more people; diamond: all sites."
                                + between.sentence(),
                        figure::render);
    }

    /** The arms at each site, and the figures that are not shown above, folded. */
    private String atEachMark(List<When> told) {
        Optional<When> above = lastMark(told);
        return marks(told).stream()
                .map(when -> "<details class=\"forest\">\n<summary>Sites, " + Html.text(when.name())
                        + "</summary>\n<div class=\"pair\">\n"
                        + (above.filter(when::equals).isPresent() ? "" : forest(when)) + atSites(when)
                        + "</div>\n</details>\n")
                .collect(Collectors.joining());
    }

    private String atSites(When when) {
        List<String> columns = new ArrayList<>(List.of("Site"));
        reading.arms().forEach(arm -> reading.armColumns().forEach(column -> columns.add(arm + ", " + column)));
        Table table = new Table(
                "numbers", numbering.tableCaption(outcome.name() + ", " + when.name() + ", by site."), columns);
        sites.forEach(site -> table.row(armCells(site, when, site)));
        table.row("pooled", armCells("All sites", when, Scope.OVER_SITES));
        return table.render();
    }

    private List<String> armCells(String head, When when, String site) {
        List<String> cells = new ArrayList<>(List.of(head));
        reading.arms().forEach(arm -> cells.addAll(reading.armCells(when, site, arm)));
        return cells;
    }

    private Row row(String label, Who who, When when, String site) {
        Optional<Effect> effect = reading.effect(when, site);
        return effect.filter(Effect::isEstimated)
                .map(Effect::row)
                .map(row -> new Row(
                        label,
                        who,
                        people(row),
                        reading.scaled(row.value()),
                        reading.scaled(row.low()),
                        reading.scaled(row.high()),
                        reading.effectText(when, site)))
                .orElseGet(() -> new Row(label, who, 0, null, null, null, reading.effectText(when, site)));
    }

    private static int people(StoredEstimate row) {
        return (row.nTreatment() == null ? 0 : row.nTreatment()) + (row.nControl() == null ? 0 : row.nControl());
    }
}
