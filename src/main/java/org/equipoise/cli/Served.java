package org.equipoise.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.equipoise.pipeline.InboxWatch;
import org.equipoise.portal.Exposition;
import org.equipoise.submission.Submission;
import org.equipoise.submission.Submission.Counts;
import org.equipoise.submission.Submission.Status;
import org.jspecify.annotations.Nullable;

/** What {@code serve} knows of its nights, for monitors. For any thread. */
final class Served {
    /** How a turn ended. */
    enum Outcome {
        /** The night came to its end. */
        COMPLETED,
        /** It did not; the next turn tries again. */
        FAILED,
        /** Another run was at work. */
        REFUSED,
        /** Another process had done the work since it was due. */
        ELSEWHERE,
        /** It was asked to stop. */
        STOPPED
    }

    private final Map<Outcome, Integer> turns = new EnumMap<>(Outcome.class);
    private Map<String, Duration> stages = new LinkedHashMap<>();
    private List<Submission> submissions = List.of();
    private int participants;
    private @Nullable Instant lastSuccess;
    private @Nullable Outcome last;

    Served() {
        for (Outcome outcome : Outcome.values()) {
            turns.put(outcome, 0);
        }
    }

    synchronized void lastSuccess(Optional<Instant> moment) {
        lastSuccess = moment.orElse(lastSuccess);
    }

    synchronized void ended(Outcome outcome) {
        last = outcome;
        turns.merge(outcome, 1, Integer::sum);
    }

    synchronized void standing(Map<String, Duration> took, List<Submission> all, int inSnapshot) {
        stages = took;
        submissions = all;
        participants = inSnapshot;
    }

    /** All figures, with those of the inboxes and the schedule. */
    synchronized Exposition figures(InboxWatch.Figures inbox, Optional<Instant> nextNight) {
        Exposition text = new Exposition();
        text.gauges("equipoise_build_info", "Always 1; the label tells the version.")
                .sample("equipoise_build_info", Map.of("version", Version.text()), 1);
        moments(text, nextNight);
        text.counters("equipoise_nights_total", "Turns since the process started, by how they ended.");
        turns.forEach(
                (outcome, count) -> text.sample("equipoise_nights_total", Map.of("outcome", label(outcome)), count));
        text.gauges("equipoise_stage_duration_seconds", "How long each stage of the last complete night took.");
        stages.forEach((stage, took) ->
                text.sample("equipoise_stage_duration_seconds", Map.of("stage", stage), took.toMillis() / 1000.0));
        submissions(text);
        text.gauge("equipoise_participants", "Participants in the current snapshot.", participants);
        inbox(text, inbox);
        return text;
    }

    private void moments(Exposition text, Optional<Instant> nextNight) {
        if (lastSuccess != null) {
            text.gauge(
                    "equipoise_last_success_timestamp_seconds",
                    "When a night last ended well, in seconds since 1970.",
                    lastSuccess.getEpochSecond());
        }
        if (last != null) {
            text.gauge(
                    "equipoise_last_night_failed",
                    "1 if the last turn failed, else 0.",
                    last == Outcome.FAILED ? 1 : 0);
        }
        nextNight.ifPresent(moment -> text.gauge(
                "equipoise_next_night_timestamp_seconds",
                "When the next night begins, in seconds since 1970.",
                moment.getEpochSecond()));
    }

    private void submissions(Exposition text) {
        text.gauges("equipoise_rows", "Data rows of all submissions as they stand, by site and what became of them.");
        Map<String, Counts> bySite = new LinkedHashMap<>();
        submissions.forEach(submission -> bySite.merge(submission.site(), submission.counts(), Served::sum));
        bySite.forEach((site, counts) -> {
            row(text, site, "received", counts.received());
            row(text, site, "accepted", counts.accepted());
            row(text, site, "rejected", counts.rejected());
            row(text, site, "duplicate", counts.duplicate());
            row(text, site, "superseded", counts.superseded());
        });
        text.gauges("equipoise_submissions", "Submissions by where they stand; held ones wait for an answer.");
        for (Status status : Status.values()) {
            text.sample(
                    "equipoise_submissions",
                    Map.of("status", status.label()),
                    submissions.stream()
                            .filter(submission -> submission.status() == status)
                            .count());
        }
    }

    private static void row(Exposition text, String site, String outcome, long rows) {
        text.sample("equipoise_rows", Map.of("site", site, "outcome", outcome), rows);
    }

    private static Counts sum(Counts one, Counts other) {
        return new Counts(
                one.received() + other.received(),
                one.accepted() + other.accepted(),
                one.rejected() + other.rejected(),
                one.duplicate() + other.duplicate(),
                one.superseded() + other.superseded());
    }

    private static void inbox(Exposition text, InboxWatch.Figures inbox) {
        text.gauges("equipoise_inbox_files", "Files in the inboxes: arriving, waiting for the night, or taken in.")
                .sample("equipoise_inbox_files", Map.of("state", "arriving"), inbox.arriving())
                .sample("equipoise_inbox_files", Map.of("state", "waiting"), inbox.waiting())
                .sample("equipoise_inbox_files", Map.of("state", "taken"), inbox.taken());
        text.counters("equipoise_checks_total", "Newly arrived files that were checked since the process started.")
                .sample("equipoise_checks_total", Map.of("result", "ok"), inbox.ok())
                .sample("equipoise_checks_total", Map.of("result", "please_mend"), inbox.mend());
        text.gauge(
                "equipoise_last_look_timestamp_seconds",
                "When the inboxes were last looked into, in seconds since 1970.",
                inbox.lookedAt().getEpochSecond());
    }

    private static String label(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
