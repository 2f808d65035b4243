package org.equipoise.drafting;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.equipoise.feedback.CheckedFile;
import org.equipoise.feedback.FindingRow;
import org.equipoise.feedback.OfflineCheck;
import org.equipoise.feedback.Verdict;
import org.equipoise.harmonize.HarmonizedParticipant;
import org.equipoise.harmonize.HarmonizedParticipant.Cell;
import org.equipoise.harmonize.HarmonizedParticipant.OutcomeSeries;
import org.equipoise.harmonize.HarmonizedParticipant.ScoredAssessment;
import org.equipoise.submission.Submission.Counts;
import org.equipoise.vocabulary.MissingReason;
import org.equipoise.vocabulary.ParticipantKey;

/** What a file comes to by one mapping. Participants are compared by key, and none is named. */
public final class Trial {
    private final CheckedFile checked;
    private final SortedMap<ParticipantKey, HarmonizedParticipant> participants =
            new TreeMap<>(Comparator.comparing(ParticipantKey::toString));

    private Trial(OfflineCheck check, java.nio.file.Path file, Optional<String> site) {
        checked = check.check(file, site, participant -> participants.put(participant.key(), participant));
    }

    /** Reads the file by the check's definitions. */
    public static Trial of(OfflineCheck check, java.nio.file.Path file, Optional<String> site) {
        return new Trial(check, file, site);
    }

    public Verdict verdict() {
        return checked.verdict();
    }

    public Counts counts() {
        return checked.counts();
    }

    /** How often each finding is told, by code and message. */
    public SortedMap<String, Integer> findings() {
        SortedMap<String, Integer> findings = new TreeMap<>();
        for (FindingRow finding : checked.findings()) {
            String column = finding.column() == null ? "" : ", column " + finding.column();
            findings.merge(finding.code() + " " + finding.message() + column, finding.count(), Integer::sum);
        }
        return findings;
    }

    /** What a mapping makes of the file, in numbers, in the order in which they are told. */
    public Map<String, Long> numbers() {
        Map<String, Long> numbers = new java.util.LinkedHashMap<>();
        numbers.put("rows accepted", counts().accepted());
        numbers.put("rows rejected", counts().rejected());
        numbers.put("participants", (long) participants.size());
        numbers.put("participants with an arm", count(person -> person.arm() == null ? 0 : 1));
        numbers.put("participants with time zero", count(person -> person.timeZero() == null ? 0 : 1));
        numbers.put("assessments", count(person -> person.assessments().size()));
        numbers.put("answers", count(Trial::answers));
        numbers.put("events", count(person -> person.events().size()));
        numbers.put("spells", count(person -> person.spells().size()));
        numbers.put("spans observed", count(person -> person.observed().size()));
        numbers.put("episodes of care", count(person -> person.care().size()));
        numbers.put("outcome values", (long) values().size());
        return numbers;
    }

    private long count(java.util.function.ToLongFunction<HarmonizedParticipant> part) {
        return participants.values().stream().mapToLong(part).sum();
    }

    private static long answers(HarmonizedParticipant person) {
        long answers = 0;
        for (ScoredAssessment assessment : person.assessments()) {
            for (byte reason : assessment.reasons()) {
                answers += reason == MissingReason.NONE.code() ? 1 : 0;
            }
        }
        return answers;
    }

    /** What a trial by other definitions would change, in sentences; empty if nothing. */
    public List<String> differencesFrom(Trial before) {
        List<String> told = new ArrayList<>();
        if (before.verdict() != verdict()) {
            told.add("The file as a whole: " + word(before.verdict()) + " before, " + word(verdict()) + " now.");
        }
        Map<String, Long> earlier = before.numbers();
        numbers().forEach((what, now) -> {
            long then = earlier.getOrDefault(what, 0L);
            if (then != now) {
                told.add(what + ": " + then + " before, " + now + " now.");
            }
        });
        findings(before, told);
        people(before, told);
        return told;
    }

    private static String word(Verdict verdict) {
        return verdict.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }

    private void findings(Trial before, List<String> told) {
        Map<String, Integer> earlier = before.findings();
        Map<String, Integer> now = findings();
        now.forEach((finding, count) -> {
            int then = earlier.getOrDefault(finding, 0);
            if (then != count) {
                told.add((then == 0 ? "New finding" : "Finding") + ", " + then + " before, " + count + " now: "
                        + finding);
            }
        });
        earlier.forEach((finding, count) -> {
            if (!now.containsKey(finding)) {
                told.add("Finding gone, " + count + " before: " + finding);
            }
        });
    }

    private void people(Trial before, List<String> told) {
        long changed = participants.entrySet().stream()
                .filter(entry -> before.participants.containsKey(entry.getKey()))
                .filter(entry -> !java.util.Arrays.equals(
                        entry.getValue().contentHash(),
                        java.util.Objects.requireNonNull(before.participants.get(entry.getKey()))
                                .contentHash()))
                .count();
        long appeared = participants.keySet().stream()
                .filter(key -> !before.participants.containsKey(key))
                .count();
        if (appeared > 0) {
            long gone = before.participants.size() - participants.size() + appeared;
            told.add("Participants: " + appeared + " of other names, " + gone
                    + " no longer there. If they are the same people, the record ids are written in another way.");
        }
        if (changed > 0) {
            told.add("Participants of whom something differs: " + changed + ".");
        }
        Map<String, Double> earlier = before.values();
        SortedMap<String, int[]> byOutcome = new TreeMap<>();
        Map<String, Double> now = values();
        now.forEach((cell, value) -> {
            Double then = earlier.get(cell);
            if (then == null) {
                tally(byOutcome, cell)[0]++;
            } else if (!then.equals(value)) {
                tally(byOutcome, cell)[1]++;
            }
        });
        earlier.keySet().stream().filter(cell -> !now.containsKey(cell)).forEach(cell -> tally(byOutcome, cell)[2]++);
        byOutcome.forEach((outcome, counts) -> told.add("Outcome " + outcome + ": " + counts[0] + " values new, "
                + counts[1] + " different, " + counts[2] + " gone."));
    }

    private static int[] tally(SortedMap<String, int[]> byOutcome, String cell) {
        return byOutcome.computeIfAbsent(cell.substring(0, cell.indexOf(' ')), outcome -> new int[3]);
    }

    /** Every outcome value by outcome, place and participant. */
    private Map<String, Double> values() {
        Map<String, Double> values = new HashMap<>();
        for (HarmonizedParticipant person : participants.values()) {
            for (OutcomeSeries series : person.series()) {
                int place = 0;
                for (Cell cell : series.cells()) {
                    Double value = cell.value();
                    if (value != null) {
                        values.put(
                                series.outcome() + " " + series.overPeriods() + " " + place + " " + person.key(),
                                value);
                    }
                    place++;
                }
            }
        }
        return values;
    }
}
