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
        String body = "<p class=\"facts\">" + Html.text(outcome.unit() + "; " + Wording.direction(study, outcome))
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
        return told.isEmpty()
                ? "<p>" + Html.text(nothing()) + "</p>\n"
                : sites.size() > 1
                        ? "<div class=\"pair\">\n" + overTime(told) + lastForest(told) + "</div>\n" + table(told)
                                + sideBySide(told) + atEachMark(told)
                        : overTime(told) + table(told);
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

    private List<String> arms() {
        return Stream.of(Role.TREATMENT, Role.CONTROL).map(reading::arm).toList();
    }

    private String overTime(List<When> told) {
        List<Mark> marks = told.stream()
                .map(when -> new Mark(when.month(), Numerals.number(when.month(), 0)))
                .toList();
        PointFigure figure = new PointFigure(
                outcome.name() + " over time, all sites",
                reading.unit(),
                "Months since time zero",
                marks,
                Stream.of(Role.TREATMENT, Role.CONTROL)
                        .map(role -> series(role, told))
                        .toList(),
                true,
                false);
        return figure.isEmpty()
                ? ""
                : numbering.figure(
                        outcome.name()
                                + ". Means observed in each arm with 95 % confidence intervals, all sites; where one person was seen, in the table only.",
                        figure::render);
    }

    private Series series(Role role, List<When> told) {
        String arm = reading.arm(role);
        return new Series(
                arm,
                role == Role.TREATMENT,
                told.stream()
                        .flatMap(when -> point(when, reading.drawn(when, Scope.OVER_SITES, arm)).stream())
                        .toList());
    }

    /** Drawn only with its interval: a single person makes a point, but no mean of an arm. */
    private Optional<Series.Point> point(When when, Optional<StoredEstimate> row) {
        return row.filter(StoredEstimate::hasInterval)
                .flatMap(drawn -> Optional.ofNullable(reading.scaled(drawn.value()))
                        .map(value -> new Series.Point(
                                when.month(), value, reading.scaled(drawn.low()), reading.scaled(drawn.high()))));
    }

    private String table(List<When> told) {
        List<String> columns = new ArrayList<>(List.of("Interval"));
        arms().forEach(arm -> reading.armColumns().forEach(column -> columns.add(arm + ", " + column)));
        columns.add(reading.effectName() + " (95 % CI)");
        if (!reading.extraColumn().isEmpty()) {
            columns.add(reading.extraColumn());
        }
        columns.add("p");
        Table table =
                new Table("numbers", numbering.tableCaption(outcome.name() + " by interval, all sites."), columns);
        told.forEach(when -> table.row(cells(when.name(), when, Scope.OVER_SITES)));
        return table.render();
    }

    private List<String> cells(String head, When when, String site) {
        List<String> cells = new ArrayList<>(List.of(head));
        arms().forEach(arm -> cells.addAll(reading.armCells(when, site, arm)));
        cells.add(reading.effectText(when, site));
        if (!reading.extraColumn().isEmpty()) {
            cells.add(reading.extra(when, site));
        }
        cells.add(reading.p(when, site));
        return cells;
    }

    private String sideBySide(List<When> told) {
        List<String> columns = new ArrayList<>(List.of("Interval"));
        columns.addAll(sites);
        columns.add("All sites");
        Table table = new Table(
                "numbers beside",
                numbering.tableCaption(
                        outcome.name() + ": " + reading.effectName().toLowerCase(Locale.ROOT) + " (95 % CI) by site."),
                columns);
        for (When when : told) {
            List<String> cells = new ArrayList<>(List.of(when.name()));
            sites.forEach(site -> cells.add(reading.effectText(when, site)));
            cells.add(reading.effectText(when, Scope.OVER_SITES));
            table.row(cells);
        }
        return table.render();
    }

    /** The sites at the longest follow-up that has an effect over all of them. */
    private String lastForest(List<When> told) {
        return lastMark(told).map(this::forest).orElse("");
    }

    private Optional<When> lastMark(List<When> told) {
        return When.marks(told).stream()
                .filter(when -> reading.effect(when, Scope.OVER_SITES)
                        .filter(Effect::isEstimated)
                        .isPresent())
                .reduce((first, next) -> next);
    }

    private String forest(When when) {
        List<Row> rows = new ArrayList<>();
        sites.forEach(site -> rows.add(row(site, Who.SITE, when, site)));
        rows.add(row("All sites", Who.POOLED, when, Scope.OVER_SITES));
        ForestFigure figure = new ForestFigure(
                outcome.name() + " at " + when.name() + ", by site",
                reading.effectName(),
                Wording.favouredBelow(study, outcome),
                Wording.favouredAbove(study, outcome),
                reading.isRatio(),
                rows);
        return figure.isEmpty()
                ? ""
                : numbering.figure(
                        outcome.name() + " at " + when.name() + ": "
                                + reading.effectName().toLowerCase(Locale.ROOT)
                                + " with 95 % CI. Squares: sites, larger with more people; diamond: all sites.",
                        figure::render);
    }

    /** The arms at each site, and the figures that are not shown above, folded. */
    private String atEachMark(List<When> told) {
        Optional<When> above = lastMark(told);
        return When.marks(told).stream()
                .map(when -> "<details class=\"forest\">\n<summary>Sites at " + Html.text(when.name())
                        + "</summary>\n<div class=\"pair\">\n"
                        + (above.filter(when::equals).isPresent() ? "" : forest(when)) + atSites(when)
                        + "</div>\n</details>\n")
                .collect(Collectors.joining());
    }

    private String atSites(When when) {
        List<String> columns = new ArrayList<>(List.of("Site"));
        arms().forEach(arm -> reading.armColumns().forEach(column -> columns.add(arm + ", " + column)));
        Table table = new Table(
                "numbers", numbering.tableCaption(outcome.name() + " at " + when.name() + ", by site."), columns);
        sites.forEach(site -> table.row(armCells(site, when, site)));
        table.row("pooled", armCells("All sites", when, Scope.OVER_SITES));
        return table.render();
    }

    private List<String> armCells(String head, When when, String site) {
        List<String> cells = new ArrayList<>(List.of(head));
        arms().forEach(arm -> cells.addAll(reading.armCells(when, site, arm)));
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
