package org.equipoise.staging;

import java.util.List;
import java.util.Map;
import org.equipoise.vocabulary.ParticipantKey;

/**
 * What became of one block of rows.
 *
 * @param rowKeys by line, what tells a row from the participant's others, for rows about what happened, with facts, or
 *     refused
 * @param keyed rows that replace what earlier files said under the same key
 * @param participants record ids met, with their keys
 * @param received data rows in the block
 * @param rejected those of them that were refused
 */
public record StagedBlock(
        List<AssessmentFragment> fragments,
        List<ParticipantFact> facts,
        StagedHistory history,
        List<RefusedRow> refused,
        Map<Integer, String> rowKeys,
        List<KeyedRow> keyed,
        List<Finding> findings,
        Map<String, ParticipantKey> participants,
        int received,
        int rejected) {
    /** What tells a row from the participant's others; empty where nothing does. */
    public String rowKey(int line) {
        return rowKeys.getOrDefault(line, "");
    }
}
