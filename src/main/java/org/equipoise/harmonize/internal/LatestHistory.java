package org.equipoise.harmonize.internal;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.equipoise.harmonize.StagedParticipant.Sourced;
import org.equipoise.harmonize.internal.StoredHistory.Table;
import org.equipoise.staging.CareEpisode;
import org.equipoise.staging.ObservedSpan;
import org.equipoise.staging.StagedEvent;
import org.equipoise.staging.StagedSpell;
import org.equipoise.vocabulary.EventKind;
import org.equipoise.vocabulary.SpellKind;
import org.jspecify.annotations.Nullable;

/** What happened to one participant, where of several submissions that tell the same thing the latest counts. */
final class LatestHistory {
    /** What makes two rows tell of the same thing. */
    private record Thing(
            Table table,
            String name,
            @Nullable String detail,
            @Nullable String therapist,
            @Nullable String group,
            LocalDate from,
            @Nullable LocalDate to) {
        static Thing of(StoredHistory row) {
            boolean toNames = row.table() == Table.EVENT || row.table() == Table.OBSERVED;
            return new Thing(
                    row.table(),
                    row.name(),
                    row.detail(),
                    row.therapist(),
                    row.group(),
                    row.from(),
                    toNames ? row.to() : null);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Thing thing
                    && table == thing.table
                    && from.equals(thing.from)
                    && name.equals(thing.name)
                    && Objects.equals(to, thing.to)
                    && Objects.equals(detail, thing.detail)
                    && Objects.equals(therapist, thing.therapist)
                    && Objects.equals(group, thing.group);
        }

        @Override
        public int hashCode() {
            return 31 * (31 * name.hashCode() + from.hashCode()) + Objects.hashCode(to);
        }
    }

    private record Ranked(StoredHistory row, int rank) {
        boolean isOlderThan(Ranked other) {
            return rank < other.rank;
        }
    }

    /** The same order whatever order the database gave. */
    private static final Comparator<Ranked> ORDER = Comparator.<Ranked, LocalDate>comparing(
                    ranked -> ranked.row().from())
            .thenComparing(ranked -> ranked.row().name())
            .thenComparingInt(Ranked::rank)
            .thenComparingInt(ranked -> ranked.row().line())
            .thenComparing(ranked -> String.valueOf(ranked.row().detail()));

    private final Map<Thing, Ranked> latest = new HashMap<>();

    /**
     * @param rank order of the submission by the moment it was taken
     */
    void add(StoredHistory row, int rank) {
        Ranked ranked = new Ranked(row, rank);
        latest.merge(Thing.of(row), ranked, (one, other) -> one.isOlderThan(other) ? other : one);
    }

    private <T> List<Sourced<T>> all(Table table, Function<StoredHistory, T> make) {
        return latest.values().stream()
                .filter(ranked -> ranked.row().table() == table)
                .sorted(ORDER)
                .map(ranked -> new Sourced<>(
                        make.apply(ranked.row()),
                        ranked.row().source(),
                        ranked.rank(),
                        ranked.row().stale()))
                .toList();
    }

    List<Sourced<StagedEvent>> events() {
        return all(
                Table.EVENT,
                row -> new StagedEvent(
                        row.participant(),
                        new EventKind(row.name()),
                        row.detail(),
                        row.from(),
                        Objects.requireNonNull(row.to()),
                        Objects.requireNonNull(row.number()),
                        row.line()));
    }

    List<Sourced<StagedSpell>> spells() {
        return all(
                Table.SPELL,
                row -> new StagedSpell(
                        row.participant(),
                        new SpellKind(row.name()),
                        row.detail(),
                        row.from(),
                        row.to(),
                        row.number(),
                        row.line()));
    }

    List<Sourced<ObservedSpan>> observed() {
        return all(
                Table.OBSERVED,
                row -> new ObservedSpan(
                        row.participant(),
                        row.name(),
                        row.from(),
                        Objects.requireNonNull(row.to()),
                        ObservedSpan.Source.valueOf(
                                Objects.requireNonNull(row.detail()).toUpperCase(Locale.ROOT)),
                        row.line()));
    }

    List<Sourced<CareEpisode>> care() {
        return all(
                Table.CARE,
                row -> new CareEpisode(
                        row.participant(),
                        row.name(),
                        row.therapist(),
                        row.group(),
                        row.from(),
                        row.to(),
                        row.number(),
                        row.line()));
    }
}
