package org.equipoise.warehouse.internal;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.equipoise.database.BinaryCopy;
import org.equipoise.harmonize.HarmonizedParticipant;
import org.equipoise.harmonize.HarmonizedParticipant.CountedDays;
import org.equipoise.harmonize.HarmonizedParticipant.PlacedEvent;
import org.equipoise.harmonize.HarmonizedParticipant.PlacedSpell;
import org.equipoise.harmonize.StagedParticipant.Sourced;
import org.equipoise.staging.CareEpisode;
import org.equipoise.staging.ObservedSpan;
import org.equipoise.staging.StagedEvent;
import org.equipoise.staging.StagedSpell;
import org.equipoise.vocabulary.StudyCode;
import org.jspecify.annotations.Nullable;

/** Events, spells, observed time and care on the way to the database. */
final class RecordRows {
    private static final List<String> EVENT =
            columns("kind", "detail", "from_on", "to_on", "times", "placement", "day", "counted_times");
    private static final List<String> SPELL = columns(
            "kind",
            "detail",
            "from_on",
            "to_on",
            "days",
            "placement",
            "day",
            "counted_days",
            "counted_from_on",
            "counted_to_on");
    private static final List<String> OBSERVED = columns("kind", "from_on", "to_on", "source");
    private static final List<String> CARE =
            columns("modality", "therapist", "therapy_group", "from_on", "to_on", "sessions");

    static final List<String> TABLES = List.of(
            "warehouse.event_history",
            "warehouse.spell_history",
            "warehouse.observation_time_history",
            "warehouse.care_episode_history");

    private final long snapshot;
    private final BinaryCopy events = new BinaryCopy(EVENT.size());
    private final BinaryCopy spells = new BinaryCopy(SPELL.size());
    private final BinaryCopy observed = new BinaryCopy(OBSERVED.size());
    private final BinaryCopy care = new BinaryCopy(CARE.size());

    RecordRows(long snapshot) {
        this.snapshot = snapshot;
    }

    /** Takes the rows of a table. */
    @FunctionalInterface
    interface Sink {
        void copy(String table, List<String> columns, Stream<BinaryCopy> rows);
    }

    private static List<String> columns(String... own) {
        return Stream.concat(
                        Stream.of(
                                "participant_key",
                                "study_code",
                                "site_code",
                                "submission_id",
                                "line",
                                "stale",
                                "snapshot_from"),
                        Stream.of(own))
                .toList();
    }

    void add(StudyCode study, HarmonizedParticipant participant) {
        participant.events().forEach(placed -> add(study, participant, placed));
        participant.spells().forEach(placed -> add(study, participant, placed));
        for (Sourced<ObservedSpan> sourced : participant.observed()) {
            ObservedSpan span = sourced.value();
            start(observed, study, participant, sourced, span.line())
                    .text(span.kind())
                    .date(span.from())
                    .date(span.to())
                    .text(span.source().name().toLowerCase(Locale.ROOT));
        }
        for (Sourced<CareEpisode> sourced : participant.care()) {
            CareEpisode episode = sourced.value();
            start(care, study, participant, sourced, episode.line())
                    .text(episode.modality())
                    .text(episode.therapist())
                    .text(episode.group())
                    .date(episode.from())
                    .date(episode.to());
            number(care, episode.sessions());
        }
    }

    private void add(StudyCode study, HarmonizedParticipant participant, PlacedEvent placed) {
        StagedEvent event = placed.sourced().value();
        start(events, study, participant, placed.sourced(), event.line())
                .text(event.kind().value())
                .text(event.detail())
                .date(event.from())
                .date(event.to())
                .int4(event.count())
                .text(placed.placement().label());
        number(events, placed.day());
        events.int4(placed.counted());
    }

    private void add(StudyCode study, HarmonizedParticipant participant, PlacedSpell placed) {
        StagedSpell spell = placed.sourced().value();
        start(spells, study, participant, placed.sourced(), spell.line())
                .text(spell.kind().value())
                .text(spell.detail())
                .date(spell.from())
                .date(spell.to());
        number(spells, spell.days());
        spells.text(placed.placement().label());
        number(spells, placed.day());
        CountedDays counted = placed.counted();
        if (counted == null) {
            spells.nullField().nullField().nullField();
        } else {
            spells.float8(counted.days()).date(counted.from()).date(counted.to());
        }
    }

    private BinaryCopy start(
            BinaryCopy rows, StudyCode study, HarmonizedParticipant participant, Sourced<?> sourced, int line) {
        return rows.startRow()
                .uuid(participant.key().value())
                .text(study.value())
                .text(participant.site().value())
                .int8(sourced.submission())
                .int4(line)
                .bool(sourced.stale())
                .int8(snapshot);
    }

    private static void number(BinaryCopy rows, @Nullable Integer value) {
        if (value == null) {
            rows.nullField();
        } else {
            rows.int4(value);
        }
    }

    /** Hands on what several slices hold. */
    static void write(Sink sink, List<RecordRows> slices) {
        sink.copy(TABLES.get(0), EVENT, slices.stream().map(rows -> rows.events));
        sink.copy(TABLES.get(1), SPELL, slices.stream().map(rows -> rows.spells));
        sink.copy(TABLES.get(2), OBSERVED, slices.stream().map(rows -> rows.observed));
        sink.copy(TABLES.get(3), CARE, slices.stream().map(rows -> rows.care));
    }
}
