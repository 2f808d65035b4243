package org.equipoise.definition;

import java.util.HashSet;
import java.util.Set;

/** Tells whatever is named a second time within one list. */
final class Uniqueness {
    private final String what;
    private final Set<String> seen = new HashSet<>();

    /**
     * @param what what the names name, for the message: The arm
     */
    Uniqueness(String what) {
        this.what = what;
    }

    void see(Part part) {
        part.findText().ifPresent(name -> see(part, name));
    }

    /** Sees a name that is put together of several, told at the first of them. */
    void see(Part part, String name) {
        if (!seen.add(name)) {
            part.tell(DefinitionProblem.CODE_TWICE, "each only once", name, what + " " + name);
        }
    }
}
