package org.equipoise.drafting;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a column holds, in the words of an answer sheet: {@code fact arm}, {@code item PHQ-9 3}, {@code count self_harm}.
 *
 * @param word the first word
 * @param rest the others
 */
record Role(String word, List<String> rest) {
    static final String RECORD = "record";
    static final String VISIT = "visit";
    static final String IGNORE = "ignore";
    static final String ROWS = "rows";
    static final String FACT = "fact";
    static final String ITEM = "item";
    static final String TOTAL = "total";
    static final String DATE = "date";
    static final String COMPLETE = "complete";
    static final String COUNT = "count";
    static final String DAYS = "days";
    static final String TICKED = "ticked";
    static final String KIND = "kind";
    static final String DETAIL = "detail";
    static final String FROM = "from";
    static final String TO = "to";
    static final String THERAPIST = "therapist";
    static final String GROUP = "group";
    static final String SESSIONS = "sessions";
    static final String MODALITY = "modality";
    static final String OBSERVED = "observed";
    static final String ANSWER = "answer";
    static final String NONE = "";

    private static final Set<String> WORDS = Set.of(
            RECORD, VISIT, IGNORE, ROWS, FACT, ITEM, TOTAL, DATE, COMPLETE, COUNT, DAYS, TICKED, KIND, DETAIL, FROM, TO,
            THERAPIST, GROUP, SESSIONS, MODALITY, OBSERVED, ANSWER, NONE);
    private static final Pattern SHAPE =
            Pattern.compile("item \\S+ [1-9]\\d{0,2}|total \\S+ \\S+|(fact|complete|count|days|observed|answer) \\S+"
                    + "|ticked \\S+( \\S+)?|date( \\S+)?|[a-z]*");

    /** The role that the text names, if it is one. */
    static Optional<Role> find(String text) {
        List<String> words = List.of(text.strip().split("\\s+"));
        boolean needsMore = Set.of(ITEM, TOTAL, FACT, COMPLETE, COUNT, DAYS, OBSERVED, ANSWER, TICKED)
                        .contains(words.get(0))
                && words.size() == 1;
        return WORDS.contains(words.get(0))
                        && !needsMore
                        && SHAPE.matcher(String.join(" ", words)).matches()
                ? Optional.of(new Role(words.get(0), words.subList(1, words.size())))
                : Optional.empty();
    }

    /** No role. */
    static Role none() {
        return new Role(NONE, List.of());
    }

    boolean is(String wanted) {
        return word.equals(wanted);
    }

    /** The word at this place after the first; empty if there is none. */
    String at(int place) {
        return place < rest.size() ? rest.get(place) : "";
    }
}
