package org.equipoise.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

class ReportWriterTest {
    @TempDir
    private Path home;

    private String page(Report report) throws IOException {
        return Files.readString(new ReportWriter(home).write(report));
    }

    @Test
    void writesThePageUnderItsRun() throws IOException {
        Path page = new ReportWriter(home).write(ReportFixture.small(7));

        assertThat(page).isEqualTo(home.resolve("reports/12/index.html"));
        try (Stream<Path> files = Files.list(home.resolve("reports/12"))) {
            assertThat(files).containsExactly(page);
        }
    }

    @Test
    void replacesTheRunsEarlierPage() throws IOException {
        new ReportWriter(home).write(ReportFixture.small(7));

        assertThat(page(ReportFixture.small(8))).contains("Open findings: 8;").doesNotContain("Open findings: 7;");
    }

    @Test
    void showsHeadlineSubmissionsAndProvenance() throws IOException {
        assertThat(page(ReportFixture.small(7)))
                .contains("<td data-column=\"Effect (95 % CI)\">\u22124.0 (\u22129.5 to 1.6)</td>")
                .contains("<td data-column=\"p\">&lt;0.001</td>")
                .contains("lower is better; negative favours MBT")
                .contains("<td data-column=\"Received\">1,200</td>")
                .contains("Open findings: 7;")
                .contains("<dt>Estimates computed by run</dt><dd>11</dd>")
                .contains("<dt>Content hash</dt><dd>c0ffee</dd>")
                .contains("2026-11-02 01:30 UTC");
    }

    @Test
    void tellsPeopleByStateAndSite() throws IOException {
        assertThat(page(ReportFixture.small(7)))
                .contains(
                        "<tr><th scope=\"row\">north</th><td data-column=\"MBT\">40</td><td data-column=\"TAU\">40</td></tr>")
                .contains("<td data-column=\"MBT, due and alive\">40</td><td data-column=\"MBT, observed\">38</td>"
                        + "<td data-column=\"MBT, missing\">1</td><td data-column=\"MBT, withdrawn\">1</td>");
    }

    @Test
    void tellsHowFarEffectsHangOnMissingValues() throws IOException {
        assertThat(page(ReportFixture.small(7)))
                .contains("<td data-column=\"Filled in, MBT\">2</td><td data-column=\"Filled in, TAU\">2</td>"
                        + "<td data-column=\"Difference above (95 % CI)\">\u22124.0 (\u22129.5 to 1.6)</td>"
                        + "<td data-column=\"Jump to reference (95 % CI)\">\u22122.9 (\u22125.4 to \u22120.4)</td>"
                        + "<td data-column=\"p\">0.024</td><td data-column=\"Points worse, MBT\">5.1</td>"
                        + "<td data-column=\"Points worse, both\">\u2013</td>")
                .contains("Jump to reference supposes that");
    }

    /** The numbers of the example by hand on the page about meta-regression. */
    @Test
    void tellsWhatTheSitesEffectsChangeWith() throws IOException {
        assertThat(page(ReportFixture.manySites()))
                .contains("<a href=\"#moderators\">What the sites\u2019 effects change with</a>")
                .contains("Sessions a year under TAU (SEVERITY of TAU, m12): by how much")
                .contains("<td data-column=\"Sites\">12</td>"
                        + "<td data-column=\"Change (95 % CI)\">0.240 (\u22120.003 to 0.483)</td>"
                        + "<td data-column=\"p\">0.052</td><td data-column=\"Explained, %\">94</td>")
                .contains("This compares sites, which nobody drew by lot")
                .contains("its interval and p by Knapp and Hartung");
    }

    @Test
    void saysInWordsThatSitesAreTooFewToSayWhatTheirEffectsChangeWith() throws IOException {
        assertThat(page(ReportFixture.fewSites()))
                .contains(
                        "Sessions a year under TAU (SEVERITY of TAU, m12): not told. Effects are held against it from 10"
                                + " sites on; no outcome had an effect, and this value, at so many.");
        assertThat(page(ReportFixture.small(7))).doesNotContain("What the sites\u2019 effects change with");
    }

    @Test
    void putsPrimaryFirstAndFoldsExploratory() throws IOException {
        String page = page(ReportFixture.large());

        assertThat(page.indexOf("id=\"outcomes-primary\"")).isLessThan(page.indexOf("id=\"outcomes-secondary\""));
        assertThat(page.indexOf("id=\"outcomes-secondary\"")).isLessThan(page.indexOf("id=\"outcomes-exploratory\""));
        assertThat(page)
                .contains("id=\"outcome-THIRD_3\">\n<details>\n<summary><h3>Name of THIRD_3</h3></summary>")
                .contains("<a href=\"#outcome-THIRD_3\">Name of THIRD_3</a>");
    }

