package org.equipoise.simulation;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.OptionalInt;
import org.equipoise.vocabulary.MissingReason;

/** One questionnaire at one visit: an answer or a reason for each item. */
public final class FilledForm {
    private final LocalDate day;
    private final int[] answers;
    private final MissingReason[] reasons;

    FilledForm(LocalDate day, int[] answers, MissingReason[] reasons) {
        this.day = day;
        this.answers = answers.clone();
        this.reasons = reasons.clone();
    }

    /** When it was filled in. */
    public LocalDate day() {
        return day;
    }

    public int items() {
        return answers.length;
    }

    /** The answer to an item, from 0; meaningless unless its reason is {@link MissingReason#NONE}. */
    public int answer(int item) {
        return answers[item];
    }

    /** Why the item, from 0, has no answer. */
    public MissingReason reason(int item) {
        return reasons[item];
    }

    /** Whether nothing at all was entered. */
    public boolean isBlank() {
        return Arrays.stream(reasons).allMatch(reason -> reason == MissingReason.BLANK);
    }

    /** The sum of the answers, if every item has one. */
    public OptionalInt total() {
        boolean full = Arrays.stream(reasons).allMatch(reason -> reason == MissingReason.NONE);
        return full ? OptionalInt.of(Arrays.stream(answers).sum()) : OptionalInt.empty();
    }
}
