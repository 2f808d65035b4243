package org.equipoise.submission;

import org.equipoise.vocabulary.FindingCode;
import org.equipoise.vocabulary.Place;
import org.equipoise.vocabulary.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Something to tell of an inbox: about a file, or about what is not a file at all.
 *
 * @param submission the submission it is about; null when there is none
 */
public record Notice(
        String site,
        FindingCode code,
        Place place,
        String expected,
        @Nullable Long submission) {

    /** As a problem, for messages. */
    public Problem toProblem() {
        return new Problem(code.code(), code.severity(), place, code.message(), expected, null, code.remedy());
    }
}