    @Test
    void showsEachTypeOfOutcomeInItsOwnTerms() throws IOException {
        assertThat(page(ReportFixture.large()))
                .contains(
                        "<td data-column=\"MBT, events (%)\">15 (25.0)</td><td data-column=\"MBT, 95 % CI, %\">13.0 to 40.0</td>")
                .contains("<td data-column=\"Risk difference, % (95 % CI)\">\u221224.0 (\u221240.0 to \u22128.0)</td>"
                        + "<td data-column=\"Risk ratio\">0.50 (0.28 to 0.88)</td><td data-column=\"p\">0.004</td>")
                .contains("<td data-column=\"MBT, events / years\">14 / 90.0</td>")
                .contains("<td data-column=\"Rate ratio (95 % CI)\">0.25 (0.09 to 0.73)</td>")
                .contains("<td data-column=\"Hazard ratio (95 % CI)\">0.31 (0.17 to 0.56)</td>")
                .contains("I\u00b2 12 % (0 % to 60 %), \u03c4\u00b2 0.310; a new site&#39;s effect would lie within");
    }

    @Test
    void tellsOtherComparatorsAndSitesWithoutRandomisationApart() throws IOException {
        String page = page(ReportFixture.others());
        String section =
                page.substring(page.indexOf("<section id=\"others\">"), page.indexOf("<section id=\"harmonization\">"));

        assertThat(section)
                .contains("Sites whose control arm is offered structured clinical management, together.")
                .contains("<td data-column=\"MBT, n\">40</td>")
                .contains("Sites that did not allocate at random, weighted by the propensity to be treated.")
                .contains(
                        "<tr><th scope=\"row\">Up to month 18</th><td data-column=\"MBT, effective n\">48.4</td>"
                                + "<td data-column=\"MBT, weighted\">0.4</td><td data-column=\"TAU, effective n\">48.4</td>"
                                + "<td data-column=\"TAU, weighted\">0.6</td>"
                                + "<td data-column=\"Weighted (95 % CI)\">0.7 (0.5 to 1.0)</td>"
                                + "<td data-column=\"Unweighted\">0.6 (0.4 to 0.9)</td><td data-column=\"Imbalance\">0.88 to 0.00</td>")
                .contains("<td data-column=\"Weighted (95 % CI)\">0.65 (0.45 to 0.95)</td>")
                .doesNotContain("not scheduled", "\u2013 to")
                .contains(
                        "given age, sex, the baseline of a score, and the site; the average over those who could have been");
        assertThat(page.replace(section, ""))
                .contains("at 6 sites")
                .doesNotContain("ALL:", "structured clinical", "0.45 to 0.95");
        assertThat(page(ReportFixture.large())).doesNotContain("id=\"others\"", "propensity");
    }

    /** 60 people an arm, a quarter of MBT and half of TAU; 120 of them at 0.12 and 0.48 a year over 90 years. */
    @Test
    void tellsHarmsTogetherByArmAndPeriodAndWhoCouldNotTell() throws IOException {
        String page = page(ReportFixture.large());

        assertThat(page.substring(
                        page.indexOf("<section id=\"harms\">"), page.indexOf("<section id=\"outcomes-primary\">")))
                .contains("Name of ANY_EVENT <span>points; risk difference, %</span>")
                .contains("<tr><th scope=\"row\">Months 0 to 18</th><td data-column=\"MBT, n\">60</td>"
                        + "<td data-column=\"MBT, unknown\">3</td><td data-column=\"MBT, events\">15</td>"
                        + "<td data-column=\"MBT, rate\">25.0 %</td><td data-column=\"TAU, n\">60</td>"
                        + "<td data-column=\"TAU, unknown\">3</td><td data-column=\"TAU, events\">30</td>"
                        + "<td data-column=\"TAU, rate\">50.0 %</td>"
                        + "<td data-column=\"Effect (95 % CI)\">\u221224.0 (\u221240.0 to \u22128.0)</td></tr>")
                .contains("<td data-column=\"MBT, events\">14</td><td data-column=\"MBT, rate\">12.0 in 100 years</td>")
                .contains("<td data-column=\"TAU, events\">42</td><td data-column=\"TAU, rate\">\u2013</td>")
                .contains("<p>Name of DEATH, ")
                .contains(": impossible, items of the form; planned at 5 of 15.</p>")
                .doesNotContain("THIRD_", "complete, items");
        assertThat(page).contains("<a href=\"#harms\">Harms</a>");
        assertThat(page(ReportFixture.small(7))).doesNotContain("harms\"");
    }

