package org.equipoise.definition;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The crosswalks there are, for whoever refers to one.
 *
 * @param sound those without a problem, by code
 * @param broken file names, without ending, of those that cannot be used; a reference to one is no new problem
 */
record CrosswalkShelf(Map<String, Crosswalk> sound, Set<String> broken) {

    /** The crosswalk named here. An unknown one is told; a broken one has been told. */
    Optional<Crosswalk> find(Part reference) {
        Crosswalk crosswalk = sound.get(reference.text());
        if (crosswalk == null && reference.isPresent() && !broken.contains(reference.text())) {
            reference.tell(
                    DefinitionProblem.CROSSWALK_UNKNOWN,
                    sound.isEmpty()
                            ? "one of those under crosswalks"
                            : Choices.of(new TreeSet<>(sound.keySet()), reference.text()),
                    reference.text(),
                    reference.text());
        }
        return Optional.ofNullable(crosswalk);
    }
}
