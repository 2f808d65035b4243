package org.equipoise.comparison;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The page that tells where each number is, read as an analyst reads it. */
record EstimatePage(List<Entry> entries, Set<String> notOffered) {
    private static final Path PAGE = Path.of("src/site/markdown/estimates.md");

    /** Where the number of one key is. */
    record Entry(String method, String key, String variant, String quantity, String of, String column) {

        @Nullable
        Double read(Estimate row) {
            return switch (column) {
                case "estimate" -> row.estimate();
                case "std_error" -> row.standardError();
                case "df" -> row.df();
                case "statistic" -> row.statistic();
                case "p_value" -> row.p();
                case "ci_low" -> row.low();
                case "ci_high" -> row.high();
                default -> throw new IllegalArgumentException("no column " + column);
            };
        }

        /** Finds the one row among the answers to a question. */
        Estimate find(List<Estimate> rows, String variantValue, String ofValue) {
            return find(rows, variantValue, ofValue, null);
        }

        /** Finds the one row at a month of a curve. */
        Estimate find(List<Estimate> rows, String variantValue, String ofValue, @Nullable Double at) {
            String wanted = variant.replaceFirst("\\{[a-z]+}", variantValue);
            List<Estimate> found = rows.stream()
                    .filter(row -> row.method().equals(method)
                            && row.variant().equals(wanted)
                            && row.quantity().equals(quantity)
                            && Objects.equals(row.at(), at)
                            && (of.equals("arm_code") ? ofValue : "").equals(row.arm() == null ? "" : row.arm())
                            && (of.equals("variable") ? ofValue : "")
                                    .equals(row.variable() == null ? "" : row.variable()))
                    .toList();
            if (found.size() != 1) {
                throw new AssertionError(found.size() + " rows for " + this + " " + variantValue + " " + ofValue);
            }
            return found.get(0);
        }
    }

    static EstimatePage read() {
        try {
            String text = Files.readString(PAGE, StandardCharsets.UTF_8);
            List<Entry> entries = text.lines()
                    .filter(line -> line.startsWith("| "))
                    .map(line -> Arrays.stream(line.split("\\|", -1))
                            .map(String::strip)
                            .toList())
                    .filter(cells -> cells.size() == 8 && !cells.get(1).equals("method"))
                    .map(cells -> new Entry(
                            cells.get(1), cells.get(2), cells.get(3), cells.get(4), cells.get(5), cells.get(6)))
                    .toList();
            Set<String> notOffered = new TreeSet<>();
            String sentence = text.lines()
                    .filter(line -> line.startsWith("Not offered"))
                    .findFirst()
                    .orElseThrow();
            Pattern.compile("`([^`]+)`")
                    .matcher(sentence)
                    .results()
                    .map((MatchResult match) -> match.group(1))
                    .forEach(notOffered::add);
            return new EstimatePage(entries, notOffered);
        } catch (IOException e) {
            throw new UncheckedIOException("page " + PAGE, e);
        }
    }

    Optional<Entry> find(String method, String key) {
        return entries.stream()
                .filter(entry -> entry.method().equals(method) && entry.key().equals(key))
                .findFirst();
    }
}
