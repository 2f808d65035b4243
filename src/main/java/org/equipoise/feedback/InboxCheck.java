package org.equipoise.feedback;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.Optional;
import org.equipoise.definition.DefinitionLoader;
import org.equipoise.definition.LoadedSite.Standing;
import org.equipoise.submission.Submission.Counts;

/**
 * Answers a file that has newly come into an inbox, long before the night takes it in: the offline check, with
 * feedback beside the file and in the outbox. Definitions are read anew each time, so that a mended mapping counts
 * at once.
 */
public final class InboxCheck {
    private final Path home;
    private final Path jobs;
    private final Path study;
    private final FeedbackWriter writer;
    private final Clock clock;

    /**
     * @param home folder with {@code sites/<site>/inbox} and {@code outbox}
     * @param jobs folder with instruments and site mappings
     * @param study the study's file
     * @param program how the program is called
     * @param clock stands in for the moment of receipt
     */
    public InboxCheck(Path home, Path jobs, Path study, String program, Clock clock) {
        this.home = home;
        this.jobs = jobs;
        this.study = study;
        this.clock = clock;
        writer = new FeedbackWriter(home, program);
    }

    /**
     * What a file came to, without anything of what it holds.
     *
     * @param mend whether the site has something to do
     */
    public record Answered(Verdict verdict, Counts counts, boolean mend) {}

    /** Whether a folder's files are another study's, so that they are not ours to judge. */
    public boolean isOtherStudys(String site) {
        return DefinitionLoader.load(jobs, study)
                .findSite(site)
                .filter(known -> known.standing() == Standing.OTHER_STUDY)
                .isPresent();
    }

    /** When the feedback beside a file was written; empty when there is none. */
    public Optional<FileTime> findAnswer(String site, String file) throws IOException {
        return InboxMark.find(inbox(site), file);
    }

    /**
     * Checks a file and writes the feedback.
     *
     * @return empty when it could not be checked for a reason that is not the file's, such as a mistake in the
     *     study's definitions
     * @throws IOException if the feedback cannot be written
     */
    public Optional<Answered> answer(String site, String file) throws IOException {
        Path inbox = inbox(site);
        Optional<FileTime> before = InboxMark.find(inbox, file);
        CheckedFile checked = new OfflineCheck(jobs, study, clock).check(inbox.resolve(file), Optional.of(site));
        if (checked.verdict() == Verdict.NOT_CHECKED) {
            return Optional.empty();
        }
        Feedback feedback = checked.toFeedback();
        // A mark that has appeared meanwhile is the night's: it knows more than this check.
        if (InboxMark.find(inbox, file).equals(before)) {
            Path folder = writer.write(feedback, checked.export(), () -> Files.newInputStream(inbox.resolve(file)));
            writer.mark(feedback, folder);
        }
        return Optional.of(new Answered(checked.verdict(), checked.counts(), feedback.mustBeMended()));
    }

    /** Removes the feedback beside a file that has gone. */
    public void forget(String site, String file) throws IOException {
        writer.forget(site, file);
    }

    private Path inbox(String site) {
        return home.resolve("sites").resolve(site).resolve("inbox");
    }
}
