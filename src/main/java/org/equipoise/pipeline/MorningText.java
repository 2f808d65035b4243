package org.equipoise.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.equipoise.definition.Study;
import org.equipoise.definition.Study.Role;
import org.equipoise.pipeline.Morning.FindingChange;
import org.equipoise.pipeline.Morning.Moved;
import org.equipoise.pipeline.MorningState.Estimated;
import org.equipoise.submission.Submission;
import org.equipoise.submission.Submission.Counts;
import org.equipoise.submission.Submission.HoldReason;
import org.jspecify.annotations.Nullable;

/** What a morning summary says, in parts that a text and a page set each in their way. */
public final class MorningText {
    /**
     * One part.
     *
     * @param head names of the columns
     * @param rows cells by column
     */
    record Part(String heading, List<String> head, List<List<String>> rows) {}

    private MorningText() {}

    /** An estimate as it is printed: three digits that count. Empty for none. */
    public static String printed(@Nullable Estimated estimate) {
        if (estimate == null) {
            return "";
        }
        String interval = estimate.low() == null || estimate.high() == null
                ? ""
                : " (" + number(estimate.low()) + " to " + number(estimate.high()) + ")";
        return number(estimate.value()) + interval;
    }

    private static String number(double value) {
        if (value == 0) {
            return "0";
        }
        int decimals = Math.max(0, 2 - (int) Math.floor(Math.log10(Math.abs(value))));
        return String.format(Locale.ROOT, "%." + Math.min(decimals, 6) + "f", value);
    }

    static String title(Morning morning, Study study) {
        return study.name() + ": the night to " + morning.date();
    }

    /** The first sentences: what it comes to. */
    static List<String> sentences(Morning morning) {
        List<String> sentences = new ArrayList<>();
        if (morning.isSilent()) {
            sentences.add("Nothing changed: " + morning.participants() + " participants, results as they were.");
        } else {
            sentences.add(participants(morning));
            if (morning.moved().isEmpty()) {
                sentences.add("No main result moved.");
            }
        }
        if (morning.waiting() > 0) {
            sentences.add(
                    morning.waiting() == 1
                            ? "One held file waits for an answer; its receipt says which."
                            : morning.waiting() + " held files wait for an answer; their receipts say which.");
        }
        return sentences;
    }

    private static String participants(Morning morning) {
        int more = morning.participants() - morning.participantsBefore();
        if (more == 0) {
            return "Participants: " + morning.participants() + ", as before.";
        }
        return "Participants: " + morning.participants() + ", " + Math.abs(more) + (more > 0 ? " more" : " fewer")
                + " than before.";
    }

    /** The parts that have something to say. */
    static List<Part> parts(Morning morning, Study study) {
        List<Part> parts = new ArrayList<>();
        add(
                parts,
                new Part(
                        "Files",
                        List.of(
                                "site",
                                "file",
                                "standing",
                                "received",
                                "accepted",
                                "rejected",
                                "duplicate",
                                "superseded"),
                        morning.submissions().stream().map(MorningText::file).toList()));
        add(
                parts,
                new Part(
                        "Not read, or not as they should be",
                        List.of("what", "trouble", "what to do"),
                        troubles(morning)));
        add(
                parts,
                new Part(
                        "Findings",
                        List.of("site", "code", "finding", "new", "mended", "as before"),
                        morning.findings().stream().map(MorningText::finding).toList()));
        add(
                parts,
                new Part(
                        "Results that moved: " + study.arm(Role.TREATMENT).code() + " minus "
                                + study.arm(Role.CONTROL).code() + " (95 % interval)",
                        List.of("outcome", "interval", "before", "now"),
                        morning.moved().stream().map(MorningText::moved).toList()));
        return parts;
    }

    private static void add(List<Part> parts, Part part) {
        if (!part.rows().isEmpty()) {
            parts.add(part);
        }
    }

    private static List<String> file(Submission submission) {
        Counts counts = submission.counts();
        return List.of(
                submission.site(),
                submission.fileName(),
                standing(submission),
                count(counts.received()),
                count(counts.accepted()),
                count(counts.rejected()),
                count(counts.duplicate()),
                count(counts.superseded()));
    }

    private static String standing(Submission submission) {
        HoldReason held = submission.holdReason();
        return switch (submission.status()) {
            case EFFECTIVE -> "in use";
            case HELD -> "held: " + (held == null ? "we have a question" : reason(held));
            case REJECTED -> "rejected whole";
            case RECEIVED, STAGED -> "not yet decided";
            case SUPERSEDED -> "replaced";
            case WITHDRAWN -> "withdrawn";
        };
    }

    private static String reason(HoldReason held) {
        return switch (held) {
            case OLDER -> "older than the one in use";
            case DROPS_PARTICIPANTS -> "lacks participants";
            case RESENT -> "was replaced before";
        };
    }

    private static List<List<String>> troubles(Morning morning) {
        List<List<String>> rows = new ArrayList<>();
        morning.failed()
                .forEach(file -> rows.add(
                        List.of(file, "could not be read through, for a reason of ours", "read again next night")));
        morning.problems()
                .forEach(problem -> rows.add(List.of(
                        problem.place().toString(), problem.code() + " " + problem.message(), problem.remedy())));
        return rows;
    }

    private static List<String> finding(FindingChange change) {
        return List.of(
                change.site(),
                change.code(),
                change.message(),
                count(change.fresh()),
                count(change.mended()),
                count(change.persisting()));
    }

    private static List<String> moved(Moved moved) {
        return List.of(
                moved.outcome(), moved.interval(), orNone(printed(moved.before())), orNone(printed(moved.now())));
    }

    private static String orNone(String printed) {
        return printed.isEmpty() ? "none" : printed;
    }

    private static String count(long count) {
        return String.format(Locale.ROOT, "%d", count);
    }

    /** The whole summary as text. */
    static String of(Morning morning, Study study) {
        StringBuilder text = new StringBuilder(title(morning, study)).append('\n');
        sentences(morning).forEach(sentence -> text.append(sentence).append('\n'));
        for (Part part : parts(morning, study)) {
            text.append('\n').append(part.heading()).append('\n');
            table(text, part);
        }
        if (!morning.isSilent()) {
            morning.report()
                    .ifPresent(page -> text.append("\nReport: ").append(page).append('\n'));
        }
        return text.toString();
    }

    private static void table(StringBuilder text, Part part) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(part.head());
        lines.addAll(part.rows());
        int[] widths = new int[part.head().size()];
        lines.forEach(cells -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], cells.get(i).length());
            }
        });
        for (List<String> cells : lines) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String space = " ".repeat(widths[i] - cells.get(i).length());
                boolean number = part.rows().get(0).get(i).matches("[0-9]+");
                line.append("  ").append(number ? space + cells.get(i) : cells.get(i) + space);
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
    }
}
