package org.equipoise.pipeline;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.equipoise.staging.Withdrawals.Kind;
import org.jspecify.annotations.Nullable;

/** Takes down that a participant withdrew; erases them everywhere if they withdrew consent. */
public interface Withdrawing {

    /**
     * Who withdrew from what.
     *
     * @param site folder of the site
     * @param record the site's own id, as its files have it. It names a person: it goes into no message
     * @param day the last day that data may be of; null only for consent
     * @param by account that tells it
     */
    record Request(
            String site, String record, Kind kind, @Nullable LocalDate day, String by) {
        /** Without the id. */
        @Override
        public String toString() {
            return "withdrawal (" + kind.label() + ") at " + site;
        }
    }

    /**
     * What was done, or would be.
     *
     * @param before whether all of it had been done before
     * @param files submissions whose archived copy held rows of theirs
     * @param rows how many
     * @param removed of these files, those of which nothing is archived any more, since their rows cannot be told apart
     * @param snapshots published snapshots they were in
     * @param frozen names of those of these that are frozen
     * @param releases releases of these snapshots
     * @param backups files in the home that still hold them
     */
    record Done(
            boolean before,
            int files,
            long rows,
            int removed,
            List<Long> snapshots,
            List<String> frozen,
            List<Long> releases,
            List<Path> backups) {
        /** Where nothing is erased. */
        public static Done taken(int files) {
            return new Done(false, files, 0, 0, List.of(), List.of(), List.of(), List.of());
        }
    }

    /**
     * Takes it down, and erases.
     *
     * @throws RunRefused if site or participant is not known, a day is missing or still to come, one of the site's files
     *     cannot be looked through, or another run is at work
     */
    Done withdraw(Request request);

    /**
     * What {@link #withdraw} would do.
     *
     * @throws RunRefused as there
     */
    Done foresee(Request request);
}
