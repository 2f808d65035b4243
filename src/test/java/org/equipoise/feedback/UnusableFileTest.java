package org.equipoise.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.equipoise.definition.SiteMapping.TextFormat;
import org.equipoise.staging.ExportReader;
import org.equipoise.staging.FileRefused;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever lies in the place of an export, the answer is a finding that says what to do. */
class UnusableFileTest {
    private static final String NAME = "aarhus_2026-09-30.csv";
    private static final String ROW = "P1,before,MBT,2020-01-06,2020-01-02,45\n";

    @TempDir
    Path folder;

    private TestSites sites;

    @BeforeEach
    void makeSites() throws IOException {
        sites = TestSites.in(folder);
    }

    @Test
    void emptyFile() throws IOException {
        assertThat(told(""))
                .containsExactly("STG-001 line 0: The file is empty. Expected a header and rows."
                        + " Export again and check that rows are selected.");
    }

    @Test
    void byteOrderMarkAndNothingElse() throws IOException {
        assertThat(told("\uFEFF"))
                .containsExactly("STG-001 line 0: The file is empty. Expected a header and rows."
                        + " Export again and check that rows are selected.");
    }

    @Test
    void directory() throws IOException {
        CheckedFile checked = sites.check(Files.createDirectory(folder.resolve(NAME)));

        assertThat(checked.verdict()).isEqualTo(Verdict.FILE_REJECTED);
        assertThat(sentences(checked))
                .containsExactly("SUB-004 line 0: This is a folder, not a file. Expected a CSV file."
                        + " Put the export itself into the inbox, not a folder that holds it.");
    }

    @Test
    void fileThatIsNotThere() {
        CheckedFile checked = sites.check(folder.resolve(NAME));

        assertThat(checked.verdict()).isEqualTo(Verdict.FILE_REJECTED);
        assertThat(sentences(checked))
                .containsExactly("SUB-003 line 0: This file cannot be read from disk. Expected a file that may be"
                        + " read. Give the program the right to read it, and copy it again if it came incomplete.");
    }

    @Test
    void pdfNamedCsv() throws IOException {
        assertThat(told("%PDF-1.7\n1 0 obj\n"))
                .containsExactly("STG-002 line 0: The file is not a text table. Expected a CSV file: text with one row"
                        + " a line. Export as CSV. Renaming a PDF, Excel or zip file to .csv does not turn it into"
                        + " one.");
    }

    @Test
    void nulByteInARow() throws IOException {
        assertThat(told(TestSites.HEADER + "\n" + ROW + "P2,before,M\0BT,,,\n"))
                .containsExactly("STG-002 line 1: The file is not a text table. Expected text without NUL bytes."
                        + " Export as CSV. Renaming a PDF, Excel or zip file to .csv does not turn it into one.");
    }

    @Test
    void nulByteAboveTheHeader() throws IOException {
        sites.site("aarhus", TestSites.AARHUS.replace("    record: id", "    text: {skip_lines: 1}\n    record: id"));

        assertThat(told("Exported from the registry \0\n" + TestSites.HEADER + "\n" + ROW))
                .containsExactly("STG-002 line 0: The file is not a text table. Expected text without NUL bytes."
                        + " Export as CSV. Renaming a PDF, Excel or zip file to .csv does not turn it into one.");
    }

    @Test
    void utf16WithoutAByteOrderMark() throws IOException {
        byte[] bytes = (TestSites.HEADER + "\n" + ROW).getBytes(StandardCharsets.UTF_16LE);

        assertThat(sentences(sites.check(sites.file(NAME, bytes))))
                .containsExactly("STG-002 line 0: The file is not a text table. Expected a CSV file: text with one row"
                        + " a line. Export as CSV. Renaming a PDF, Excel or zip file to .csv does not turn it into"
                        + " one.");
    }

    @Test
    void utf16WithAByteOrderMarkIsRead() throws IOException {
        byte[] bytes = ("\uFEFF" + TestSites.HEADER + "\n" + ROW).getBytes(StandardCharsets.UTF_16LE);

        assertThat(sites.check(sites.file(NAME, bytes)).verdict()).isEqualTo(Verdict.ACCEPTED);
    }

    @Test
    void encodingThatTheMappingDoesNotName() throws IOException {
        sites.site(
                "aarhus", TestSites.AARHUS.replace("    record: id", "    text: {encodings: [utf-8]}\n    record: id"));
        byte[] bytes = (TestSites.HEADER + "\nS\u00F8ren,before,MBT,,,45\n").getBytes(Charset.forName("windows-1252"));

        assertThat(sentences(sites.check(sites.file(NAME, bytes))))
                .containsExactly("STG-003 line 1: The characters of the file are not in an encoding that the mapping"
                        + " names. Expected UTF-8 from beginning to end. Export in one of the expected encodings.");
    }

