package org.equipoise.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.equipoise.report.Report.FindingLine;
import org.equipoise.report.Report.SiteLine;
import org.equipoise.report.Report.SubmissionLine;
import org.equipoise.vocabulary.FindingCode;
import org.equipoise.vocabulary.Severity;

/** Who takes part, what they sent, and what was found in it. */
final class SitesSection {
    private final Report report;
    private final Numbering numbering;

    SitesSection(Report report, Numbering numbering) {
        this.report = report;
        this.numbering = numbering;
    }

    String render() {
        return "<section id=\"sites\">\n<h2>Sites, and what they sent</h2>\n" + sites() + submissions() + findings()
                + "</section>\n";
    }

    private String sites() {
        Table table = new Table(
                "words",
                numbering.tableCaption("Sites."),
                List.of("Site", "Name", "Allocation", "Control arm is offered"));
        report.sites()
                .forEach(site -> table.row(List.of(
                        site.code(), site.name(), site.randomised() ? "random" : "not random", site.comparator())));
        return table.render();
    }

    private String submissions() {
        Table table = new Table(
                "numbers submissions",
                numbering.tableCaption(
                        "Files received. Data rows: received = accepted + rejected + duplicate + superseded."),
                List.of("Site", "File", "Status", "Received", "Accepted", "Rejected", "Duplicate", "Superseded"));
        report.submissions().forEach(line -> table.row(submission(line)));
        return table.render();
    }

    private static List<String> submission(SubmissionLine line) {
        return List.of(
                line.site(),
                line.file(),
                line.status(),
                Numerals.count(line.received()),
                Numerals.count(line.accepted()),
                Numerals.count(line.rejected()),
                Numerals.count(line.duplicate()),
                Numerals.count(line.superseded()));
    }

    private String findings() {
        long open = report.findings().stream().mapToLong(FindingLine::count).sum();
        return (open == 0 ? "" : findingsBySite())
                + Html.notes(List.of(
                        "Open findings: " + Numerals.count(open) + "; each site finds its own beside its files."));
    }

    private String findingsBySite() {
        List<String> columns = new ArrayList<>(List.of("Code", "Finding", "Grade"));
        List<String> sites = report.sites().stream().map(SiteLine::code).toList();
        columns.addAll(sites);
        Table table = new Table("numbers findings", numbering.tableCaption("Open findings by site."), columns);
        report.findings().stream().map(FindingLine::code).distinct().sorted().forEach(code -> {
            List<String> cells = new ArrayList<>(List.of(code.code(), code.message(), grade(code.severity())));
            sites.forEach(site -> cells.add(count(code, site)));
            table.row(cells);
        });
        return table.render();
    }

    private String count(FindingCode code, String site) {
        long count = report.findings().stream()
                .filter(line -> line.code() == code && line.site().equals(site))
                .mapToLong(FindingLine::count)
                .sum();
        return count == 0 ? Numerals.NONE : Numerals.count(count);
    }

    private static String grade(Severity severity) {
        return severity.name().toLowerCase(Locale.ROOT);
    }
}
