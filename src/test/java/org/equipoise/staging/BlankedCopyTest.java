package org.equipoise.staging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.equipoise.definition.DefinitionLoader;
import org.equipoise.definition.SiteMapping;
import org.equipoise.vocabulary.SiteCode;
import org.equipoise.vocabulary.StudyCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A copy of an export in which the rows of participant P2 are blank. */
class BlankedCopyTest {
    private static final byte[] SECRET = "sixteen bytes long".getBytes(StandardCharsets.US_ASCII);
    private static final String FILE = "alpha_2021-02-01.csv";
    private static final SiteMapping MAPPING = Objects.requireNonNull(DefinitionLoader.load(
                    Path.of("src/test/resources/org/equipoise/testing/jobs"),
                    Path.of("src/test/resources/org/equipoise/testing/jobs/studies/mini.yaml"))
            .bundle()
            .orElseThrow()
            .mappings()
            .get(new SiteCode("alpha")));

    private static final ParticipantKeys KEYS =
            new ParticipantKeys(SECRET, new StudyCode("mini"), new SiteCode("alpha"));

    private static BlankedCopy copy(byte[] file) throws Exception {
        ExportReader.Source source = () -> new ByteArrayInputStream(file);
        return BlankedCopy.of(
                FILE,
                BoundExport.open(FILE, MAPPING, "visits", Instant.EPOCH, source),
                Set.of(KEYS.of("P2")),
                KEYS,
                source);
    }

    private static String blanked(String file) throws Exception {
        return new String(bytes(copy(file.getBytes(StandardCharsets.UTF_8))), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(BlankedCopy copy) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        copy.write(out);
        return out.toByteArray();
    }

    private static List<String> rows(byte[] file) throws Exception {
        List<String> rows = new ArrayList<>();
        try (ExportReader reader = BoundExport.open(
                        FILE, MAPPING, "visits", Instant.EPOCH, () -> new ByteArrayInputStream(file))
                .reader()) {
            for (Optional<RowBlock> block = reader.read(); block.isPresent(); block = reader.read()) {
                block.get().rows().forEach(row -> rows.add(row.line() + " " + String.join("|", row.cells())));
            }
        }
        return rows;
    }

    @Test
    void cellsOfTheirRowsAreEmptyAndAllElseIsAsItWas() throws Exception {
        assertThat(blanked("id,visit,note\nP1,b,x\n P2 ,b,y\nP3,b,P2\nP2,six,z\n"))
                .isEqualTo("id,visit,note\nP1,b,x\n,,\nP3,b,P2\n,,\n");
    }

    @Test
    void fieldsWithLineBreaksKeepTheseAndNoOtherSign() throws Exception {
        assertThat(
                        blanked(
                                "id,note,visit\r\nP2,\"two\r\nlines, \"\"quoted\"\"\",b\r\nP1,\"a\r\nb\",\"c\"\r\n\"P2\",\"\" ,x"))
                .isEqualTo("id,note,visit\r\n,\"\r\n\",\r\nP1,\"a\r\nb\",\"c\"\r\n\"\",\"\",");
    }

    @Test
    void whatStandsAboveTheHeaderStaysAndSoDoesTheMarkOfTheEncoding() throws Exception {
        assertThat(blanked("\uFEFFid,visit\nP2,b\n")).isEqualTo("\uFEFFid,visit\n,\n");
    }

    @Test
    void inARowWithOtherFieldsTheirIdMayStandAnywhere() throws Exception {
        BlankedCopy copy = copy("id,visit\nx,P2,b\nP2\nP1,P2\nx,y,z\n".getBytes(StandardCharsets.UTF_8));

        assertThat(copy.lines()).containsExactly(2, 3);
        assertThat(new String(bytes(copy), StandardCharsets.UTF_8)).isEqualTo("id,visit\n,,\n\nP1,P2\nx,y,z\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE"})
    void otherRowsAreReadFromTheSameLinesAsBefore(String encoding) throws Exception {
        SplittableRandom random = new SplittableRandom(4711);
        String[] texts = {"", "x", " P2", "\"q\"", "\"two\nlines\"", "\"a,\"\"b\"\"\"", "\"\"", "ø"};
        for (int trial = 0; trial < 300; trial++) {
            StringBuilder file = new StringBuilder(encoding.equals("UTF-8") ? "" : "\uFEFF").append("id,a,b,c\n");
            int count = 1 + random.nextInt(12);
            for (int row = 0; row < count; row++) {
                file.append(random.nextInt(3) == 0 ? "P2" : random.nextInt(4) == 0 ? "\"P2\"" : "P" + row * 10);
                for (int cell = 0; cell < 3; cell++) {
                    file.append(',').append(texts[random.nextInt(texts.length)]);
                }
                file.append(random.nextBoolean() ? "\n" : "\r\n");
                if (random.nextInt(8) == 0) {
                    file.append('\n');
                }
            }
            byte[] original = file.toString().getBytes(Charset.forName(encoding));
            BlankedCopy copy = copy(original);
            List<String> before = rows(original);
            List<String> after = rows(bytes(copy));
            assertThat(after).hasSameSizeAs(before);
            for (int i = 0; i < after.size(); i++) {
                boolean theirs = before.get(i).matches("(?s)\\d+ P2\\|.*");
                assertThat(after.get(i).replaceAll("\\v", ""))
                        .isEqualTo(
                                theirs
                                        ? before.get(i).replaceAll("(?s) .*", " |||")
                                        : before.get(i).replaceAll("\\v", ""));
            }
            assertThat(bytes(copy(bytes(copy)))).isEqualTo(bytes(copy));
        }
    }
}