    @Test
    void headerWithoutRows() throws IOException {
        assertThat(told(TestSites.HEADER + "\n"))
                .containsExactly("STG-005 line 0: The file has a header and no rows. Expected at least one row below"
                        + " the header. Export again and check that rows are selected.");
    }

    @Test
    void twoColumnsOfTheSameNameAndOneMissingAreToldAtOnce() throws IOException {
        assertThat(told("id,visit,ARM,arm,randomised,gaf_date,rating\n" + ROW))
                .containsExactly(
                        "STG-006 line 1 arm: Two columns have the same header. Expected each header once."
                                + " Give each column a header of its own.",
                        "STG-007 line 1 gaf: A column that the mapping needs is not in the header. Expected a column"
                                + " named gaf. Found the columns id, visit, ARM, arm, randomised, gaf_date, rating."
                                + " Export with all columns, or have the mapping changed if the column was renamed.");
    }

    @Test
    void quotationMarkThatNeverCloses() throws IOException {
        assertThat(told(TestSites.HEADER + "\n" + ROW + "P2,\"before,MBT,2020-01-06,2020-01-02,50\n" + ROW))
                .containsExactly("STG-009 line 3: A quotation mark opens a field and never closes, so the rest of the"
                        + " file cannot be told apart. Expected a closing quotation mark before the end of the file."
                        + " The file may have been cut off. Export and copy it again.");
    }

    @Test
    void quotationMarkInsideAField() throws IOException {
        assertThat(told(TestSites.HEADER + "\n" + "P1,\"be\"fore,MBT,2020-01-06,2020-01-02,45\n"))
                .containsExactly("STG-011 line 2: A quotation mark stands inside a field where none can be."
                        + " Expected a delimiter after a closing quotation mark. Put the whole field in quotation"
                        + " marks and double the marks inside it, or export again.");
    }

    @Test
    void endlessLineIsGivenUpEarly() throws IOException {
        EndlessLine bytes = new EndlessLine(200L << 20);
        TextFormat format =
                sites.export(sites.file(NAME, TestSites.HEADER + "\n" + ROW)).text();

        assertThat(format.encodings()).hasSizeGreaterThan(1);
        FileRefused refused = catchRefusal(format, bytes);
        assertThat(refused.findings())
                .singleElement()
                .hasToString("STG-004 " + NAME + " line 1: A row is far too long to be one row. Expected rows of at"
                        + " most 4 million characters. Look for a quotation mark that opens and never closes, or line"
                        + " ends that were lost, and export again.");
        assertThat(bytes.read).isLessThan(10L << 20);
    }

    @Test
    void findingsAboveAnEndlessLineAreToldToo() throws IOException {
        Path file = sites.file(NAME, TestSites.HEADER + "\nP1,later,MBT,2020-01-06,2020-01-02,45\n");
        Files.writeString(
                file,
                ("P2,before,MBT,2020-01-06,2020-01-02,4\n".repeat(4000) + "x".repeat(4_100_000)),
                java.nio.file.StandardOpenOption.APPEND);

        assertThat(sites.check(file).findings())
                .extracting(FindingRow::code, FindingRow::line)
                .startsWith(org.assertj.core.groups.Tuple.tuple("STG-021", 2))
                .endsWith(org.assertj.core.groups.Tuple.tuple("STG-004", 4003));
    }

    @Test
    void folderThatIsNoSite() throws IOException {
        CheckedFile checked =
                sites.check().check(sites.file(NAME, TestSites.HEADER + "\n" + ROW), Optional.of("odense"));

        assertThat(checked.verdict()).isEqualTo(Verdict.FILE_REJECTED);
        assertThat(sentences(checked))
                .containsExactly("SUB-001 line 0: This folder is not a site of the study. Expected one of the sites"
                        + " aarhus. Rename the folder, or add a mapping for the site under jobs/sites.");
    }

    @Test
    void siteThatIsNoCode() throws IOException {
        CheckedFile checked = sites.check().check(sites.file(NAME, TestSites.HEADER + "\n" + ROW), Optional.of("../x"));

        assertThat(checked.findings()).extracting(FindingRow::code).containsExactly("SUB-001");
    }

    @Test
    void nameThatNoExportHas() throws IOException {
        CheckedFile checked = sites.check(sites.file("latest.csv", TestSites.HEADER + "\n" + ROW));

        assertThat(checked.verdict()).isEqualTo(Verdict.FILE_REJECTED);
        assertThat(sentences(checked))
                .containsExactly("SUB-002 line 0: The name of this file matches no export of the site. Expected a name"
                        + " that fits gaf (aarhus_{as_of}.csv). Rename the file as your site's exports are named, or"
                        + " add the export to the site's mapping.");
    }

