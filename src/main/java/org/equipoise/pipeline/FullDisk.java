package org.equipoise.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.equipoise.database.DatabaseProblem;

/** Tells that something failed for want of room on a disk. */
public final class FullDisk {
    /** With less than a piece of its log left, PostgreSQL may stop before it can say why. */
    private static final long PIECE_OF_LOG = 16L << 20;

    private static final String REMEDY =
            " What was under way is undone, at the latest when the next run begins; data and"
                    + " results are those of the last run that ended well. Make room, then start it again.";

    private FullDisk() {}

    /** What to say of a failure, if it says itself that there was no room. */
    public static Optional<String> sentence(Throwable failure) {
        return causes(failure).anyMatch(FullDisk::isSaid)
                ? Optional.of("The disk of the database or of the home is full." + REMEDY)
                : Optional.empty();
    }

    /** What to say of a failed run, if it says itself that there was no room, or there is next to none left now. */
    public static Optional<RunRefused> refusal(Throwable failure, Home home) {
        return sentence(failure).or(() -> sentence(home)).map(sentence -> new RunRefused(1, sentence));
    }

    private static Optional<String> sentence(Home home) {
        try {
            long room = Files.getFileStore(home.folder()).getUsableSpace();
            return room < PIECE_OF_LOG
                    ? Optional.of("The disk is full: " + home.folder() + " has " + (room >> 20) + " MB of room left."
                            + REMEDY)
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static boolean isSaid(Throwable cause) {
        return DatabaseProblem.isOutOfRoom(cause)
                || (cause instanceof IOException
                        && String.valueOf(cause.getMessage()).contains("No space left on device"));
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
    }
}
