package org.equipoise.feedback;

import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.equipoise.submission.Submission.Counts;
import org.equipoise.submission.Submission.Status;
import org.equipoise.vocabulary.FindingCode.Category;
import org.equipoise.vocabulary.Severity;

/**
 * What a receipt says, before it is set as text or as a page. Written for the person who made the export, not
 * for the one who runs the program.
 *
 * @param mark sign of the verdict, so that it can be told without colour
 * @param sentences what became of the file, in plain words
 * @param facts what file it is, as name and value
 * @param counts what became of its rows; empty when none were read
 */
record Receipt(
        String title,
        Mark mark,
        String headline,
        List<String> sentences,
        Optional<Question> question,
        List<Fact> facts,
        List<Count> counts,
        List<Section> sections,
        List<String> files) {

    /** How a verdict is shown. */
    enum Mark {
        OK("\u2713"),
        FINDINGS("!"),
        QUESTION("?"),
        REJECTED("\u2717"),
        WAITING("\u2026");

        private final String sign;

        Mark(String sign) {
            this.sign = sign;
        }

        String sign() {
            return sign;
        }
    }

    /** What the site is asked, and how to answer. */
    record Question(String question, String howToAnswer, String command) {}

    record Fact(String name, String value) {}

    record Count(String name, long rows, String meaning) {}

    /** Findings of one severity. */
    record Section(Severity severity, String heading, String introduction, List<FindingGroup> groups) {}

    /** Places of one kind that a receipt lists; {@code findings.csv} holds the others. */
    static final int PLACES_LISTED = 10;

    /**
     * The receipt for a file.
     *
     * @param hand command line that hands the file over, without the answer to a question; empty for a file that
     *     lies in no inbox
     * @param returned whether there is a copy with notes
     */
    static Receipt of(Feedback feedback, String hand, boolean returned) {
        return new Writer(feedback, hand, returned).write();
    }

    /** Categories of findings whose remedy is not to correct data. */
    private static final Set<String> ABOUT_FILES =
            Set.of(Category.FILE.label(), Category.SUBMISSION.label(), FindingRow.DEFINITION);

    /** One receipt in the making. */
    private static final class Writer {
        private final Feedback feedback;
        private final Counts counts;
        private final String hand;
        private final boolean returned;
        private final boolean rehearsal;
        /** Whether the file was checked in its inbox and the night has yet to take it in. */
        private final boolean waits;

        private final List<FindingGroup> groups;

        Writer(Feedback feedback, String hand, boolean returned) {
            this.feedback = feedback;
            this.hand = hand;
            this.returned = returned;
            counts = feedback.counts();
            rehearsal = feedback.isRehearsal();
            waits = rehearsal && !hand.isEmpty();
            groups = FindingGroup.of(feedback.findings());
        }

        Receipt write() {
            return new Receipt(
                    (rehearsal ? "Check of " : "Receipt for ") + PlainText.visible(feedback.file()),
                    mark(),
                    headline(),
                    Stream.concat(sentences().stream(), whatComes().stream()).toList(),
                    question(),
                    facts(),
                    rows(),
                    sections(),
                    files());
        }

        private boolean hasFindings() {
            return feedback.findings().stream().anyMatch(finding -> finding.severity() != Severity.INFO);
        }

        private Mark mark() {
            return switch (feedback.status()) {
                case EFFECTIVE -> hasFindings() ? Mark.FINDINGS : Mark.OK;
                case HELD -> Mark.QUESTION;
                case REJECTED -> Mark.REJECTED;
                case RECEIVED, STAGED, SUPERSEDED, WITHDRAWN -> Mark.WAITING;
            };
        }

        private String headline() {
            return switch (feedback.status()) {
                case EFFECTIVE ->
                    (rehearsal ? "Would be accepted" : "Accepted") + (hasFindings() ? ", with findings" : "");
                case HELD -> "Held: we have a question";
                case REJECTED -> rehearsal ? "Would be rejected" : "Rejected";
                case SUPERSEDED -> "Replaced by a later export";
                case WITHDRAWN -> "Withdrawn";
                case RECEIVED -> "Received, not yet read";
                case STAGED -> "Read, not yet decided";
            };
        }

        private List<String> sentences() {
            return switch (feedback.status()) {
                case EFFECTIVE -> accepted();
                case HELD -> List.of("The file was read, but nothing of it is in use until the question is answered.");
                case REJECTED ->
                    List.of(
                            rehearsal
                                    ? "Nothing of this file would be used. What was in use before would stay in use."
                                    : "Nothing of this file is used. What was in use before stays in use.",
                            "Mend what is listed below, export again, and put the new file into the inbox.");
                case SUPERSEDED -> List.of("A later export stands in its place. There is nothing to do.");
                case WITHDRAWN -> List.of("What the file held has been erased.");
                case RECEIVED, STAGED -> List.of("The next night decides what becomes of it.");
            };
        }

        /** What happens to a file that waits for the night. */
        private Optional<String> whatComes() {
            if (!waits || feedback.status() != Status.EFFECTIVE) {
                return Optional.empty();
            }
            return Optional.of(
                    feedback.mustBeMended()
                            ? "The next night takes in what can be used. A mended export that is put into the inbox"
                                    + " before then takes this one's place."
                            : "The next night takes the file in. There is nothing more to do.");
        }

        private List<String> accepted() {
            List<String> sentences = new ArrayList<>();
            boolean all = counts.accepted() == counts.received();
            sentences.add(
                    all
                            ? rehearsal ? "Every row would be used." : "Every row is in use."
                            : (rehearsal ? "Rows that would be used: " : "Rows in use: ") + counts.accepted() + " of "
                                    + counts.received() + ".");
            if (counts.rejected() > 0) {
                sentences.add("What keeps the others from being used is listed below.");
            } else if (feedback.findings().stream().anyMatch(FindingRow::isError)) {
                sentences.add("Some values in them could not be used; they are listed below.");
            }
            return sentences;
        }

        private Optional<Question> question() {
            return feedback.held().map(reason -> switch (reason) {
                case DROPS_PARTICIPANTS ->
                    new Question(
                            "Are the participants who are no longer in this export meant to be gone?",
                            "If not, export again and put the new file into the inbox. If they are, have this run:",
                            hand + " --confirm");
                case OLDER ->
                    new Question(
                            "An export taken later is in use. Shall this older one take its place?",
                            "If not, there is nothing to do. If it shall, have this run:",
                            hand + " --reinstate");
                case RESENT ->
                    new Question(
                            "The same file was in use before and a later one has replaced it. Shall we go back to it?",
                            "If not, there is nothing to do. If we shall, have this run:",
                            hand + " --reinstate");
            });
        }

        private List<Fact> facts() {
            List<Fact> facts = new ArrayList<>();
            facts.add(new Fact("File", PlainText.visible(feedback.file())));
            facts.add(new Fact("Site", PlainText.visible(feedback.site())));
            facts.add(new Fact("Export", feedback.export().isEmpty() ? "not known" : feedback.export()));
            feedback.taken().ifPresent(taken -> facts.add(new Fact("Taken", moment(taken))));
            feedback.submission()
                    .ifPresent(number -> facts.add(new Fact("Submission", String.format(Locale.ROOT, "%d", number))));
            return facts;
        }

        private static String moment(ZonedDateTime taken) {
            boolean day = taken.toLocalTime().equals(LocalTime.MIDNIGHT);
            return day
                    ? taken.toLocalDate().toString()
                    : DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT)
                                    .format(taken) + " (" + taken.getZone().getId() + ")";
        }

        private List<Count> rows() {
            if (counts.received() == 0) {
                return List.of();
            }
            boolean held = feedback.held().isPresent();
            List<Count> rows = new ArrayList<>(List.of(
                    new Count("received", counts.received(), "rows in the file, without the header"),
                    new Count("accepted", counts.accepted(), rehearsal ? "rows that would be used" : "rows in use"),
                    new Count(
                            "rejected",
                            counts.rejected(),
                            counts.rejected() == 0
                                    ? "rows that cannot be used"
                                    : "rows that cannot be used; see below what to mend"),
                    new Count("duplicate", counts.duplicate(), "rows that only repeat an earlier row"),
                    new Count(
                            "superseded",
                            counts.superseded(),
                            held ? "rows that wait for the answer" : "rows replaced by those of another file")));
            if (feedback.stale() > 0) {
                rows.add(new Count(
                        "stale", feedback.stale(), "rows of an earlier file that stand in for rejected ones"));
            }
            return rows;
        }

        private List<Section> sections() {
            List<Section> sections = new ArrayList<>();
            boolean aboutRows = feedback.findings().stream()
                    .anyMatch(finding -> finding.isError() && !ABOUT_FILES.contains(finding.category()));
            section(
                    sections,
                    Severity.ERROR,
                    "Please mend",
                    aboutRows
                            ? "Correct these where the data are kept, then export again. Correcting the exported file"
                                    + " alone would bring the mistakes back with the next export."
                            : "");
            section(
                    sections,
                    Severity.WARNING,
                    "Please look at",
                    "These are used as they are, but something does not fit.");
            section(sections, Severity.INFO, "For your information", "There is nothing you must do.");
            return sections;
        }

        private void section(List<Section> sections, Severity severity, String heading, String introduction) {
            List<FindingGroup> theirs = groups.stream()
                    .filter(group -> group.severity() == severity)
                    .toList();
            if (!theirs.isEmpty()) {
                sections.add(new Section(severity, heading, introduction, theirs));
            }
        }

        private List<String> files() {
            if (rehearsal && !waits) {
                return List.of();
            }
            List<String> files = new ArrayList<>();
            files.add("findings.csv lists every finding, for a spreadsheet.");
            files.add(
                    returned
                            ? "returned.csv is your own file with one more column, " + ReturnedCsv.COLUMN
                                    + ", which says beside each row what to mend."
                            : "There is no returned.csv: the rows of this file cannot be told apart, or none were read.");
            return files;
        }
    }
}