    @Test
    void nameThatNoSiteHas() throws IOException {
        sites.site("odense", TestSites.AARHUS.replace("aarhus", "odense"));

        CheckedFile checked = sites.check().check(sites.file("latest.csv", ROW), Optional.empty());

        assertThat(checked.verdict()).isEqualTo(Verdict.FILE_REJECTED);
        assertThat(sentences(checked))
                .containsExactly("SUB-002 line 0: The name of this file matches no export of the site. Expected a name"
                        + " that fits aarhus: gaf (aarhus_{as_of}.csv); odense: gaf (odense_{as_of}.csv). Rename the"
                        + " file as your site's exports are named, or add the export to the site's mapping.");
    }

    @Test
    void nameThatSeveralSitesHave() throws IOException {
        sites.site("odense", TestSites.AARHUS.replace("code: aarhus", "code: odense"));

        CheckedFile checked = sites.check().check(sites.file(NAME, ROW), Optional.empty());

        assertThat(checked.verdict()).isEqualTo(Verdict.NOT_CHECKED);
        assertThat(sentences(checked))
                .containsExactly("SUB-010 line 0: The name of this file fits exports of several sites. Expected one of"
                        + " the sites aarhus, odense. Say which site it is from, with: --site.");
    }

    @Test
    void momentThatTheNameDoesNotTell() throws IOException {
        CheckedFile checked = sites.check(sites.file("aarhus_autumn.csv", TestSites.HEADER + "\n" + ROW));

        assertThat(checked.verdict()).isEqualTo(Verdict.ACCEPTED);
        assertThat(sentences(checked))
                .containsExactly("SUB-009 line 0: The moment the export was taken cannot be told as the mapping says;"
                        + " the moment of receipt stands in. Expected a moment in the file's name. Name the file as"
                        + " your site's exports are named.");
    }

    @Test
    void mappingWithAMistake() throws IOException {
        sites.site("aarhus", TestSites.AARHUS.replace("instrument: GAF", "instrument: GAS"));

        CheckedFile checked = sites.check(sites.file(NAME, TestSites.HEADER + "\n" + ROW));

        assertThat(checked.verdict()).isEqualTo(Verdict.FILE_REJECTED);
        assertThat(sentences(checked).stream()
                        .map(sentence -> sentence.replaceFirst("the \\d+ there", "the many there")))
                .containsExactly(
                        "DEF-016 line 22: There is no instrument GAS. Expected one of the many there are, such as GAD-2, GAD-7,"
                                + " GAF. Found GAS. Correct the code, or add the instrument's file.",
                        "SUB-005 line 0: The site's mapping has mistakes, so nothing of the site is read. Expected a"
                                + " mapping without mistakes. Mend the mapping as the problems above say; the file is"
                                + " read the next night.");
    }

    @Test
    void studyThatIsNotThere() throws IOException {
        Path file = sites.file(NAME, TestSites.HEADER + "\n" + ROW);
        CheckedFile checked = new OfflineCheck(sites.jobs(), folder.resolve("none.yaml"), TestSites.CLOCK)
                .check(file, Optional.of("aarhus"));

        assertThat(checked.verdict()).isEqualTo(Verdict.NOT_CHECKED);
        assertThat(sentences(checked))
                .containsExactly("DEF-001 line 0: The file is not there or cannot be read. Expected a readable file."
                        + " Put the file there, or correct its name.");
    }

    /** What a file of this content is told, after it was rejected. */
    private List<String> told(String content) throws IOException {
        CheckedFile checked = sites.check(sites.file(NAME, content));
        assertThat(checked.verdict()).isEqualTo(Verdict.FILE_REJECTED);
        return sentences(checked);
    }

    private static List<String> sentences(CheckedFile checked) {
        return checked.findings().stream()
                .map(row -> row.code() + " line " + row.line()
                        + (row.column() == null ? "" : " " + row.column())
                        + ": " + row.message()
                        + " Expected " + row.expected() + "."
                        + (row.found() == null ? "" : " Found " + row.found() + ".")
                        + " " + row.remedy())
                .toList();
    }

    private static FileRefused catchRefusal(TextFormat format, EndlessLine bytes) throws IOException {
        try (ExportReader reader = ExportReader.open(NAME, format, () -> bytes.again())) {
            throw new AssertionError("The line was read: " + reader.header().size());
        } catch (FileRefused e) {
            return e;
        }
    }

    /** One long line that is never in memory; counts what is asked of it, over all passes. */
    private static final class EndlessLine extends InputStream {
        private final long size;
        private long left;
        private long read;

        EndlessLine(long size) {
            this.size = size;
        }

        InputStream again() {
            left = size;
            return this;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0];
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            if (left == 0) {
                return -1;
            }
            int count = (int) Math.min(length, left);
            java.util.Arrays.fill(buffer, offset, offset + count, (byte) 'x');
            left -= count;
            read += count;
            return count;
        }
    }
}
