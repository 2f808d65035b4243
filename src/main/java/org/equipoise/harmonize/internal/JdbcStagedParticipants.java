package org.equipoise.harmonize.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.equipoise.database.BinaryRows;
import org.equipoise.definition.DefinitionBundle;
import org.equipoise.definition.SiteMapping;
import org.equipoise.harmonize.StagedParticipant;
import org.equipoise.harmonize.StagedParticipant.SourcedFact;
import org.equipoise.harmonize.StagedParticipant.SourcedFragment;
import org.equipoise.harmonize.StagedParticipants;
import org.equipoise.staging.FragmentPackets;
import org.equipoise.staging.HistoryPackets;
import org.equipoise.staging.ParticipantFact;
import org.equipoise.vocabulary.ParticipantKey;
import org.equipoise.vocabulary.SiteCode;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads staging by binary COPY: four streams in the order of keys, joined as they come. */
@Repository
class JdbcStagedParticipants implements StagedParticipants {
    /** Small enough that a slice's rows fit into buffers of a few hundred kilobytes. */
    private static final int PARTICIPANTS_PER_SLICE = 25;

    private static final int FRAGMENTS_PER_SLICE = 800;

    /** What is taken at once over the connection of a transaction. */
    private static final int PARTICIPANTS_READ_AT_ONCE = 2_000;

    /** SQL: the days that participants withdrew, as coordinators told. */
    private static final String LEFT = """
            select participant_key, max(withdrew_on) filter (where kind = 'treatment') as left_treatment,
                   max(withdrew_on) filter (where kind = 'follow_up') as left_follow_up
            from identity.withdrawal where kind <> 'consent' group by participant_key
            """;

    private final DataSource database;
    private final JdbcTemplate template;
    private final JdbcClient jdbc;

    JdbcStagedParticipants(DataSource database, JdbcTemplate template, JdbcClient jdbc) {
        this.database = database;
        this.template = template;
        this.jdbc = jdbc;
    }

    /** Order of the submissions in effect, and the day of each site's latest. */
    private record Effect(Map<Long, Integer> ranks, Map<String, LocalDate> cutOffs) {}

    /** Where rows of a query come from. */
    private interface Source {
        Stream open(String query) throws SQLException;
    }

    @Override
    public Cursor open(DefinitionBundle definitions) {
        return join(effect(definitions), "staging.pending_participant", this::stream);
    }

    @Override
    public Cursor openInTransaction(DefinitionBundle definitions) {
        Effect effect = effect(definitions);
        return new SlicedCursor(number -> join(
                effect,
                "(select participant_key from staging.pending_participant order by 1 limit " + PARTICIPANTS_READ_AT_ONCE
                        + " offset " + number * PARTICIPANTS_READ_AT_ONCE + ") pending",
                this::taken));
    }

    private JoinedCursor join(Effect effect, String pending, Source source) {
        String ids = effect.ranks().keySet().stream().map(String::valueOf).collect(Collectors.joining(","));
        String inEffect = " join " + pending + " using (participant_key) where submission_id in ("
                + (ids.isEmpty() ? "0" : ids) + ") order by participant_key";
        List<Stream> opened = new ArrayList<>();
        try {
            Stream people = stream(
                    opened,
                    source,
                    "select participant_key, site_code, record_id, left_treatment, left_follow_up"
                            + " from identity.participant join " + pending + " using (participant_key)"
                            + " left join (" + LEFT + ") w using (participant_key) order by participant_key");
            Stream fragments = stream(
                    opened,
                    source,
                    "select " + String.join(", ", FragmentPackets.COLUMNS) + " from " + FragmentPackets.TABLE
                            + inEffect);
            Stream facts = stream(
                    opened,
                    source,
                    "select participant_key, submission_id, source_submission_id, fact, fact_text, fact_date, first_line, column_name"
                            + " from staging.participant_fact" + inEffect);
            Stream history = stream(
                    opened,
                    source,
                    "select " + String.join(", ", HistoryPackets.COLUMNS) + " from " + HistoryPackets.TABLE + inEffect);
            return new JoinedCursor(
                    effect,
                    people.rows,
                    new Fragments(fragments.rows),
                    new Facts(facts.rows),
                    new Histories(history.rows),
                    opened);
        } catch (SQLException e) {
            opened.forEach(Stream::close);
            throw failure(e);
        }
    }

