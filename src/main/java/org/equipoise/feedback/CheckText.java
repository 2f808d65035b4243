package org.equipoise.feedback;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.equipoise.feedback.FindingGroup.Spot;
import org.equipoise.submission.Submission.Counts;
import org.equipoise.vocabulary.Severity;

/** A checked file as compilers tell theirs: where, how bad, what; at the end what the file comes to. */
final class CheckText {
    /** Places of one kind that are listed; other formats list them all. */
    private static final int PLACES_LISTED = 20;

    private record Entry(FindingGroup group, Spot spot) {}

    private CheckText() {}

    static void write(CheckedFile checked, Optional<Path> copy, Appendable out) throws IOException {
        StringBuilder text = new StringBuilder(1024);
        List<Entry> entries = new ArrayList<>();
        List<String> more = new ArrayList<>();
        for (FindingGroup group : FindingGroup.of(checked.findings())) {
            List<Spot> spots = group.spots();
            List<Spot> listed = spots.subList(0, Math.min(PLACES_LISTED, spots.size()));
            listed.forEach(spot -> entries.add(new Entry(group, spot)));
            long rows = group.rows() - listed.stream().mapToLong(Spot::rows).sum();
            if (rows > 0) {
                more.add(PlainText.visible(checked.file()) + ": " + name(group) + ": " + rows
                        + " more like these; --format csv lists them\n");
            }
        }
        entries.sort(Comparator.comparing(
                Entry::spot, Comparator.comparingInt(spot -> spot.finding().line())));
        entries.forEach(entry -> entry(entry, text));
        more.forEach(text::append);
        String file = PlainText.visible(checked.file());
        text.append(file).append(": ").append(summary(checked)).append('\n');
        copy.ifPresent(path -> text.append(file)
                .append(": a copy with notes is in ")
                .append(PlainText.visible(path.toString()))
                .append('\n'));
        out.append(text);
    }

    private static String name(FindingGroup group) {
        return group.severity().label() + " " + group.code()
                + (group.column() == null ? "" : " " + PlainText.visible(group.column()));
    }

    private static void entry(Entry entry, StringBuilder text) {
        FindingRow finding = entry.spot.finding();
        text.append(PlainText.visible(finding.file()));
        if (finding.line() > 0) {
            text.append(':').append(finding.line());
        }
        text.append(": ").append(name(entry.group)).append(": ").append(entry.group.message());
        text.append("\n    ");
        String where = entry.spot.words(false);
        if (!where.isEmpty()) {
            text.append(where).append("; ");
        }
        text.append("expected ")
                .append(PlainText.visible(finding.expected()))
                .append("\n    ")
                .append(finding.remedy())
                .append('\n');
    }

    private static String summary(CheckedFile checked) {
        Counts counts = checked.counts();
        String rows = PlainText.count(counts.received(), "row", "rows") + " received, " + counts.accepted()
                + " accepted, " + counts.rejected() + " rejected, " + counts.duplicate() + " duplicate, "
                + counts.superseded() + " superseded; " + findings(checked);
        return switch (checked.verdict()) {
            case ACCEPTED -> "would be accepted: " + rows + ". It can be handed over.";
            case SOME_ROWS_REJECTED ->
                "would be accepted in part: " + rows
                        + ". Mend the errors and export again; or hand it over, and the rejected rows are left out.";
            case FILE_REJECTED ->
                "would be rejected: " + findings(checked)
                        + ". Nothing of it would be used; mend the errors and export again.";
            case NOT_CHECKED -> "was not checked: " + findings(checked) + ". Mend these first.";
        };
    }

    private static String findings(CheckedFile checked) {
        return PlainText.count(rows(checked, Severity.ERROR), "error", "errors") + ", "
                + PlainText.count(rows(checked, Severity.WARNING), "warning", "warnings") + ", "
                + rows(checked, Severity.INFO) + " for information";
    }

    private static long rows(CheckedFile checked, Severity severity) {
        return checked.findings().stream()
                .filter(finding -> finding.severity() == severity)
                .mapToLong(FindingRow::count)
                .sum();
    }
}
