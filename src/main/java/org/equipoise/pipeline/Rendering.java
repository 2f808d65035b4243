package org.equipoise.pipeline;

import java.nio.file.Path;
import java.util.Optional;

/** Shows results again that are stored already. */
public interface Rendering {

    /**
     * A page that was written.
     *
     * @param runId whose results it shows
     * @param asDefinedNow whether the results were computed by the definitions in force; if not, the next night computes
     *     them anew
     */
    record Rendered(Path page, long runId, boolean asDefinedNow) {}

    /** Writes the page of the study's current results again; empty while there are none. */
    Optional<Rendered> renderCurrent();
}
