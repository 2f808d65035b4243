package org.equipoise.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.equipoise.comparison.ComparisonStore.Result;
import org.equipoise.comparison.TestStudy;
import org.equipoise.definition.Study;
import org.equipoise.report.Report.SubmissionLine;
import org.equipoise.warehouse.WarehouseStore.Snapshot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

class ReportWriterTest {
    private static final Study STUDY = TestStudy.completed();

    @TempDir
    private Path home;

    private String page() throws IOException {
        return Files.readString(new ReportWriter(home).write(report(7)));
    }

    private static Report report(long findings) {
        return new Report(
                12,
                Instant.parse("2026-11-02T01:30:00Z"),
                STUDY,
                new Snapshot(4, 12, STUDY.code(), "c0ffee", "deed", "0.1.0", 1240, 3),
                new Result(11, 4, STUDY.code(), "deed", "0.1.0", 5321),
                HeadlineTableTest.rows(),
                List.of(new SubmissionLine("north", "a <b> & 'c'.csv", "effective", 1200, 1190, 7, 3, 0)),
                findings);
    }

    @Test
    void writesThePageUnderItsRun() throws IOException {
        Path page = new ReportWriter(home).write(report(7));

        assertThat(page).isEqualTo(home.resolve("reports/12/index.html"));
        try (Stream<Path> files = Files.list(home.resolve("reports/12"))) {
            assertThat(files).containsExactly(page);
        }
    }

    @Test
    void replacesTheRunsEarlierPage() throws IOException {
        new ReportWriter(home).write(report(7));

        assertThat(Files.readString(new ReportWriter(home).write(report(8))))
                .contains("Open findings: 8;")
                .doesNotContain("Open findings: 7;");
    }

    @Test
    void showsHeadlineSubmissionsAndProvenance() throws IOException {
        assertThat(page())
                .contains("<td data-column=\"Difference (95 % CI)\">\u22124.0 (\u22127.3 to \u22120.6)</td>")
                .contains("<td data-column=\"p\">&lt;0.001</td>")
                .contains("lower is better; negative favours MBT")
                .contains("<td data-column=\"Received\">1,200</td>")
                .contains("Open findings: 7;")
                .contains("<dt>Estimates computed by run</dt><dd>11</dd>")
                .contains("<dt>Content hash</dt><dd>c0ffee</dd>")
                .contains("2026-11-02 01:30 UTC");
    }

    @Test
    void keepsNamesOfFilesFromBecomingMarkup() throws IOException {
        assertThat(page()).contains("a &lt;b&gt; &amp; &#39;c&#39;.csv").doesNotContain("<b>");
    }

    @Test
    void needsNoNetworkAndNoScript() throws IOException {
        assertThat(page()).doesNotContain("http", "//", "<script", "src=", "@import", "url(");
    }

    @Test
    void closesWhatItOpens() throws IOException, ParserConfigurationException, SAXException {
        // as XML, which forgives less than a browser; only the elements that HTML never closes are closed for it
        String closed = page().replace("<!DOCTYPE html>", "").replaceAll("(<meta [^>]*)>", "$1/>");
        Document document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(closed)));

        assertThat(document.getElementsByTagName("table").getLength()).isEqualTo(2);
        assertThat(document.getElementsByTagName("tbody").getLength()).isEqualTo(3);
    }
}
