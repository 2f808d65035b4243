package org.equipoise.drafting;

import java.util.List;

/**
 * A mapping drafted from a file, and how sure each part of it is.
 *
 * @param columns how many columns the file has
 * @param placed how many of them have a place in the mapping, or are known not to need one
 * @param leftOver names of the others
 * @param guesses in the order in which they were made
 * @param unusedAnswers answers that nothing asks for, or that their question does not have
 */
public record Draft(
        String site,
        String mapping,
        int columns,
        int placed,
        List<String> leftOver,
        List<Guess> guesses,
        List<String> unusedAnswers) {
    public Draft {
        leftOver = List.copyOf(leftOver);
        guesses = List.copyOf(guesses);
        unusedAnswers = List.copyOf(unusedAnswers);
    }

    /** Guesses that somebody should look at, least sure first. */
    public List<Guess> questions() {
        return guesses.stream()
                .filter(Guess::isQuestion)
                .sorted(java.util.Comparator.comparingInt(Guess::certainty))
                .toList();
    }
}
