package org.equipoise.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.equipoise.definition.SiteMapping.TextFormat;
import org.equipoise.staging.ExportReader;
import org.equipoise.staging.FileRefused;
import org.equipoise.staging.RowBlock;
import org.equipoise.vocabulary.Severity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReturnedCsvTest {
    private static final Charset WINDOWS = Charset.forName("windows-1252");
    private static final TextFormat COMMAS = format(',', 0, StandardCharsets.UTF_8, WINDOWS);

    @Test
    void notesStandBesideTheirRowsAndNowhereElse() throws Exception {
        String returned = returned("id,gaf\nP1,45\nP2,450\n", COMMAS, List.of(finding(3, "gaf")));

        assertThat(returned).isEqualTo("""
                        id,gaf,please_mend
                        P1,45,
                        P2,450,STG-033 gaf: The value is outside what the item allows. Expected a number.
                        """);
    }

    @Test
    void aRowWithTwoFindingsHasBothInOneField() throws Exception {
        String returned = returned(
                "id;gaf\nP1;450\n",
                format(';', 0, StandardCharsets.UTF_8),
                List.of(finding(2, "gaf"), finding(2, "b;c")));

        assertThat(returned).isEqualTo("""
                        id;gaf;please_mend
                        P1;450;"STG-033 gaf: The value is outside what the item allows. Expected a number. | \
                        STG-033 b;c: The value is outside what the item allows. Expected a number."
                        """);
    }

    @Test
    void linesAreCountedAsTheReaderCountsThem() throws Exception {
        String file = "id,note\r\nP1,\"two\r\nlines, \"\"quoted\"\"\"\r\n\r\n  \r\nP2,x\r\nP3,y";

        String returned = returned(file, COMMAS, List.of(finding(2, "note"), finding(5, "note"), finding(6, "note")));

        String note = "STG-033 note: The value is outside what the item allows. Expected a number.";
        assertThat(returned)
                .isEqualTo("id,note,please_mend\r\nP1,\"two\r\nlines, \"\"quoted\"\"\"," + note + "\r\n\r\n  \r\nP2,x,"
                        + note + "\r\nP3,y," + note);
    }

    @Test
    void linesAboveTheHeaderStayAsTheyAre() throws Exception {
        String returned = returned(
                "sep=;\n\"Exported; by the registry\nid;gaf\nP1;4\n",
                format(';', 2, StandardCharsets.UTF_8),
                List.of(finding(4, "gaf")));

        assertThat(returned)
                .isEqualTo("sep=;\n\"Exported; by the registry\nid;gaf;please_mend\nP1;4;STG-033 gaf: The value is"
                        + " outside what the item allows. Expected a number.\n");
    }

    @Test
    void danishLettersKeepTheirEncoding() throws Exception {
        byte[] file = "id,navn\nP1,Bl\u00E5b\u00E6rgr\u00F8d\nP2,\u0152uvre\n".getBytes(WINDOWS);

        byte[] returned = returned(file, COMMAS, List.of(finding(2, "navn")));

        assertThat(new String(returned, WINDOWS))
                .isEqualTo("id,navn,please_mend\nP1,Bl\u00E5b\u00E6rgr\u00F8d,STG-033 navn: The value is outside what"
                        + " the item allows. Expected a number.\nP2,\u0152uvre,\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
    void byteOrderMarkStays(String encoding) throws Exception {
        Charset charset = Charset.forName(encoding);

        byte[] returned = returned("\uFEFF\"id\",gaf\nP1,4\n".getBytes(charset), COMMAS, List.of());

        assertThat(new String(returned, charset)).isEqualTo("\uFEFF\"id\",gaf,please_mend\nP1,4,\n");
    }

    @Test
    void aMarkIsNoMarkInsideALetterOfTwoBytes() throws Exception {
        Charset japanese = Charset.forName("Shift_JIS");
        String file = "id|navn\nP1|\u30DD\"x\nP2|\u30DD\n";
        assertThat(file.getBytes(japanese)).containsSequence((byte) 0x83, (byte) '|');

        byte[] returned = returned(file.getBytes(japanese), format('|', 0, japanese), List.of(finding(3, "navn")));

        assertThat(new String(returned, japanese))
                .isEqualTo("id|navn|please_mend\nP1|\u30DD\"x|\nP2|\u30DD|STG-033 navn: The value is outside what the"
                        + " item allows. Expected a number.\n");
    }

    @Test
    void aMarkMayBeALetterOfTwoBytes() throws Exception {
        assertThat(returned(
                        "id\u00A7x\nP1\u00A7\"a\n\u00A7\"\n \u00A7\nP2\u00A7\u00A3\"b\nP3\u00A7c",
                        format('\u00A7', 0, StandardCharsets.UTF_8),
                        List.of()))
                .isEqualTo(
                        "id\u00A7x\u00A7please_mend\nP1\u00A7\"a\n\u00A7\"\u00A7\n \u00A7\u00A7\nP2\u00A7\u00A3\"b\u00A7\n"
                                + "P3\u00A7c\u00A7");
    }

    @Test
    void whiteSpaceOfAnyKindIsNoRow() throws Exception {
        assertThat(returned("id\n\u2003\u3000\nP1\n\u2003\u00E6\n\"\"\n", COMMAS, List.of()))
                .isEqualTo("id,please_mend\n\u2003\u3000\nP1,\n\u2003\u00E6,\n\"\"\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void whatIsReadAtOnceMayEndAnywhere(String lineEnd) throws Exception {
        byte[] file = "\uFEFFid,note\nP1,\"a\n\"\"b\"\n \nP2,\u00E6\n"
                .replace("\n", lineEnd)
                .getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        ReturnedCsv.write("f.csv", COMMAS, () -> byteByByte(file), List.of(finding(4, "note")), out);

        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo(
                        ("\uFEFFid,note,please_mend\nP1,\"a\n\"\"b\",\n \nP2,\u00E6,STG-033 note: The value is outside"
                                        + " what the item allows. Expected a number.\n")
                                .replace("\n", lineEnd));
    }

    @Test
    void aRowMayBeLongerThanWhatIsReadAtOnce() throws Exception {
        String row = "P1,\"" + "long\n".repeat(100_000) + "\"";

        assertThat(returned("id,note\n" + row + "\nP2,x", COMMAS, List.of()))
                .isEqualTo("id,note,please_mend\n" + row + ",\nP2,x,");
    }

    private static InputStream byteByByte(byte[] file) {
        return new ByteArrayInputStream(file) {
            @Override
            public int read(byte[] buffer, int offset, int length) {
                return super.read(buffer, offset, Math.min(length, 1));
            }
        };
    }

    @Test
    void whatTheFilesEncodingLacksIsReplacedInNotesOnly() throws Exception {
        FindingRow greek = new FindingRow(
                "STG-024",
                Severity.ERROR,
                "value",
                "f.csv",
                2,
                "x",
                null,
                null,
                null,
                null,
                "one of \u03B1",
                null,
                "No.",
                "",
                1);

        byte[] returned = returned("id,x\nP1,\u00E6\n".getBytes(WINDOWS), COMMAS, List.of(greek));

        assertThat(new String(returned, WINDOWS))
                .isEqualTo("id,x,please_mend\nP1,\u00E6,STG-024 x: No. Expected one of ?.\n");
    }

    @Test
    void errorsOfTheHeaderStandBesideTheFirstRow() throws Exception {
        FindingRow header = new FindingRow(
                "STG-007",
                Severity.ERROR,
                "file",
                "f.csv",
                1,
                "gaf",
                null,
                null,
                null,
                null,
                "a column",
                null,
                "Gone.",
                "",
                1);

        assertThat(returned("id\n\nP1\nP2\n", COMMAS, List.of(header)))
                .isEqualTo("id,please_mend\n\nP1,Header: STG-007 gaf: Gone. Expected a column.\nP2,\n");
    }

    @Test
    void aFileThatCameBackWithNotesGetsAnotherColumn() throws Exception {
        assertThat(returned("id,please_mend\nP1,old\n", COMMAS, List.of(finding(2, "id"))))
                .isEqualTo("id,please_mend,please_mend_2\nP1,old,STG-033 id: The value is outside what the item allows."
                        + " Expected a number.\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jobs/sites/northgate/inbox/northgate_redcap_2026-09-30.csv",
                "jobs/sites/lindholm/inbox/lindholm_responses_2026-10-02.csv"
            })
    void withoutTheColumnASampleIsWhatItWas(Path file) throws Exception {
        CheckedFile checked = TestSites.shippedCheck().check(file, Optional.empty());
        TextFormat format = checked.export().orElseThrow().text();
        byte[] original = Files.readAllBytes(file);

        byte[] returned = returned(original, format, checked.findings());

        List<RowBlock.Row> before = rows(original, format);
        List<RowBlock.Row> after = rows(returned, format);
        assertThat(after).hasSameSizeAs(before);
        List<Integer> noted = new ArrayList<>();
        for (int i = 0; i < before.size(); i++) {
            String[] cells = after.get(i).cells();
            assertThat(java.util.Arrays.copyOf(cells, cells.length - 1))
                    .isEqualTo(before.get(i).cells());
            assertThat(after.get(i).line()).isEqualTo(before.get(i).line());
            if (!cells[cells.length - 1].isEmpty()) {
                noted.add(after.get(i).line());
            }
        }
        assertThat(noted)
                .containsExactlyElementsOf(checked.findings().stream()
                        .map(FindingRow::line)
                        .distinct()
                        .toList());
    }

    private static List<RowBlock.Row> rows(byte[] file, TextFormat format) throws IOException, FileRefused {
        List<RowBlock.Row> rows = new ArrayList<>();
        try (ExportReader reader = ExportReader.open("f.csv", format, () -> new ByteArrayInputStream(file))) {
            for (Optional<RowBlock> block = reader.read(); block.isPresent(); block = reader.read()) {
                rows.addAll(block.get().rows());
            }
        }
        return rows;
    }

    private static TextFormat format(char delimiter, int skipLines, Charset... encodings) {
        return new TextFormat(List.of(encodings), delimiter, '"', skipLines, '.', Optional.empty());
    }

    private static FindingRow finding(int line, String column) {
        return new FindingRow(
                "STG-033",
                Severity.ERROR,
                "value",
                "f.csv",
                line,
                column,
                "P1",
                null,
                null,
                null,
                "a number",
                "450",
                "The value is outside what the item allows.",
                "Correct the cell.",
                1);
    }

    private static String returned(String file, TextFormat format, List<FindingRow> findings) throws Exception {
        return new String(returned(file.getBytes(StandardCharsets.UTF_8), format, findings), StandardCharsets.UTF_8);
    }

    private static byte[] returned(byte[] file, TextFormat format, List<FindingRow> findings) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ReturnedCsv.write("f.csv", format, () -> new ByteArrayInputStream(file), findings, out);
        return out.toByteArray();
    }
}
