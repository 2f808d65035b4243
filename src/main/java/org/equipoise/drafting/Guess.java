package org.equipoise.drafting;

/**
 * One thing that the draft takes for so.
 *
 * @param file names of the files it is about, with {as_of} for the day; empty for the site
 * @param column the column it is about; empty for the file as a whole
 * @param about what is guessed: role, or value and one of the column's codes
 * @param guess empty when there is none
 * @param certainty in percent; 100 for an answer
 * @param reason why, in words
 */
public record Guess(String file, String column, String about, String guess, int certainty, String reason) {
    /** Guesses less sure than this are questions. */
    public static final int SURE = 70;

    boolean isQuestion() {
        return certainty < SURE;
    }
}