    @Test
    void tellsHarmsOfBothArmsTogetherWhileTheStudyRuns() throws IOException {
        String page = page(ReportFixture.running());

        assertThat(page.substring(
                        page.indexOf("<section id=\"harms\">"), page.indexOf("<section id=\"outcomes-primary\">")))
                .contains("<th scope=\"row\">12 months</th><td data-column=\"n\">60</td>"
                        + "<td data-column=\"Missing\">20</td><td data-column=\"Events (%)\">9 (15.0)</td>")
                .doesNotContain("MBT", "TAU");
    }

    @Test
    void tellsPeopleAtRiskBelowTheCurveAndBesideIt() throws IOException {
        // 60 people an arm, 30 % of MBT having an event in the end: 60 (1 - 0.3 (1 - exp(-0.5))) = 52.9 after a year
        assertThat(page(ReportFixture.large()))
                .contains("<th scope=\"row\">12</th><td data-column=\"MBT, at risk\">53</td>"
                        + "<td data-column=\"MBT, % (95 % CI)\">11.8 (8.3 to 14.8)</td>")
                .containsPattern("<text class=\"tick\" text-anchor=\"middle\" x=\"[\\d.]+\" y=\"294\">53</text>");
    }

    @Test
    void saysWhatIsNotAccountedFor() throws IOException {
        assertThat(page(ReportFixture.small(7)))
                .contains("Clustering of participants by therapist or group is not accounted for.");
    }

    @Test
    void showsNothingByArmWhileTheStudyRuns() throws IOException {
        assertThat(page(ReportFixture.running()))
                .contains("The study is running: nothing by arm before a declared look.")
                .contains("No numbers: withheld until look.")
                .contains("<th scope=\"row\">12 months</th><td data-column=\"n\">70</td>"
                        + "<td data-column=\"Missing\">10</td><td data-column=\"Mean (SD)\">14.3 (6.5)</td>")
                .contains("<td data-column=\"Everyone\">80</td>")
                .doesNotContain("MBT, observed", "<figcaption><b>Figure 2.");
    }

    @Test
    void keepsNamesOfFilesFromBecomingMarkup() throws IOException {
        assertThat(page(ReportFixture.small(7)))
                .contains("a &lt;b&gt; &amp; &#39;c&#39;_north")
                .doesNotContain("a <b>");
    }

    @Test
    void needsNoNetworkAndNoScript() throws IOException {
        assertThat(page(ReportFixture.large()).replace("url(#", ""))
                .doesNotContain("http", "//", "<script", "src=", "@import", "url(");
    }

    @Test
    void doesNotDependOnTheMachinesLanguage() throws IOException {
        String page = page(ReportFixture.large());
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertThat(page(ReportFixture.large())).isEqualTo(page);
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void closesWhatItOpensAndNamesEverythingOnce() throws IOException, ParserConfigurationException, SAXException {
        Document document = parse(page(ReportFixture.large()));

        List<String> ids = elements(document, "*")
                .map(element -> element.getAttribute("id"))
                .filter(id -> !id.isEmpty())
                .toList();
        assertThat(ids).doesNotHaveDuplicates();
        assertThat(elements(document, "a").map(link -> link.getAttribute("href").substring(1)))
                .isSubsetOf(ids);
        assertThat(elements(document, "svg"))
                .isNotEmpty()
                .allSatisfy(svg -> assertThat(ids)
                        .contains(svg.getAttribute("aria-labelledby").split(" ", -1)));
        assertThat(elements(document, "figure")
                        .map(figure -> figure.getElementsByTagName("figcaption").getLength()))
                .containsOnly(1);
        assertThat(elements(document, "table")
                        .map(table -> table.getElementsByTagName("caption").getLength()))
                .containsOnly(1);
    }

    /** As XML, which forgives less than a browser; only the elements that HTML never closes are closed for it. */
    private static Document parse(String page) throws IOException, ParserConfigurationException, SAXException {
        String closed = page.replace("<!DOCTYPE html>", "")
                .replaceAll("(<meta [^>]*)>", "$1/>")
                .replace("<details class=\"forest\" open>", "<details class=\"forest\">");
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(closed)));
    }

    private static Stream<Element> elements(Document document, String name) {
        NodeList found = document.getElementsByTagName(name);
        return IntStream.range(0, found.getLength()).mapToObj(i -> (Element) found.item(i));
    }
}
