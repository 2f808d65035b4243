package org.equipoise.staging;

import java.util.List;
import java.util.Map;
import org.equipoise.vocabulary.ParticipantKey;

/**
 * What became of one block of rows.
 *
 * @param participants record ids met, with their keys
 * @param received data rows in the block
 * @param rejected those of them that were refused
 */
public record StagedBlock(
        List<AssessmentFragment> fragments,
        List<ParticipantFact> facts,
        StagedHistory history,
        List<RefusedRow> refused,
        List<Finding> findings,
        Map<String, ParticipantKey> participants,
        int received,
        int rejected) {}
