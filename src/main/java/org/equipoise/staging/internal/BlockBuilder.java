package org.equipoise.staging.internal;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.equipoise.staging.AssessmentFragment;
import org.equipoise.staging.Finding;
import org.equipoise.staging.KeyedRow;
import org.equipoise.staging.ParticipantFact;
import org.equipoise.staging.RefusedRow;
import org.equipoise.staging.StagedBlock;
import org.equipoise.staging.StagedHistory;
import org.equipoise.vocabulary.FindingCode;
import org.equipoise.vocabulary.ParticipantKey;
import org.equipoise.vocabulary.Place;
import org.jspecify.annotations.Nullable;

/** Gathers what a block's rows say. */
final class BlockBuilder {
    /** What a row is about, for the places of its findings. */
    record RowPlace(
            String file, int line, String record, @Nullable String event) {
        Place at(@Nullable String column, @Nullable String form, @Nullable String field) {
            return new Place(file, line, column, record, event, form, field);
        }
    }

    private record FactKey(
            ParticipantKey participant,
            String fact,
            @Nullable String text,
            @Nullable LocalDate date) {

        // By hand, as those of codes.
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof FactKey key
                    && fact.equals(key.fact)
                    && Objects.equals(text, key.text)
                    && Objects.equals(date, key.date)
                    && participant.equals(key.participant);
        }

        @Override
        public int hashCode() {
            int whoAndWhat = 31 * participant.hashCode() + fact.hashCode();
            return 31 * (31 * whoAndWhat + Objects.hashCode(text)) + Objects.hashCode(date);
        }
    }

    private final List<AssessmentFragment> fragments = new ArrayList<>();
    private final Map<FactKey, ParticipantFact> facts = new LinkedHashMap<>();
    private final StagedHistory history = new StagedHistory();
    private final List<RefusedRow> refused = new ArrayList<>();
    private final Map<Integer, String> rowKeys = new HashMap<>();
    private final List<KeyedRow> keyed = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private final Map<String, ParticipantKey> participants = new HashMap<>();
    private int received;
    private int rejected;

    void received() {
        received++;
    }

    void rejected() {
        rejected++;
    }

    void participant(String record, ParticipantKey key) {
        participants.put(record, key);
    }

    void fragment(AssessmentFragment fragment) {
        fragments.add(fragment);
    }

    /** Keeps a fact once, however many rows say the same. */
    void fact(ParticipantFact fact) {
        facts.putIfAbsent(new FactKey(fact.participant(), fact.fact(), fact.text(), fact.date()), fact);
    }

    /** What happened to participants; the caller adds to it. */
    StagedHistory history() {
        return history;
    }

    /** Keeps what tells a row from the participant's others. */
    void rowKey(int line, String key) {
        rowKeys.put(line, key);
    }

    /** Keeps a row that replaces what earlier files said under its key. */
    void keyed(KeyedRow row) {
        keyed.add(row);
    }

    void refused(RefusedRow row) {
        refused.add(row);
    }

    void finding(FindingCode code, Place place, String expected, @Nullable String found) {
        findings.add(Finding.of(code, place, expected, found));
    }

    /** Whether this was told of a column in the line at hand. */
    boolean hasTold(FindingCode code, int line, String column) {
        for (int i = findings.size() - 1; i >= 0; i--) {
            Finding told = findings.get(i);
            if (told.place().line() != line) {
                return false;
            }
            if (told.code() == code && column.equals(told.place().column())) {
                return true;
            }
        }
        return false;
    }

    StagedBlock build() {
        return new StagedBlock(
                fragments,
                List.copyOf(facts.values()),
                history,
                refused,
                rowKeys,
                keyed,
                findings,
                participants,
                received,
                rejected);
    }
}
