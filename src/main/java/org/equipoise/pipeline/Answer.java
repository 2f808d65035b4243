package org.equipoise.pipeline;

import java.nio.file.Path;

/** A person's answer to a held submission. */
public interface Answer {

    /**
     * Lets a held or superseded file count from the next night on.
     *
     * @param file its bytes name the submission
     * @param confirm whether missing participants are meant to be gone; otherwise an older export is to count again
     * @throws RunRefused if no such submission waits for that answer
     */
    void accept(String site, Path file, boolean confirm);
}
