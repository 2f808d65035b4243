package org.equipoise.staging.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.equipoise.database.BinaryCopy;
import org.equipoise.database.BinaryRows;
import org.equipoise.staging.HistoryPackets;
import org.equipoise.staging.RepeatedRows;
import org.equipoise.staging.StoredHistory;
import org.equipoise.vocabulary.ParticipantKey;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Finds what a file says twice of the same event, spell, observed time or care; the first stands. */
final class RepeatedHistory {
    /** Whose rows are taken apart at once. */
    private static final int PARTICIPANTS_AT_ONCE = 500;

    private record Person(ParticipantKey key, String recordId) {}

    private final JdbcTemplate template;
    private final JdbcClient jdbc;
    private final CopySession copy;
    private final long submission;
    private final List<UUID> losers = new ArrayList<>();

    RepeatedHistory(JdbcTemplate template, JdbcClient jdbc, CopySession copy, long submission) {
        this.template = template;
        this.jdbc = jdbc;
        this.copy = copy;
        this.submission = submission;
    }

    /**
     * Finds the repetitions and tells the rule of them. A participant is looked at if a block speaks of something twice, or
     * several blocks speak of them.
     */
    void find(RepeatedRows rule) {
        String suspects = "select participant_key from " + HistoryPackets.TABLE + " where submission_id = " + submission
                + " group by participant_key having bool_or(repeats) or count(*) filter (where not goes_on) > 1";
        read(suspects, (person, rows) -> {
            int told = rows.size();
            List<StoredHistory> standing = standing(
                    rows,
                    (row, first) ->
                            rule.lose(row.line(), person.recordId(), row.named().name(), row.differsFrom(first)));
            if (standing.size() < told) {
                losers.add(person.key().value());
            }
        });
    }

    /** What stands of a participant's rows, which are ordered here. */
    private static List<StoredHistory> standing(
            List<StoredHistory> rows, BiConsumer<StoredHistory, StoredHistory> lost) {
        rows.sort(
                Comparator.comparing((StoredHistory row) -> row.named().table()).thenComparingInt(StoredHistory::line));
        Map<StoredHistory.Thing, StoredHistory> firsts = new HashMap<>();
        List<StoredHistory> standing = new ArrayList<>(rows.size());
        for (StoredHistory row : rows) {
            StoredHistory first = firsts.putIfAbsent(row.thingInFile(), row);
            if (first == null) {
                standing.add(row);
            } else {
                lost.accept(row, first);
            }
        }
        return standing;
    }

    /** Removes what was found. */
    void remove() {
        for (int from = 0; from < losers.size(); from += PARTICIPANTS_AT_ONCE) {
            remove(losers.subList(from, Math.min(losers.size(), from + PARTICIPANTS_AT_ONCE)));
        }
    }

    private void remove(List<UUID> people) {
        Map<ParticipantKey, List<StoredHistory>> stand = new LinkedHashMap<>();
        read(
                people.stream().map(key -> "'" + key + "'").collect(Collectors.joining(",")),
                (person, rows) -> stand.put(person.key(), standing(rows, (row, first) -> {})));
        jdbc.sql("delete from " + HistoryPackets.TABLE
                        + " where submission_id = :id and participant_key = any(:people)")
                .param("id", submission)
                .param("people", people.toArray(UUID[]::new))
                .update();
        BinaryCopy packets = new BinaryCopy(HistoryPackets.COLUMNS.size());
        stand.forEach((person, rows) -> HistoryPackets.write(packets, person, rows, submission));
        copy.copy(HistoryPackets.TABLE, HistoryPackets.COLUMNS, packets);
    }

    /**
     * Reads all that the submission says of some participants, in the order in which it was written.
     *
     * @param people SQL of their keys
     */
    private void read(String people, BiConsumer<Person, List<StoredHistory>> each) {
        template.execute((ConnectionCallback<Boolean>) connection -> {
            try (BinaryRows rows = BinaryRows.open(
                    connection,
                    "select " + String.join(", ", HistoryPackets.COLUMNS) + ", record_id from " + HistoryPackets.TABLE
                            + " p join identity.participant using (participant_key) where submission_id = " + submission
                            + " and participant_key in (" + people + ") order by participant_key, p.ctid")) {
                Person person = null;
                List<StoredHistory> theirs = new ArrayList<>();
                while (rows.next()) {
                    HistoryPackets.Packet packet = HistoryPackets.read(rows);
                    String recordId = Objects.requireNonNull(rows.text());
                    if (person != null && !person.key().equals(packet.participant())) {
                        each.accept(person, theirs);
                        theirs = new ArrayList<>();
                    }
                    person = new Person(packet.participant(), recordId);
                    theirs.addAll(packet.rows());
                }
                if (person != null) {
                    each.accept(person, theirs);
                }
            }
            return true;
        });
    }
}
