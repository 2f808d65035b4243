package org.equipoise.staging;

import org.equipoise.vocabulary.ParticipantKey;

/**
 * A row of an incremental file that replaces what earlier files said of the participant under the same key.
 *
 * @param key the texts of the mapping's {@code row_key}
 */
public record KeyedRow(ParticipantKey participant, String key) {}
