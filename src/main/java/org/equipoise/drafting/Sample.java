package org.equipoise.drafting;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.equipoise.staging.ExportReader;
import org.equipoise.staging.FileRefused;
import org.equipoise.staging.RowBlock;

/**
 * The header and the first rows of a file, as text. Held in memory and nowhere else.
 *
 * @param name the file's name
 * @param rows cells without outer blanks; as long as the header
 */
record Sample(String name, TextGuess text, List<String> header, List<String[]> rows) {
    static final int MOST_ROWS = 20_000;

    static Sample read(Path file, Ledger ledger) throws IOException, FileRefused {
        String name = String.valueOf(file.getFileName());
        ledger.turnTo(FileName.of(name).pattern());
        TextGuess text = TextGuess.of(file).with(ledger);
        List<String[]> rows = new ArrayList<>();
        try (ExportReader reader = ExportReader.open(name, text.format('.'), () -> Files.newInputStream(file))) {
            int width = reader.header().size();
            for (Optional<RowBlock> block = reader.read();
                    block.isPresent() && rows.size() < MOST_ROWS;
                    block = reader.read()) {
                block.get().rows().forEach(row -> rows.add(fit(row.cells(), width)));
            }
            List<String> header = reader.header().stream().map(Sample::composed).toList();
            return new Sample(name, text, header, List.copyOf(rows));
        }
    }

    /** Accents on their letters, as a person would type them. */
    private static String composed(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC);
    }

    private static String[] fit(String[] cells, int width) {
        String[] fitted = new String[width];
        for (int i = 0; i < width; i++) {
            fitted[i] = i < cells.length ? composed(cells[i].strip()) : "";
        }
        return fitted;
    }
}
