package org.equipoise.drafting;

import java.util.List;

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

    static Role of(String text) {
        List<String> words = List.of(text.strip().split("\\s+"));
        return new Role(words.get(0), words.subList(1, words.size()));
    }

    boolean is(String wanted) {
        return word.equals(wanted);
    }

    /** The word at this place after the first; empty if there is none. */
    String at(int place) {
        return place < rest.size() ? rest.get(place) : "";
    }
}