    private Effect effect(DefinitionBundle definitions) {
        Map<Long, Integer> ranks = new HashMap<>();
        Map<String, LocalDate> cutOffs = new HashMap<>();
        jdbc.sql("""
                        select submission_id, site_code, as_of from submission.submission
                        where study_code = :study and status = 'effective' order by as_of, received_sha256, submission_id
                        """)
                .param("study", definitions.study().code().value())
                .query((row, number) -> {
                    SiteMapping mapping = definitions.mappings().get(new SiteCode(row.getString(2)));
                    if (mapping != null) {
                        Instant asOf = row.getObject(3, OffsetDateTime.class).toInstant();
                        ranks.put(row.getLong(1), number);
                        cutOffs.put(
                                row.getString(2), asOf.atZone(mapping.zone()).toLocalDate());
                    }
                    return number;
                })
                .list();
        return new Effect(ranks, cutOffs);
    }

    private static Stream stream(List<Stream> opened, Source source, String query) throws SQLException {
        Stream stream = source.open(query);
        opened.add(stream);
        return stream;
    }

    /** A stream on a connection of its own. */
    private Stream stream(String query) throws SQLException {
        Connection connection = database.getConnection();
        try {
            return new Stream(connection, BinaryRows.open(connection, query));
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** A stream whose rows were taken out of the transaction's connection, which stays open. */
    private Stream taken(String query) {
        return Objects.requireNonNull(template.execute(
                (ConnectionCallback<Stream>) connection -> new Stream(null, BinaryRows.read(connection, query))));
    }

    private static DataAccessResourceFailureException failure(SQLException e) {
        return new DataAccessResourceFailureException("The staged facts cannot be read", e);
    }

    /** @param connection to be closed with it; null when it is not ours */
    private record Stream(@Nullable Connection connection, BinaryRows rows) {
        void close() {
            try (connection;
                    rows) {
                // both close, even when one fails
            } catch (SQLException e) {
                throw failure(e);
            }
        }
    }

    /** A stream that is always one row ahead. */
    private abstract static class Ahead<T> {
        final BinaryRows rows;

        @Nullable
        ParticipantKey key;

        @Nullable
        T current;

        Ahead(BinaryRows rows) throws SQLException {
            this.rows = rows;
        }

        void advance() throws SQLException {
            if (rows.next()) {
                read();
            } else {
                key = null;
                current = null;
            }
        }

        abstract void read() throws SQLException;

        /** Takes the rows of a participant; those come in the same order. */
        void take(ParticipantKey participant, java.util.function.Consumer<T> sink) throws SQLException {
            while (key != null && key.equals(participant)) {
                sink.accept(Objects.requireNonNull(current));
                advance();
            }
        }
    }

    private static final class Fragments extends Ahead<FragmentPackets.Packet> {
        Fragments(BinaryRows rows) throws SQLException {
            super(rows);
            advance();
        }

        @Override
        void read() throws SQLException {
            current = FragmentPackets.read(rows);
            key = current.participant();
        }
    }

    private record StoredFact(ParticipantFact fact, long submission, long source) {}

    private static final class Facts extends Ahead<StoredFact> {
        Facts(BinaryRows rows) throws SQLException {
            super(rows);
            advance();
        }

        @Override
        void read() {
            key = new ParticipantKey(rows.uuid());
            long submission = rows.int8();
            long source = rows.int8();
            current = new StoredFact(
                    new ParticipantFact(
                            key,
                            Objects.requireNonNull(rows.text()),
                            rows.text(),
                            rows.date(),
                            rows.int4(),
                            Objects.requireNonNull(rows.text())),
                    submission,
                    source);
        }
    }

    private static final class Histories extends Ahead<HistoryPackets.Packet> {
        Histories(BinaryRows rows) throws SQLException {
            super(rows);
            advance();
        }

        @Override
        void read() {
            current = HistoryPackets.read(rows);
            key = current.participant();
        }
    }

    /** One cursor after the other, until one has nobody. */
    private static final class SlicedCursor implements Cursor {
        private final IntFunction<JoinedCursor> slices;
        private JoinedCursor current;
        private int number;
        private boolean anybody;

        SlicedCursor(IntFunction<JoinedCursor> slices) {
            this.slices = slices;
            current = slices.apply(0);
        }

        @Override
        public Optional<List<StagedParticipant>> next() {
            Optional<List<StagedParticipant>> some = current.next();
            if (some.isEmpty() && anybody) {
                current.close();
                number++;
                current = slices.apply(number);
                some = current.next();
            }
            anybody = some.isPresent();
            return some;
        }

        @Override
        public void close() {
            current.close();
        }
    }

    private static final class JoinedCursor implements Cursor {
        private final Effect effect;
        private final BinaryRows people;
        private final Fragments fragments;
        private final Facts facts;
        private final Histories histories;
        private final List<Stream> opened;

        JoinedCursor(
                Effect effect,
                BinaryRows people,
                Fragments fragments,
                Facts facts,
                Histories histories,
                List<Stream> opened) {
            this.effect = effect;
            this.people = people;
            this.fragments = fragments;
            this.facts = facts;
            this.histories = histories;
            this.opened = opened;
        }

        @Override
        public Optional<List<StagedParticipant>> next() {
            try {
                List<StagedParticipant> slice = new ArrayList<>();
                int size = 0;
                while (slice.size() < PARTICIPANTS_PER_SLICE && size < FRAGMENTS_PER_SLICE && people.next()) {
                    StagedParticipant participant = read();
                    size += participant.fragments().size();
                    slice.add(participant);
                }
                return slice.isEmpty() ? Optional.empty() : Optional.of(slice);
            } catch (SQLException e) {
                throw failure(e);
            }
        }

        private StagedParticipant read() throws SQLException {
            UUID uuid = people.uuid();
            String site = Objects.requireNonNull(people.text());
            String record = Objects.requireNonNull(people.text());
            LocalDate leftTreatment = people.date();
            LocalDate leftFollowUp = people.date();
            ParticipantKey key = new ParticipantKey(uuid);
            List<SourcedFragment> theirFragments = new ArrayList<>();
            fragments.take(
                    key,
                    packet -> packet.fragments()
                            .forEach(fragment -> theirFragments.add(new SourcedFragment(
                                    fragment, packet.source(), rank(packet.submission()), packet.stale()))));
            List<SourcedFact> theirFacts = new ArrayList<>();
            facts.take(
                    key,
                    stored ->
                            theirFacts.add(new SourcedFact(stored.fact(), stored.source(), rank(stored.submission()))));
            LatestHistory theirHistory = new LatestHistory(key);
            histories.take(key, packet -> theirHistory.add(packet, rank(packet.submission())));
            return new StagedParticipant(
                    key,
                    record,
                    new SiteCode(site),
                    theirFragments,
                    theirFacts,
                    theirHistory.events(),
                    theirHistory.spells(),
                    theirHistory.observed(),
                    theirHistory.care(),
                    effect.cutOffs().get(site),
                    leftTreatment,
                    leftFollowUp);
        }

        private int rank(long submission) {
            return Objects.requireNonNull(effect.ranks().get(submission));
        }

        @Override
        public void close() {
            opened.forEach(Stream::close);
        }
    }
}
