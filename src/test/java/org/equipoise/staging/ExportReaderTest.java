package org.equipoise.staging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.equipoise.definition.SiteMapping.TextFormat;
import org.equipoise.vocabulary.FindingCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExportReaderTest {
    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "windows-1252", "UTF-16BE", "Shift_JIS", "ISO-2022-JP"})
    void theFirstLetterThatIsNotAsciiMayComeAnywhere(String encoding) throws Exception {
        Charset charset = Charset.forName(encoding);
        String mark = encoding.equals("UTF-16BE") ? "\uFEFF" : "";
        String letter = encoding.endsWith("JIS") || encoding.endsWith("JP") ? "\u30DD" : "\u00E6";
        for (int before : List.of(0, 1, 8_180, 8_191, 8_192, 65_525, 65_526, 65_527, 65_528, 65_529, 200_000)) {
            List<String> cells = List.of(
                    "x".repeat(before) + letter + "\uFF71".repeat(encoding.equals("UTF-8") ? 3 : 0), "y" + letter);

            assertThat(read((mark + "id,note\n" + String.join(",", cells) + "\n").getBytes(charset), charset))
                    .containsExactly(cells);
        }
    }

    @Test
    void aByteOfAnotherEncodingFarDownIsToldWhereItIs() {
        byte[] file = ("id,note\n" + "P1,x\n".repeat(50_000) + "P2,\u00E6\n").getBytes(StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> read(file, StandardCharsets.UTF_8))
                .isInstanceOfSatisfying(
                        FileRefused.class,
                        refused -> assertThat(refused.findings())
                                .singleElement()
                                .satisfies(finding -> {
                                    assertThat(finding.code()).isEqualTo(FindingCode.STG_003);
                                    assertThat(finding.place().line()).isBetween(48_000L, 50_002L);
                                }));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\u00E6"})
    void aByteThatIsNoTextIsFoundFarDown(String letter) {
        byte[] file = ("id,note\n" + letter + "P1,x\n".repeat(50_000) + "P2,\0\n").getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> read(file, StandardCharsets.UTF_8))
                .isInstanceOfSatisfying(
                        FileRefused.class,
                        refused -> assertThat(refused.findings())
                                .extracting(Finding::code)
                                .containsExactly(FindingCode.STG_002));
    }

    private static List<List<String>> read(byte[] file, Charset encoding) throws IOException, FileRefused {
        TextFormat format = new TextFormat(List.of(encoding), ',', '"', 0, '.', Optional.empty());
        List<List<String>> rows = new ArrayList<>();
        try (ExportReader reader = ExportReader.open("f.csv", format, () -> new ByteArrayInputStream(file))) {
            for (Optional<RowBlock> block = reader.read(); block.isPresent(); block = reader.read()) {
                block.get().rows().forEach(row -> rows.add(List.of(row.cells())));
            }
        }
        return rows;
    }
}
