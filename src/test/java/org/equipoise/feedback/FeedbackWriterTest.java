package org.equipoise.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.equipoise.submission.Submission.Counts;
import org.equipoise.submission.Submission.HoldReason;
import org.equipoise.submission.Submission.Status;
import org.equipoise.vocabulary.Severity;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class FeedbackWriterTest {
    private static final String NAME = "aarhus_2026-09-30.csv";
    private static final String FILE = TestSites.HEADER + """

            P1,before,MBT,2020-01-06,2020-01-02,45
            P1,before,MBT,2020-01-06,2020-01-02,45
            P2,before,TUA,2020-01-06,2020-01-02,450
            P3,later,TAU,2020-01-06,2020-01-02,50
            P4,half a year,TAU,2020-01-06,2021-01-02,<script>alert(1)</script>
            """;

    @TempDir
    Path home;

    private TestSites sites;
    private Path inbox;

    @BeforeEach
    void makeHome() throws IOException {
        sites = TestSites.in(home);
        inbox = Files.createDirectories(home.resolve("sites/aarhus/inbox"));
    }

    @Test
    void receiptOfAFileWithFindings() throws IOException {
        Path folder = write(effective(FILE));

        assertThat(files(folder)).containsExactly("findings.csv", "receipt.html", "receipt.txt", "returned.csv");
        assertThat(folder.resolve("receipt.txt")).hasContent(resource("receipt-findings.txt"));
    }

    @Test
    void receiptOfAFileWithoutFindings() throws IOException {
        Path folder = write(effective(TestSites.HEADER + "\nP1,before,MBT,2020-01-06,2020-01-02,45\n"));

        assertThat(folder.resolve("receipt.txt")).hasContent(resource("receipt-clean.txt"));
    }

    @Test
    void receiptOfARejectedFile() throws IOException {
        String file = "id,visit,arm\nP1,before,MBT\n";
        CheckedFile checked = sites.check(sites.file(NAME, file));
        Feedback feedback = feedback(Status.REJECTED, Optional.empty(), Counts.NONE, 0, checked.findings());

        Path folder = write(feedback, file);

        assertThat(folder.resolve("receipt.txt")).hasContent(resource("receipt-rejected.txt"));
        assertThat(folder.resolve("returned.csv"))
                .content()
                .startsWith("id,visit,arm,please_mend\nP1,before,MBT,Header: STG-007 gaf: A column");
    }

    @Test
    void receiptOfAHeldFileAsksAndTellsHowToAnswer() throws IOException {
        CheckedFile checked = sites.check(sites.file(NAME, FILE));
        Feedback feedback = feedback(
                Status.HELD,
                Optional.of(HoldReason.DROPS_PARTICIPANTS),
                new Counts(5, 0, 2, 1, 2),
                0,
                List.of(finding(Severity.ERROR, "SUB-007", 0, null, null)));

        Path folder = write(feedback, FILE);

        assertThat(checked.findings()).isNotEmpty();
        assertThat(folder.resolve("receipt.txt")).content().contains("""
                        HELD: WE HAVE A QUESTION
                        The file was read, but nothing of it is in use until the question is answered.

                        Are the participants who are no longer in this export meant to be gone?
                        If not, export again and put the new file into the inbox. If they are, have this
                        run:

                            equipoise --home here submit HOME/sites/aarhus/inbox/aarhus_2026-09-30.csv --site aarhus --confirm
                        """.replace("HOME", home.toString()));
    }

    @Test
    void fileThatIsNoTableHasNoCopyWithNotes() throws IOException {
        CheckedFile checked = sites.check(sites.file(NAME, "%PDF-1.7"));
        Feedback feedback = feedback(Status.REJECTED, Optional.empty(), Counts.NONE, 0, checked.findings());

        Path folder = write(feedback, "%PDF-1.7");

        assertThat(files(folder)).containsExactly("findings.csv", "receipt.html", "receipt.txt");
        assertThat(folder.resolve("receipt.txt"))
                .content()
                .endsWith(
                        "There is no returned.csv: the rows of this file cannot be told apart, or none\nwere read.\n");
    }

    @Test
    void longListsAreCutShort() throws IOException {
        List<FindingRow> findings = Stream.iterate(3, line -> line + 2)
                .limit(47)
                .map(line -> finding(Severity.ERROR, "STG-033", line, "P" + line, "450"))
                .toList();

        Path folder =
                write(feedback(Status.EFFECTIVE, Optional.empty(), new Counts(100, 53, 47, 0, 0), 0, findings), "x\n");

        assertThat(folder.resolve("receipt.txt"))
                .content()
                .contains("  - line 21: record P21, found 450\n  and 37 more, see findings.csv\n");
        assertThat(folder.resolve("receipt.html")).content().contains("<p>and 37 more, see findings.csv</p>");
        assertThat(Files.readAllLines(folder.resolve("findings.csv"))).hasSize(48);
    }

    @Test
    void staleRowsAreCounted() throws IOException {
        Path folder =
                write(feedback(Status.EFFECTIVE, Optional.empty(), new Counts(100, 97, 3, 0, 0), 2, List.of()), "x\n");

        assertThat(folder.resolve("receipt.txt"))
                .content()
                .contains("stale              2  rows of an earlier file that stand in for rejected ones\n");
    }

    @Test
    void pageIsWellFormedAndShowsWhatASiteWroteAsText() throws Exception {
        Path folder = write(effective(FILE));

        String page = Files.readString(folder.resolve("receipt.html"));
        Document document = parser().parse(new InputSource(new StringReader(page)));
        assertThat(page).doesNotContain("<script").contains("found &lt;script&gt;alert(1)&lt;/script&gt;");
        assertThat(document.getElementsByTagName("h1").item(0).getTextContent())
                .isEqualTo("Receipt for aarhus_2026-09-30.csv");
        assertThat(document.getElementsByTagName("article").getLength()).isEqualTo(7);
        assertThat(page)
                .doesNotContain("href=")
                .doesNotContain("src=")
                .doesNotContain("url(")
                .doesNotContain("{{");
    }

    @Test
    void pageHoldsWhateverCharactersAValueHas() throws Exception {
        String found = "\u001B[31m\u0000\uD800 \u202Edesrever\u2028 & \"' ]]> \uFFFF {{body}}";
        Path folder = write(
                feedback(
                        Status.EFFECTIVE,
                        Optional.empty(),
                        new Counts(1, 0, 1, 0, 0),
                        0,
                        List.of(finding(Severity.ERROR, "STG-033", 2, "P1", found))),
                "x\n");

        String page = Files.readString(folder.resolve("receipt.html"));
        Document document = parser().parse(new InputSource(new StringReader(page)));
        assertThat(document.getElementsByTagName("li").item(0).getTextContent())
                .isEqualTo("line 2: record P1, found \uFFFD[31m\uFFFD\uFFFD \uFFFDdesrever  & \"' ]]> \uFFFD {{body}}");
        assertThat(folder.resolve("receipt.txt")).content().doesNotContain("\u001B");
    }

    @Test
    void writingAgainReplacesAndHealsWhatWasCutShort() throws IOException {
        Path folder = write(effective(FILE));
        Files.createDirectory(folder.resolveSibling(".7-new"));
        Files.writeString(folder.resolveSibling(".7-new").resolve("receipt.txt"), "half");
        Files.createDirectory(folder.resolveSibling(".7-old"));

        Feedback rejected = feedback(
                Status.REJECTED,
                Optional.empty(),
                Counts.NONE,
                0,
                List.of(finding(Severity.ERROR, "STG-009", 3, null, null)));
        Path again = write(rejected, FILE);

        assertThat(again).isEqualTo(folder);
        assertThat(files(folder)).containsExactly("findings.csv", "receipt.html", "receipt.txt");
        assertThat(files(home.resolve("sites/aarhus/outbox"))).containsExactly("7");
    }

    @Test
    void sameFeedbackGivesTheSameBytes() throws IOException {
        Path folder = write(effective(FILE));
        byte[] before = Files.readAllBytes(folder.resolve("receipt.html"));

        write(effective(FILE));

        assertThat(folder.resolve("receipt.html")).hasBinaryContent(before);
    }

    @Test
    void markBesideTheFileTellsWhetherToMend() throws IOException {
        Files.writeString(inbox.resolve(NAME), FILE);
        FeedbackWriter writer = new FeedbackWriter(home, "equipoise");
        Feedback bad = effective(FILE);
        Path folder = write(bad);
        writer.mark(bad, folder);

        assertThat(files(inbox)).containsExactly(NAME, NAME + " PLEASE MEND.html");
        assertThat(inbox.resolve(NAME + " PLEASE MEND.html")).hasSameBinaryContentAs(folder.resolve("receipt.html"));

        Feedback good = effective(TestSites.HEADER + "\nP1,before,MBT,2020-01-06,2020-01-02,45\n");
        writer.mark(good, write(good));
        assertThat(files(inbox)).containsExactly(NAME, NAME + " OK.html");

        Files.delete(inbox.resolve(NAME));
        writer.mark(good, folder);
        assertThat(files(inbox)).isEmpty();
    }

    @Test
    void warningsAloneAskForNothing() {
        List<FindingRow> warning = List.of(finding(Severity.WARNING, "HRM-002", 2, "P1", "x"));

        assertThat(feedback(Status.EFFECTIVE, Optional.empty(), Counts.NONE, 0, warning)
                        .mustBeMended())
                .isFalse();
        assertThat(feedback(Status.HELD, Optional.of(HoldReason.OLDER), Counts.NONE, 0, warning)
                        .mustBeMended())
                .isTrue();
    }

    /** The feedback that the night would give to a file of this content. */
    private Feedback effective(String content) throws IOException {
        CheckedFile checked = sites.check(sites.file(NAME, content));
        return feedback(Status.EFFECTIVE, Optional.empty(), checked.counts(), 0, checked.findings());
    }

    private static Feedback feedback(
            Status status, Optional<HoldReason> held, Counts counts, long stale, List<FindingRow> findings) {
        return new Feedback(
                OptionalLong.of(7),
                "aarhus",
                "gaf",
                NAME,
                Optional.of(Instant.parse("2026-09-29T22:00:00Z").atZone(ZoneId.of("Europe/Copenhagen"))),
                status,
                held,
                counts,
                stale,
                findings);
    }

    private static FindingRow finding(
            Severity severity, String code, int line, @Nullable String record, @Nullable String found) {
        return new FindingRow(
                code,
                severity,
                "value",
                NAME,
                line,
                null,
                record,
                null,
                null,
                null,
                "something else",
                found,
                "Wrong.",
                "Mend it.",
                1);
    }

    private Path write(Feedback feedback) throws IOException {
        return write(feedback, FILE);
    }

    private Path write(Feedback feedback, String content) throws IOException {
        return new FeedbackWriter(home, "equipoise --home here")
                .write(
                        feedback,
                        Optional.of(sites.export(sites.file(NAME, FILE))),
                        () -> new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static String resource(String name) throws IOException {
        return Files.readString(Path.of("src/test/resources/org/equipoise/feedback", name));
    }

    private static DocumentBuilder parser() throws Exception {
        DocumentBuilder builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
        builder.setErrorHandler(null);
        return builder;
    }
}
