package org.equipoise.harmonize.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.equipoise.harmonize.StagedParticipant.Sourced;
import org.equipoise.staging.CareEpisode;
import org.equipoise.staging.HistoryPackets.Packet;
import org.equipoise.staging.ObservedSpan;
import org.equipoise.staging.StagedEvent;
import org.equipoise.staging.StagedSpell;
import org.equipoise.staging.StoredHistory;
import org.equipoise.staging.StoredHistory.Table;
import org.equipoise.staging.StoredHistory.Thing;
import org.equipoise.vocabulary.EventKind;
import org.equipoise.vocabulary.ParticipantKey;
import org.equipoise.vocabulary.SpellKind;

/** What happened to one participant, where of several submissions that tell the same thing the latest counts. */
final class LatestHistory {
    /** A row and whose it is. */
    private record Ranked(StoredHistory row, long source, int rank, boolean stale) {}

    /** The same order whatever order the database gave. */
    private static final Comparator<Ranked> ORDER = LatestHistory::order;

    private final ParticipantKey participant;
    private final Map<Thing, Ranked> latest = new HashMap<>();

    LatestHistory(ParticipantKey participant) {
        this.participant = participant;
    }

    private static int order(Ranked one, Ranked other) {
        int order = one.row.from().compareTo(other.row.from());
        if (order == 0) {
            order = one.row.named().name().compareTo(other.row.named().name());
        }
        if (order == 0) {
            order = Integer.compare(one.rank, other.rank);
        }
        if (order == 0) {
            order = Integer.compare(one.row.line(), other.row.line());
        }
        if (order == 0) {
            order = String.valueOf(one.row.named().detail())
                    .compareTo(String.valueOf(other.row.named().detail()));
        }
        return order;
    }

    /**
     * @param rank order of the submission by the moment it was taken
     */
    void add(Packet packet, int rank) {
        for (StoredHistory row : packet.rows()) {
            if (!row.replaced()) {
                Ranked ranked = new Ranked(row, packet.source(), rank, packet.stale());
                Ranked known = latest.putIfAbsent(row.thing(), ranked);
                if (known != null && known.rank < rank) {
                    latest.put(row.thing(), ranked);
                }
            }
        }
    }

    private <T> List<Sourced<T>> all(Table table, Function<StoredHistory, T> make) {
        List<Ranked> theirs = new ArrayList<>();
        for (Ranked ranked : latest.values()) {
            if (ranked.row.named().table() == table) {
                theirs.add(ranked);
            }
        }
        theirs.sort(ORDER);
        List<Sourced<T>> all = new ArrayList<>(theirs.size());
        for (Ranked ranked : theirs) {
            all.add(new Sourced<>(make.apply(ranked.row), ranked.source, ranked.rank, ranked.stale));
        }
        return all;
    }

    List<Sourced<StagedEvent>> events() {
        return all(
                Table.EVENT,
                row -> new StagedEvent(
                        participant,
                        new EventKind(row.named().name()),
                        row.named().detail(),
                        row.from(),
                        Objects.requireNonNull(row.to()),
                        Objects.requireNonNull(row.number()),
                        row.line()));
    }

    List<Sourced<StagedSpell>> spells() {
        return all(
                Table.SPELL,
                row -> new StagedSpell(
                        participant,
                        new SpellKind(row.named().name()),
                        row.named().detail(),
                        row.from(),
                        row.to(),
                        row.number(),
                        row.line()));
    }

    List<Sourced<ObservedSpan>> observed() {
        return all(
                Table.OBSERVED,
                row -> new ObservedSpan(
                        participant,
                        row.named().name(),
                        row.from(),
                        Objects.requireNonNull(row.to()),
                        ObservedSpan.Source.valueOf(
                                Objects.requireNonNull(row.named().detail()).toUpperCase(Locale.ROOT)),
                        row.line()));
    }

    List<Sourced<CareEpisode>> care() {
        return all(
                Table.CARE,
                row -> new CareEpisode(
                        participant,
                        row.named().name(),
                        row.named().therapist(),
                        row.named().group(),
                        row.from(),
                        row.to(),
                        row.number(),
                        row.line()));
    }
}
