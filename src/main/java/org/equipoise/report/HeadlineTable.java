package org.equipoise.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.equipoise.comparison.HeadlineRow;
import org.equipoise.comparison.HeadlineRow.Difference;
import org.equipoise.definition.Study;
import org.equipoise.definition.Study.Outcome;
import org.equipoise.definition.Study.Role;

/** The headline for a terminal: one block an outcome, aligned, at most {@value #WIDTH} characters wide. */
public final class HeadlineTable {
    static final int WIDTH = 120;
    private static final int LONGEST_INTERVAL = 16;
    private static final int LONGEST_ARM = 16;
    private static final int LONGEST_CELL = 32;

    private HeadlineTable() {}

    /** The table, each line ended by a line feed. */
    public static String render(Study study, List<HeadlineRow> rows) {
        StringBuilder text = new StringBuilder();
        byOutcome(rows).forEach((outcome, block) -> {
            String title =
                    outcome.name() + ", " + outcome.unit() + " (" + Wording.direction(study, outcome, false) + ")";
            line(text, title);
            lines(text, cells(study, block));
            text.append('\n');
        });
        Figures.notes(study, rows).forEach(note -> wrap(text, note));
        return text.toString();
    }

    private static Map<Outcome, List<HeadlineRow>> byOutcome(List<HeadlineRow> rows) {
        Map<Outcome, List<HeadlineRow>> blocks = new LinkedHashMap<>();
        rows.forEach(row -> blocks.computeIfAbsent(row.outcome(), outcome -> new ArrayList<>())
                .add(row));
        return blocks;
    }

    private static List<List<String>> cells(Study study, List<HeadlineRow> rows) {
        Figures figures = Figures.of(rows);
        String treatment = cut(study.arm(Role.TREATMENT).code().value(), LONGEST_ARM);
        String control = cut(study.arm(Role.CONTROL).code().value(), LONGEST_ARM);
        List<List<String>> lines = new ArrayList<>();
        lines.add(List.of(
                "", treatment + " n", "mean (SD)", control + " n", "mean (SD)", "Difference (95 % CI) ", "g", "p"));
        for (HeadlineRow row : rows) {
            String interval = cut(row.interval().name(), LONGEST_INTERVAL);
            lines.add(
                    row.difference() == null
                            ? List.of(
                                    interval,
                                    Figures.n(row.treatment()),
                                    figures.mean(row.treatment()),
                                    Figures.n(row.control()),
                                    figures.mean(row.control()),
                                    cut(Wording.reason(row.reason()), LONGEST_CELL),
                                    "",
                                    "")
                            : List.of(
                                    interval,
                                    Figures.n(row.treatment()),
                                    figures.mean(row.treatment()),
                                    Figures.n(row.control()),
                                    figures.mean(row.control()),
                                    marked(figures, row.difference()),
                                    Figures.g(row.hedgesG()),
                                    Figures.p(row.difference())));
        }
        return lines;
    }

    /** A difference without a mark leaves room for one, so that the limits stand below each other. */
    private static String marked(Figures figures, Difference difference) {
        return figures.difference(difference) + (difference.main() ? " " : "");
    }

    /** The first column flush left, the others flush right. */
    private static void lines(StringBuilder text, List<List<String>> lines) {
        int[] widths = new int[lines.get(0).size()];
        for (List<String> cells : lines) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], cells.get(i).length());
            }
        }
        for (List<String> cells : lines) {
            StringBuilder line = new StringBuilder("  ");
            for (int i = 0; i < widths.length; i++) {
                String space = String.join(
                        "", Collections.nCopies(widths[i] - cells.get(i).length(), " "));
                line.append(i == 0 ? cells.get(i) + space : "  " + space + cells.get(i));
            }
            line(text, line.toString());
        }
    }

    private static void line(StringBuilder text, String line) {
        text.append(cut(line.stripTrailing(), WIDTH)).append('\n');
    }

    private static void wrap(StringBuilder text, String note) {
        StringBuilder line = new StringBuilder();
        for (String word : note.split(" ", -1)) {
            if (line.length() + word.length() + 1 > WIDTH) {
                line(text, line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        line(text, line.toString());
    }

    private static String cut(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest - 1) + "\u2026";
    }
}
