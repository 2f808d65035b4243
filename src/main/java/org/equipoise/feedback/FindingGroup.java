package org.equipoise.feedback;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.equipoise.vocabulary.Severity;
import org.jspecify.annotations.Nullable;

/**
 * Findings that are mended alike: of one code in one column.
 *
 * @param column header of the column; null when they are about more than a cell
 * @param expected what would have been right, when that is the same everywhere
 * @param spots where, by line
 * @param rows how many rows they speak for
 */
record FindingGroup(
        String code,
        Severity severity,
        @Nullable String column,
        String message,
        String remedy,
        Optional<String> expected,
        List<Spot> spots,
        long rows) {

    /**
     * Findings that say the same of the same participant, event and form: one place, be it in many lines.
     *
     * @param lines where, such as {@code line 8} or {@code lines 8-17, 20}; empty for the file as a whole
     * @param rows how many rows they speak for
     */
    record Spot(String lines, FindingRow finding, long rows) {

        /**
         * The place in words.
         *
         * @param withExpected whether to tell what was expected too
         */
        String words(boolean withExpected) {
            List<String> parts = new ArrayList<>();
            add(parts, "record", finding.record());
            add(parts, "event", finding.event());
            add(parts, "form", finding.form());
            if (finding.field() != null && !finding.field().equals(finding.column())) {
                add(parts, "field", finding.field());
            }
            add(parts, "found", finding.found());
            if (withExpected) {
                add(parts, "expected", finding.expected());
            }
            if (finding.count() > 1) {
                parts.add("here and in further rows below, " + finding.count() + " in all");
            }
            return lines + (lines.isEmpty() || parts.isEmpty() ? "" : ": ") + String.join(", ", parts);
        }

        private static void add(List<String> parts, String name, @Nullable String value) {
            if (value != null && !value.isEmpty()) {
                parts.add(name + " " + PlainText.visible(value));
            }
        }
    }

    private record Key(
            Severity severity,
            String file,
            String code,
            @Nullable String column,
            String message) {}

    private record Sameness(
            @Nullable String record,
            @Nullable String event,
            @Nullable String form,
            @Nullable String field,
            String expected,
            @Nullable String found,
            boolean forMany) {}

    /** Puts findings together: errors first, then by the line where each kind first occurs. */
    static List<FindingGroup> of(List<FindingRow> findings) {
        Map<Key, List<FindingRow>> kinds = findings.stream()
                .sorted(FindingRow.BY_LINE)
                .collect(Collectors.groupingBy(
                        row -> new Key(row.severity(), row.file(), row.code(), row.column(), row.message()),
                        LinkedHashMap::new,
                        Collectors.toList()));
        return kinds.values().stream()
                .map(FindingGroup::group)
                .sorted(java.util.Comparator.comparing(FindingGroup::severity))
                .toList();
    }

    private static FindingGroup group(List<FindingRow> rows) {
        FindingRow first = rows.get(0);
        Collection<List<FindingRow>> same = rows.stream()
                .collect(Collectors.groupingBy(
                        row -> new Sameness(
                                row.record(),
                                row.event(),
                                row.form(),
                                row.field(),
                                row.expected(),
                                row.found(),
                                row.count() > 1),
                        LinkedHashMap::new,
                        Collectors.toList()))
                .values();
        boolean oneExpectation = rows.stream().allMatch(row -> row.expected().equals(first.expected()));
        return new FindingGroup(
                first.code(),
                first.severity(),
                first.column(),
                first.message(),
                first.remedy(),
                oneExpectation ? Optional.of(first.expected()) : Optional.empty(),
                same.stream()
                        .map(spot -> new Spot(Lines.of(spot), spot.get(0), rowsOf(spot)))
                        .toList(),
                rowsOf(rows));
    }

    private static long rowsOf(List<FindingRow> rows) {
        return rows.stream().mapToLong(FindingRow::count).sum();
    }

    /** Line numbers in words. */
    private static final class Lines {
        private static final int MOST_RANGES = 6;

        static String of(List<FindingRow> rows) {
            List<String> ranges = new ArrayList<>();
            int lines = 0;
            int from = 0;
            int to = -1;
            for (FindingRow row : rows) {
                int line = row.line();
                if (line == 0 || (line == to && lines > 0)) {
                    continue;
                }
                lines++;
                if (line != to + 1 || to < 0) {
                    close(ranges, from, to);
                    from = line;
                }
                to = line;
            }
            close(ranges, from, to);
            if (ranges.isEmpty()) {
                return "";
            }
            boolean tooMany = ranges.size() > MOST_RANGES;
            String list = String.join(", ", tooMany ? ranges.subList(0, MOST_RANGES) : ranges);
            return (lines == 1 ? "line " : "lines ") + list + (tooMany ? " and more" : "");
        }

        private static void close(List<String> ranges, int from, int to) {
            if (to >= from && to > 0) {
                ranges.add(from == to ? String.valueOf(from) : from + "-" + to);
            }
        }
    }
}
