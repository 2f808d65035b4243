package org.equipoise.staging;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import org.equipoise.staging.internal.FindingTally;
import org.equipoise.submission.Submission.Counts;
import org.equipoise.vocabulary.FindingCode;
import org.equipoise.vocabulary.ParticipantKey;
import org.equipoise.vocabulary.Place;

/**
 * One file staged in memory, by the rules by which {@link StagingStore} stages it in the database: for a check
 * that leaves nothing behind. For one thread.
 */
public final class StagedFile {
    /**
     * What the file says of a participant once repetitions and contradictions are resolved.
     *
     * @param record the site's own id
     */
    public record Participant(
            ParticipantKey key,
            String record,
            List<AssessmentFragment> fragments,
            List<ParticipantFact> facts,
            StagedHistory history) {}

    /** What became of the file. Participants are in the order of their keys. */
    public record Result(Counts counts, List<Finding> findings, List<Participant> participants) {}

    private final String file;
    private final FindingTally tally = new FindingTally();
    private final List<Finding> findings = new ArrayList<>();
    private final SortedMap<ParticipantKey, Participant> participants = new TreeMap<>();
    private long received;
    private long rejected;

    public StagedFile(String file) {
        this.file = file;
    }

    /** Adds findings about the file. */
    public void add(List<Finding> more) {
        findings.addAll(tally.admit(more));
    }

    /** Adds a block of rows that were checked. */
    public void write(StagedBlock block) {
        received += block.received();
        rejected += block.rejected();
        add(block.findings());
        block.participants()
                .forEach((record, key) -> participants.putIfAbsent(
                        key, new Participant(key, record, new ArrayList<>(), new ArrayList<>(), new StagedHistory())));
        block.fragments()
                .forEach(fragment ->
                        participant(fragment.participant()).fragments.add(fragment));
        block.facts().forEach(fact -> participant(fact.participant()).facts.add(fact));
        write(block.history());
    }

    private void write(StagedHistory history) {
        history.events().forEach(event -> history(event.participant()).events().add(event));
        history.spells().forEach(spell -> history(spell.participant()).spells().add(spell));
        history.observed()
                .forEach(span -> history(span.participant()).observed().add(span));
        history.care().forEach(care -> history(care.participant()).care().add(care));
    }

    private StagedHistory history(ParticipantKey key) {
        return participant(key).history;
    }

    private Participant participant(ParticipantKey key) {
        return java.util.Objects.requireNonNull(participants.get(key));
    }

    /** Ends a file that cannot be used: nothing of it stays but the findings. */
    public Result refuse(List<Finding> reasons) {
        List<Finding> all = new ArrayList<>(findings);
        all.addAll(reasons);
        return new Result(Counts.NONE, all, List.of());
    }

    /** Ends the file: finds repeated rows and contradictions, and counts. */
    public Result finish() {
        RepeatedRows.Outcome repeated = resolveRepeats();
        add(repeated.findings());
        List<Finding> contradictions = new ArrayList<>();
        participants.values().forEach(participant -> resolveContradictions(participant, contradictions));
        contradictions.sort(Comparator.comparingLong(finding -> finding.place().line()));
        add(contradictions);
        findings.addAll(tally.summary());
        long refused = rejected + repeated.rejected();
        long duplicate = repeated.duplicate();
        return new Result(
                new Counts(received, received - refused - duplicate, refused, duplicate, 0),
                List.copyOf(findings),
                List.copyOf(participants.values()));
    }

    private RepeatedRows.Outcome resolveRepeats() {
        Map<Integer, Integer> saidOnLine = saidOnLines();
        RepeatedRows rule = new RepeatedRows(file);
        for (Participant participant : participants.values()) {
            Collection<List<AssessmentFragment>> occasions = RepeatedRows.occasions(participant.fragments);
            participant.fragments.clear();
            new RepeatedThings(rule, participant.record).resolve(participant.history);
            for (List<AssessmentFragment> fragments : occasions) {
                if (fragments.size() > 1) {
                    rule.resolve(participant.record, fragments)
                            .ifPresentOrElse(participant.fragments::add, () -> participant.fragments.addAll(fragments));
                } else {
                    participant.fragments.addAll(fragments);
                }
            }
        }
        return rule.outcome(line -> saidOnLine.getOrDefault(line, 0));
    }

    private Map<Integer, Integer> saidOnLines() {
        Map<Integer, Integer> said = new HashMap<>();
        IntConsumer count = line -> said.merge(line, 1, Integer::sum);
        for (Participant participant : participants.values()) {
            for (AssessmentFragment fragment : participant.fragments) {
                if (fragment.lines() == null) {
                    count.accept(fragment.firstLine());
                }
            }
            participant.history.events().forEach(event -> count.accept(event.line()));
            participant.history.spells().forEach(spell -> count.accept(spell.line()));
            participant.history.observed().forEach(span -> count.accept(span.line()));
            participant.history.care().forEach(care -> count.accept(care.line()));
        }
        return said;
    }

    /** Facts of which the file says two different things: neither is used. */
    private void resolveContradictions(Participant participant, List<Finding> contradictions) {
        participant.facts.sort(Comparator.comparingInt(ParticipantFact::line));
        SortedMap<String, Map<String, ParticipantFact>> said = new TreeMap<>();
        for (ParticipantFact fact : participant.facts) {
            String value = fact.date() == null ? String.valueOf(fact.text()) : String.valueOf(fact.date());
            said.computeIfAbsent(fact.fact(), name -> new LinkedHashMap<>()).putIfAbsent(value, fact);
        }
        said.forEach((name, values) -> {
            if (values.size() > 1) {
                ParticipantFact last = List.copyOf(values.values()).get(values.size() - 1);
                contradictions.add(Finding.of(
                        FindingCode.STG_027,
                        new Place(file, last.line(), last.column(), participant.record, null, null, name),
                        "the same value in all rows of a participant",
                        String.join(" and ", values.keySet())));
                participant.facts.removeIf(fact -> fact.fact().equals(name));
            }
        });
    }
}
