package org.equipoise.staging.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.equipoise.database.BinaryCopy;
import org.equipoise.database.BinaryRows;
import org.equipoise.staging.AssessmentFragment;
import org.equipoise.staging.FragmentPackets;
import org.equipoise.vocabulary.ParticipantKey;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Fragments of a submission as they are stored. */
final class StoredFragments {
    private final JdbcTemplate template;
    private final JdbcClient jdbc;
    private final CopySession copy;

    StoredFragments(JdbcTemplate template, JdbcClient jdbc, CopySession copy) {
        this.template = template;
        this.jdbc = jdbc;
        this.copy = copy;
    }

    /** Rows for the database, participant by participant. */
    static BinaryCopy encode(Collection<AssessmentFragment> fragments, long submission) {
        BinaryCopy rows =
                new BinaryCopy(FragmentPackets.COLUMNS.size(), fragments.size() * FragmentPackets.USUAL_BYTES);
        for (List<AssessmentFragment> theirs : byParticipant(fragments).values()) {
            FragmentPackets.write(rows, theirs, submission, submission, false);
        }
        return rows;
    }

    private static Map<ParticipantKey, List<AssessmentFragment>> byParticipant(
            Collection<AssessmentFragment> fragments) {
        Map<ParticipantKey, List<AssessmentFragment>> byParticipant = new LinkedHashMap<>();
        for (AssessmentFragment fragment : fragments) {
            List<AssessmentFragment> theirs = byParticipant.get(fragment.participant());
            if (theirs == null) {
                theirs = new ArrayList<>();
                byParticipant.put(fragment.participant(), theirs);
            }
            theirs.add(fragment);
        }
        return byParticipant;
    }

    /** What a submission itself says of these participants, in the order of lines. */
    List<AssessmentFragment> of(long submission, Collection<UUID> people) {
        List<AssessmentFragment> all = new ArrayList<>();
        read(
                "not stale and submission_id = " + submission + " and participant_key in "
                        + people.stream().map(key -> "'" + key + "'").collect(Collectors.joining(",", "(", ")")),
                (record, packet) -> all.addAll(packet));
        all.sort(Comparator.comparingInt(AssessmentFragment::firstLine));
        return all;
    }

    /**
     * All that a submission says of each participant of whom it may say something twice: in one block, or because several
     * blocks speak of them.
     *
     * @param each takes a participant's record id and fragments
     */
    void forSuspects(long submission, BiConsumer<String, List<AssessmentFragment>> each) {
        List<AssessmentFragment> theirs = new ArrayList<>();
        List<String> records = new ArrayList<>();
        read(String.format(Locale.ROOT, """
                        submission_id = %1$d and participant_key in (
                            select participant_key from staging.fragment_packet where submission_id = %1$d
                            group by participant_key having bool_or(repeats) or count(*) filter (where not goes_on) > 1)
                        """, submission), (record, packet) -> {
            if (!theirs.isEmpty()
                    && !theirs.get(0).participant().equals(packet.get(0).participant())) {
                each.accept(records.get(0), List.copyOf(theirs));
                theirs.clear();
                records.clear();
            }
            theirs.addAll(packet);
            records.add(record);
        });
        if (!theirs.isEmpty()) {
            each.accept(records.get(0), theirs);
        }
    }

    /** Reads packets with the record id of their participant. */
    private void read(String condition, BiConsumer<String, List<AssessmentFragment>> packets) {
        template.execute((ConnectionCallback<Boolean>) connection -> {
            try (BinaryRows rows = BinaryRows.open(
                    connection,
                    "select " + String.join(", ", FragmentPackets.COLUMNS) + ", record_id from " + FragmentPackets.TABLE
                            + " join identity.participant using (participant_key) where " + condition
                            + " order by participant_key, first_lines[1]")) {
                while (rows.next()) {
                    List<AssessmentFragment> fragments =
                            FragmentPackets.read(rows).fragments();
                    packets.accept(Objects.requireNonNull(rows.text()), fragments);
                }
            }
            return true;
        });
    }

    /** Puts what stands of an occasion in place of all its fragments. */
    void replace(long submission, List<AssessmentFragment> standing) {
        List<AssessmentFragment> all = new ArrayList<>();
        Map<ParticipantKey, List<AssessmentFragment>> stand = byParticipant(standing);
        UUID[] people = stand.keySet().stream().map(ParticipantKey::value).toArray(UUID[]::new);
        if (people.length == 0) {
            return;
        }
        for (AssessmentFragment fragment : of(submission, List.of(people))) {
            boolean replaced = Objects.requireNonNull(stand.get(fragment.participant())).stream()
                    .anyMatch(other -> other.occasion().equals(fragment.occasion()));
            if (!replaced) {
                all.add(fragment);
            }
        }
        all.addAll(standing);
        jdbc.sql("delete from " + FragmentPackets.TABLE
                        + " where submission_id = :id and participant_key = any(:people)")
                .param("id", submission)
                .param("people", people)
                .update();
        copy.copy(FragmentPackets.TABLE, FragmentPackets.COLUMNS, encode(all, submission));
    }
}
