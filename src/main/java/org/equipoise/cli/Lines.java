package org.equipoise.cli;

import org.equipoise.vocabulary.Problem;

/** How problems are printed. */
final class Lines {
    private Lines() {}

    /** A problem with all it knows, for the person at the keyboard. */
    static String of(Problem problem) {
        String found = problem.found();
        return found == null ? problem.toString() : problem + " (found: " + found + ")";
    }
}
