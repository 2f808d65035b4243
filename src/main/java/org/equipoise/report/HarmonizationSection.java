package org.equipoise.report;

import java.util.ArrayList;
import java.util.List;
import org.equipoise.definition.Study.Outcome;
import org.equipoise.warehouse.Harmonization;

/** How far what each site sends leads to each outcome: sites across, outcomes down, the reasons below. */
final class HarmonizationSection {
    static final String HEADING = "How far sites and outcomes come together";

    private static final String COMPLETE = "complete";

    private final Report report;
    private final Numbering numbering;

    HarmonizationSection(Report report, Numbering numbering) {
        this.report = report;
        this.numbering = numbering;
    }

    String render() {
        return report.harmonization().isEmpty()
                ? ""
                : "<section id=\"harmonization\">\n<h2>" + HEADING + "</h2>\n" + matrix() + reasons() + "</section>\n";
    }

    private List<String> sites() {
        return report.harmonization().stream()
                .map(Harmonization::site)
                .distinct()
                .sorted()
                .toList();
    }

    private String matrix() {
        List<String> sites = sites();
        List<String> columns = new ArrayList<>(List.of("Outcome"));
        columns.addAll(sites);
        Table table = Table.ofSites(
                "words matrix",
                numbering.tableCaption("Harmonisation status of each outcome at each site, with the values published."
                        + " Complete: the outcome itself; approximate: near it; undetermined: it cannot be said;"
                        + " impossible: nothing sent leads there."),
                columns,
                sites.size());
        for (Outcome outcome : report.study().outcomes()) {
            List<String> cells = new ArrayList<>(List.of(outcome.name()));
            sites.forEach(site -> cells.add(cell(outcome, site)));
            table.row(cells);
        }
        return table.render();
    }

    private String cell(Outcome outcome, String site) {
        return report.harmonization().stream()
                .filter(row -> row.site().equals(site)
                        && row.outcome().equals(outcome.code().value()))
                .map(row -> row.published() == 0 ? row.status() : row.status() + " " + Numerals.count(row.published()))
                .findFirst()
                .orElse(Numerals.NONE);
    }

    private String reasons() {
        Table table = new Table(
                "words",
                numbering.tableCaption("Why an outcome is not complete at a site."),
                List.of("Outcome", "Site", "Status", "Reason"));
        for (Outcome outcome : report.study().outcomes()) {
            report.harmonization().stream()
                    .filter(row -> row.outcome().equals(outcome.code().value())
                            && !row.status().equals(COMPLETE))
                    .forEach(row -> table.row(List.of(outcome.name(), row.site(), row.status(), row.reason())));
        }
        return "<details>\n<summary>Reasons</summary>\n" + table.render() + "</details>\n";
    }
}
