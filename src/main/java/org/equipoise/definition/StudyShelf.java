package org.equipoise.definition;

import java.util.Optional;
import org.equipoise.vocabulary.StudyCode;

/** The studies there are, for mappings that refer to one. */
@FunctionalInterface
interface StudyShelf {

    /** The study of this code, if there is one; unsound when its own file has problems. */
    Optional<KnownStudy> find(StudyCode code);

    /** A study, and whether what it says may be held against a mapping. */
    record KnownStudy(Study study, boolean isSound) {}
}
