package org.equipoise.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.equipoise.comparison.Scope;
import org.equipoise.comparison.StoredEstimate;
import org.equipoise.definition.Study;
import org.equipoise.definition.Study.Tier;

/** The page of one run, section by section: the answer first, then who took part, each outcome, and how it came about. */
final class ReportPage {
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final String ON_PAPER = "<p class=\"paper\">The arms at each site are printed only where they were"
            + " unfolded on the screen; effects by site are in tables.</p>\n";

    private final Report report;
    private final Study study;
    private final List<Reading> readings;
    private final List<String> sites;
    private final Numbering numbering = new Numbering();

    ReportPage(Report report) {
        this.report = report;
        this.study = report.study();
        StoredEstimates estimates = new StoredEstimates(report.estimates());
        this.readings = Stream.of(Tier.values())
                .flatMap(tier -> study.outcomes().stream().filter(outcome -> outcome.tier() == tier))
                .map(outcome -> Reading.of(study, outcome, estimates))
                .toList();
        this.sites = report.estimates().stream()
                .map(StoredEstimate::site)
                .filter(site -> !Scope.isOverSites(site))
                .distinct()
                .sorted()
                .toList();
    }

    String render() {
        return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                + "<title>" + Html.text(study.name()) + "</title>\n"
                + "<style>\n" + style() + "</style>\n</head>\n<body>\n" + title() + contents() + "<main>\n"
                + new HeadlineSection(study, readings, numbering).render()
                + new ParticipantsSection(study, report.attendance(), numbering).render()
                + new HarmsSection(report, readings, numbering).render()
                + Stream.of(Tier.values()).map(this::outcomes).collect(Collectors.joining())
                + new OthersSection(report, readings, numbering).render()
                + new HarmonizationSection(report, numbering).render()
                + new CareSection(report, numbering).render()
                + moderators().render()
                + new SitesSection(report, numbering).render()
                + new MethodsSection(study, report.estimates()).render()
                + provenance() + "</main>\n</body>\n</html>\n";
    }

    private ModeratorsSection moderators() {
        return new ModeratorsSection(study, readings, numbering);
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
                + Numerals.count(report.snapshot().participants())
                + " participants" + (sites.size() > 1 ? " at " + sites.size() + " sites" : "") + ".</p>\n"
                + (sites.size() > 1 ? ON_PAPER : "") + "</header>\n";
    }

    private String contents() {
        return "<nav aria-label=\"Contents\">\n<h2>Contents</h2>\n<ol>\n" + link("headline", "Main results")
                + link("participants", "Participants")
                + (HarmsSection.isShown(report) ? link("harms", HarmsSection.HEADING) : "")
                + Stream.of(Tier.values())
                        .filter(tier -> !of(tier).isEmpty())
                        .map(this::links)
                        .collect(Collectors.joining())
                + (OthersSection.isShown(report) ? link("others", OthersSection.HEADING) : "")
                + (report.harmonization().isEmpty() ? "" : link("harmonization", HarmonizationSection.HEADING))
                + (CareSection.isShown(report) ? link("care", CareSection.HEADING) : "")
                + (moderators().isShown() ? link("moderators", ModeratorsSection.HEADING) : "")
                + link("sites", "Sites, and what they sent") + link("methods", "Methods")
                + link("provenance", "Where the numbers come from") + "</ol>\n</nav>\n";
    }

    private String links(Tier tier) {
        return "<li>" + anchor(tierAnchor(tier), tierHeading(tier)) + "\n<ol>\n"
                + of(tier).stream()
                        .map(reading -> link(
                                OutcomeSection.anchor(reading.outcome()),
                                reading.outcome().name()))
                        .collect(Collectors.joining())
                + "</ol></li>\n";
    }

    private static String link(String anchor, String name) {
        return "<li>" + anchor(anchor, name) + "</li>\n";
    }

    private static String anchor(String anchor, String name) {
        return "<a href=\"#" + Html.text(anchor) + "\">" + Html.text(name) + "</a>";
    }

    private List<Reading> of(Tier tier) {
        return readings.stream()
                .filter(reading -> reading.outcome().tier() == tier)
                .toList();
    }

    private static String tierAnchor(Tier tier) {
        return "outcomes-" + Wording.tier(tier);
    }

    private String tierHeading(Tier tier) {
        String word = Wording.tier(tier);
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1) + " outcome"
                + (of(tier).size() == 1 ? "" : "s");
    }

    private String outcomes(Tier tier) {
        return of(tier).isEmpty()
                ? ""
                : "<section id=\"" + tierAnchor(tier) + "\">\n<h2>" + tierHeading(tier) + "</h2>\n"
                        + of(tier).stream()
                                .map(reading -> new OutcomeSection(reading, sites, numbering).render())
                                .collect(Collectors.joining())
                        + "</section>\n";
    }

    private String provenance() {
        return "<section id=\"provenance\">\n<h2>Where the numbers come from</h2>\n<dl>\n"
                + item("Run", Long.toString(report.runId()))
                + item(
                        "Estimates computed by run",
                        Long.toString(report.result().runId()))
                + item("Estimates", Numerals.count(report.result().estimates()))
                + item("Snapshot", Long.toString(report.snapshot().id()))
                + item("Content hash", report.snapshot().contentHash())
                + item("Definition hash", report.result().definitionHash())
                + item("Program version", report.result().programVersion())
                + "</dl>\n</section>\n";
    }

    private static String item(String term, String value) {
        return "<dt>" + term + "</dt><dd>" + Html.text(value) + "</dd>\n";
    }
}
