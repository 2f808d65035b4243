package org.equipoise.harmonize;

import java.util.List;
import java.util.Optional;
import org.equipoise.definition.DefinitionBundle;

/** What is staged of the pending participants, in the order of their keys. */
public interface StagedParticipants {

    /** Opens a pass over all of them. It has connections of its own. */
    Cursor open(DefinitionBundle definitions);

    /**
     * Opens a pass over all of them within the caller's transaction, so that it sees what was not committed. Ask
     * nothing else of the transaction that changes who is pending until the pass is closed.
     */
    Cursor openInTransaction(DefinitionBundle definitions);

    /** A pass, in bounded memory. For one thread. */
    interface Cursor extends AutoCloseable {
        /** Some participants, or empty at the end. Of a participant whom no file speaks of any more, nothing is staged. */
        Optional<List<StagedParticipant>> next();

        @Override
        void close();
    }
}
