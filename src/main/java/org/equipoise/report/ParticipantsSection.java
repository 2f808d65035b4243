package org.equipoise.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.equipoise.definition.Study;
import org.equipoise.definition.Study.Conduct;
import org.equipoise.definition.Study.Interval;
import org.equipoise.definition.Study.Role;
import org.equipoise.report.AttritionFigure.Panel;
import org.equipoise.warehouse.Attendance;

/** Who was allocated, and who was seen at each interval. While the study runs, the arms are told together. */
final class ParticipantsSection {
    private final Study study;
    private final List<Attendance> attendance;
    private final Numbering numbering;

    ParticipantsSection(Study study, List<Attendance> attendance, Numbering numbering) {
        this.study = study;
        this.attendance = attendance;
        this.numbering = numbering;
    }

    String render() {
        List<Interval> planned = study.intervals().stream()
                .filter(interval -> arms().stream()
                        .anyMatch(arm -> find(Attendance.ALL, arm, interval)
                                .filter(at -> at.due() + at.dead() > 0)
                                .isPresent()))
                .toList();
        return "<section id=\"participants\">\n<h2>Participants</h2>\n" + allocated()
                + (planned.isEmpty() ? "" : figure(planned) + table(planned)) + "</section>\n";
    }

    private List<String> arms() {
        return study.conduct() == Conduct.ONGOING
                ? List.of(Attendance.ALL)
                : Stream.of(Role.TREATMENT, Role.CONTROL)
                        .map(role -> study.arm(role).code().value())
                        .toList();
    }

    private static String name(String arm) {
        return arm.equals(Attendance.ALL) ? "Everyone" : arm;
    }

    private Optional<Attendance> find(String site, String arm, Interval interval) {
        return attendance.stream()
                .filter(at -> at.site().equals(site)
                        && at.arm().equals(arm)
                        && at.interval().equals(interval.code().value()))
                .findFirst();
    }

    private static int everyone(Attendance at) {
        return at.due() + at.dead() + at.notDue();
    }

    private String allocated() {
        List<String> columns = new ArrayList<>(List.of("Site"));
        arms().forEach(arm -> columns.add(name(arm)));
        Table table = new Table("numbers narrow", numbering.tableCaption("Participants allocated, by site."), columns);
        attendance.stream()
                .map(Attendance::site)
                .distinct()
                .filter(site -> !site.equals(Attendance.ALL))
                .sorted()
                .forEach(site -> table.row(allocated(site, site)));
        table.row("pooled", allocated("All sites", Attendance.ALL));
        return table.render() + withoutArm();
    }

    private List<String> allocated(String head, String site) {
        Interval first = study.intervals().get(0);
        List<String> cells = new ArrayList<>(List.of(head));
        arms().forEach(arm -> cells.add(Numerals.count(
                find(site, arm, first).map(ParticipantsSection::everyone).orElse(0))));
        return cells;
    }

    private String withoutArm() {
        int people = find(Attendance.ALL, "", study.intervals().get(0))
                .map(ParticipantsSection::everyone)
                .orElse(0);
        return people == 0
                ? ""
                : Html.notes(List.of("Without a known arm, and in no comparison: " + Numerals.count(people) + "."));
    }

    private String figure(List<Interval> planned) {
        List<String> labels = planned.stream()
                .map(interval -> Numerals.number(interval.month(), 0))
                .toList();
        AttritionFigure figure = new AttritionFigure(
                "Participants at each interval, by arm",
                arms().stream()
                        .map(arm -> new Panel(
                                name(arm),
                                labels,
                                planned.stream()
                                        .flatMap(interval -> find(Attendance.ALL, arm, interval).stream())
                                        .toList()))
                        .toList());
        return figure.isEmpty()
                ? ""
                : numbering.figure(
                        "Participants at each interval, all sites. Observed: at least one outcome. Those for whom the"
                                + " interval is still to come, or not planned at their site, are left out.",
                        figure::render);
    }

    private String table(List<Interval> planned) {
        List<String> columns = new ArrayList<>(List.of("Interval"));
        for (String arm : arms()) {
            Stream.of("due and alive", "observed", "missing", "withdrawn", "dead", "not due")
                    .forEach(state -> columns.add(name(arm) + ", " + state));
        }
        Table table = new Table(
                "numbers",
                numbering.tableCaption(
                        "Participants at each interval, all sites. Due and alive = observed + missing + withdrawn."),
                columns);
        for (Interval interval : planned) {
            List<String> cells = new ArrayList<>(List.of(interval.name()));
            for (String arm : arms()) {
                find(Attendance.ALL, arm, interval)
                        .map(at -> Stream.of(
                                at.due(), at.observed(), at.missing(), at.withdrawn(), at.dead(), at.notDue()))
                        .orElse(Stream.of(0, 0, 0, 0, 0, 0))
                        .forEach(people -> cells.add(Numerals.count(people)));
            }
            table.row(cells);
        }
        return table.render();
    }
}
