package org.equipoise.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.equipoise.comparison.HeadlineRow;
import org.equipoise.definition.Study;
import org.equipoise.definition.Study.Outcome;
import org.equipoise.definition.Study.Role;
import org.equipoise.report.Report.SubmissionLine;

/** The page of one run, section by section. */
final class ReportPage {
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Report report;
    private final Study study;

    ReportPage(Report report) {
        this.report = report;
        study = report.study();
    }

    String render() {
        return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                + "<title>" + Html.text(study.name()) + "</title>\n"
                + "<style>\n" + style() + "</style>\n</head>\n<body>\n<main>\n"
                + title() + headline() + reading() + submissions() + provenance()
                + "</main>\n</body>\n</html>\n";
    }

    private static String style() {
        try (InputStream style = Objects.requireNonNull(ReportPage.class.getResourceAsStream("report.css"))) {
            return new String(style.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("report.css cannot be read from the program", e);
        }
    }

    private String title() {
        return "<header>\n<h1>" + Html.text(study.name()) + "</h1>\n<p>Written "
                + MOMENT.format(report.writtenAt()) + " from snapshot "
                + report.snapshot().id() + ", "
                + Figures.count(report.snapshot().participants())
                + " participants.</p>\n</header>\n";
    }

    private String headline() {
        String treatment = arm(Role.TREATMENT);
        String control = arm(Role.CONTROL);
        List<String> columns = List.of(
                "Interval",
                treatment + ", n",
                treatment + ", mean (SD)",
                control + ", n",
                control + ", mean (SD)",
                "Difference (95 % CI)",
                "Hedges\u2019 g",
                "p");
        return "<section>\n<h2>Outcomes by interval, all sites</h2>\n<table class=\"outcomes\">\n" + Html.head(columns)
                + HeadlineTable.byOutcome(report.headline()).entrySet().stream()
                        .map(block -> outcome(columns, block))
                        .collect(Collectors.joining())
                + "</table>\n" + notes() + "</section>\n";
    }

    private String outcome(List<String> columns, Map.Entry<Outcome, List<HeadlineRow>> block) {
        Outcome outcome = block.getKey();
        Figures figures = Figures.of(block.getValue());
        return "<tbody>\n<tr class=\"outcome\"><th scope=\"rowgroup\" colspan=\"" + columns.size() + "\">"
                + Html.text(outcome.name()) + " <span>" + outcome.tier().name().toLowerCase(Locale.ROOT) + ", "
                + Html.text(outcome.unit()) + "; " + Html.text(Figures.direction(study, outcome))
                + "</span></th></tr>\n"
                + block.getValue().stream()
                        .map(row -> interval(columns, figures, row))
                        .collect(Collectors.joining())
                + "</tbody>\n";
    }

    private static String interval(List<String> columns, Figures figures, HeadlineRow row) {
        String difference =
                row.difference() == null ? Figures.reason(row.reason()) : figures.difference(row.difference());
        return "<tr>" + Html.rowHead(row.interval().name())
                + Html.cell(columns.get(1), Figures.n(row.treatment()))
                + Html.cell(columns.get(2), figures.mean(row.treatment()))
                + Html.cell(columns.get(3), Figures.n(row.control()))
                + Html.cell(columns.get(4), figures.mean(row.control()))
                + Html.cell(columns.get(5), difference)
                + Html.cell(columns.get(6), Figures.g(row.hedgesG()))
                + Html.cell(columns.get(7), Figures.p(row.difference()))
                + "</tr>\n";
    }

    private String notes() {
        return Figures.notes(study, report.headline()).stream()
                .map(note -> "<p>" + Html.text(note) + "</p>\n")
                .collect(Collectors.joining("", "<div class=\"notes\">\n", "</div>\n"));
    }

    private String reading() {
        String treatment = Html.text(arm(Role.TREATMENT));
        String control = Html.text(arm(Role.CONTROL));
        return "<section>\n<h2>How to read this</h2>\n"
                + "<p>Each line compares the people allocated to " + treatment + " with those allocated to " + control
                + ", whatever treatment they then had, among those who have a value at that interval. The difference is "
                + treatment + " minus " + control
                + " in the units of the questionnaire. The interval in brackets holds the differences that the data are"
                + " compatible with: if it reaches across 0, the data do not settle which arm did better. g is the same"
                + " difference in standard deviations; 0.2 is often called small, 0.5 medium, 0.8 large.</p>\n"
                + "<p>People who were not seen are not in the line. If those who stay away differ between the arms, so"
                + " may the comparison mislead; compare the numbers of people before the means.</p>\n</section>\n";
    }

    private String submissions() {
        List<String> columns =
                List.of("Site", "File", "Status", "Received", "Accepted", "Rejected", "Duplicate", "Superseded");
        return "<section>\n<h2>What the sites sent</h2>\n<table class=\"submissions\">\n" + Html.head(columns)
                + "<tbody>\n"
                + report.submissions().stream()
                        .map(line -> submission(columns, line))
                        .collect(Collectors.joining())
                + "</tbody>\n</table>\n<div class=\"notes\"><p>Data rows: received = accepted + rejected + duplicate +"
                + " superseded. Open findings: " + Figures.count(report.findings())
                + "; each site finds its own beside its files.</p></div>\n</section>\n";
    }

    private static String submission(List<String> columns, SubmissionLine line) {
        return "<tr>" + Html.rowHead(line.site())
                + Html.cell(columns.get(1), line.file())
                + Html.cell(columns.get(2), line.status())
                + Html.cell(columns.get(3), Figures.count(line.received()))
                + Html.cell(columns.get(4), Figures.count(line.accepted()))
                + Html.cell(columns.get(5), Figures.count(line.rejected()))
                + Html.cell(columns.get(6), Figures.count(line.duplicate()))
                + Html.cell(columns.get(7), Figures.count(line.superseded()))
                + "</tr>\n";
    }

    private String provenance() {
        return "<section>\n<h2>Where the numbers come from</h2>\n<dl>\n"
                + item("Run", Long.toString(report.runId()))
                + item(
                        "Estimates computed by run",
                        Long.toString(report.result().runId()))
                + item("Estimates", Figures.count(report.result().estimates()))
                + item("Snapshot", Long.toString(report.snapshot().id()))
                + item("Content hash", report.snapshot().contentHash())
                + item("Definition hash", report.result().definitionHash())
                + item("Program version", report.result().programVersion())
                + "</dl>\n</section>\n";
    }

    private static String item(String term, String value) {
        return "<dt>" + term + "</dt><dd>" + Html.text(value) + "</dd>\n";
    }

    private String arm(Role role) {
        return study.arm(role).code().value();
    }
}
