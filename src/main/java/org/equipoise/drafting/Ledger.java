package org.equipoise.drafting;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Every guess of a draft in the order it was made; an answer to one takes its place. */
final class Ledger {
    private record Topic(String file, String column, String about) {}

    private final Map<Topic, String> answers = new LinkedHashMap<>();
    private final Map<Topic, Guess> guesses = new LinkedHashMap<>();
    private final Set<Topic> misunderstood = new HashSet<>();
    private String file = "";

    Ledger(List<Answer> given) {
        given.forEach(answer -> answers.put(new Topic(answer.file(), answer.column(), answer.about()), answer.text()));
    }

    /** From here on, matters are about this file; empty for the site. */
    void turnTo(String next) {
        file = next;
    }

    /** Settles a matter by its answer, or else by the guess. */
    String settle(String column, String about, String guess, int certainty, String reason) {
        Topic topic = new Topic(file, column, about);
        String answer = answers.get(topic);
        Guess settled = answer == null
                ? new Guess(file, column, about, guess, certainty, reason)
                : new Guess(file, column, about, answer, 100, "answered");
        guesses.put(topic, settled);
        return settled.guess();
    }

    /** The remark that a line of the mapping gets. */
    String remark(String column, String about) {
        Guess guess = guesses.get(new Topic(file, column, about));
        return guess == null ? "" : guess.certainty() + " %: " + guess.reason();
    }

    List<Guess> guesses() {
        return new ArrayList<>(guesses.values());
    }

    /** What was answered already, for whoever must know before guessing. */
    Optional<String> findAnswer(String about) {
        return Optional.ofNullable(answers.get(new Topic(file, "", about)));
    }

    /** Notes that the answer is none that the question has. */
    void misunderstand(String column, String about) {
        misunderstood.add(new Topic(file, column, about));
    }

    /** Answers that nothing asks for, or that the question does not have, as file, column and question. */
    List<String> unused() {
        return answers.keySet().stream()
                .filter(topic -> misunderstood.contains(topic) || !guesses.containsKey(topic))
                .map(topic -> (topic.file() + " " + topic.column() + ": " + topic.about()).strip())
                .toList();
    }
}
