package org.equipoise.staging;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import org.equipoise.vocabulary.FindingCode;
import org.equipoise.vocabulary.MissingReason;
import org.equipoise.vocabulary.Place;

/**
 * Finds rows of one file that answer what an earlier row of it has answered. The earlier answer stands;
 * a row that only repeats is a duplicate, one that differs is refused.
 */
public final class RepeatedRows {
    private static final byte ABSENT = MissingReason.ABSENT.code();

    /** What a line has lost, over all its fragments. */
    private static final class Loss {
        int fragments;
        boolean differs;
        boolean oneAnswerPerRow;
        String record = "";
        Optional<String> event = Optional.empty();
        final List<String> formsThatDiffer = new ArrayList<>();
    }

    /**
     * What repetition did to the counts of the file.
     *
     * @param rejected rows whose every fact differs from an earlier row's
     * @param duplicate rows that only repeat
     */
    public record Outcome(int rejected, int duplicate, List<Finding> findings) {}

    private final String file;
    private final SortedMap<Integer, Loss> losses = new TreeMap<>();

    public RepeatedRows(String file) {
        this.file = file;
    }

    /** A participant's fragments, those about the same together. */
    public static Collection<List<AssessmentFragment>> occasions(List<AssessmentFragment> ofOne) {
        Map<AssessmentFragment.Occasion, List<AssessmentFragment>> occasions = new LinkedHashMap<>();
        for (AssessmentFragment fragment : ofOne) {
            occasions
                    .computeIfAbsent(fragment.occasion(), occasion -> new ArrayList<>(1))
                    .add(fragment);
        }
        return occasions.values();
    }

    /**
     * Resolves the fragments of one participant, instrument and occasion.
     *
     * @param record the participant's record id, for findings
     * @param fragments at least two
     * @return what stands, if any answer was given twice; empty if the fragments only complete each other
     */
    public Optional<AssessmentFragment> resolve(String record, List<AssessmentFragment> fragments) {
        List<AssessmentFragment> inOrder = new ArrayList<>(fragments);
        inOrder.sort(Comparator.comparingInt(AssessmentFragment::firstLine));
        AssessmentFragment first = inOrder.get(0);
        int items = first.values().length;
        short[] values = new short[items];
        byte[] reasons = new byte[items];
        int[] lines = new int[items];
        Arrays.fill(reasons, ABSENT);
        List<AssessmentFragment.Total> totals = new ArrayList<>();
        boolean repeated = false;
        for (AssessmentFragment fragment : inOrder) {
            for (int i = 0; i < items; i++) {
                int line = fragment.line(i);
                if (line == 0) {
                    continue;
                }
                if (lines[i] == 0) {
                    lines[i] = line;
                    values[i] = fragment.values()[i];
                    reasons[i] = fragment.reasons()[i];
                } else {
                    repeated = true;
                    boolean differs = values[i] != fragment.values()[i] || reasons[i] != fragment.reasons()[i];
                    lose(line, fragment, record, differs);
                }
            }
            for (AssessmentFragment.Total total : fragment.totals()) {
                Optional<AssessmentFragment.Total> earlier = totals.stream()
                        .filter(other -> other.scale().equals(total.scale()))
                        .findFirst();
                if (earlier.isEmpty()) {
                    totals.add(total);
                } else {
                    repeated = true;
                    lose(total.line(), fragment, record, earlier.get().value() != total.value());
                }
            }
        }
        if (!repeated) {
            return Optional.empty();
        }
        closeFragments();
        return Optional.of(new AssessmentFragment(
                first.participant(),
                first.instrument(),
                first.form(),
                first.visit(),
                first.event(),
                first.date(),
                first.firstLine(),
                values,
                reasons,
                lines,
                totals));
    }

    private final SortedMap<Integer, Boolean> losing = new TreeMap<>();

    /**
     * Takes note of a line that says again what happened.
     *
     * @param kind what is said to have happened
     * @param differs whether it says otherwise than the first
     */
    public void lose(int line, String record, String kind, boolean differs) {
        Loss loss = lossOf(line, record, kind, differs);
        loss.fragments++;
        loss.differs |= differs;
    }

    private Loss lossOf(int line, String record, String form, boolean differs) {
        Loss loss = losses.computeIfAbsent(line, l -> new Loss());
        loss.record = record;
        if (differs && !loss.formsThatDiffer.contains(form)) {
            loss.formsThatDiffer.add(form);
        }
        return loss;
    }

    private void lose(int line, AssessmentFragment fragment, String record, boolean differs) {
        Loss loss = lossOf(line, record, fragment.form(), differs);
        loss.event = Optional.ofNullable(fragment.event());
        loss.oneAnswerPerRow = fragment.lines() != null;
        losing.merge(line, differs, Boolean::logicalOr);
    }

    /** Counts each line once per occasion, however many of its answers were lost there. */
    private void closeFragments() {
        losing.forEach((line, differs) -> {
            Loss loss = losses.get(line);
            if (loss != null) {
                loss.fragments++;
                loss.differs |= differs;
            }
        });
        losing.clear();
    }

    /** The lines that lost something, to count their fragments. */
    public List<Integer> lines() {
        return List.copyOf(losses.keySet());
    }

    /**
     * What became of the rows.
     *
     * @param saidOnLine how many fragments, events, spells and the like the file has from a line, before anything
     *     was resolved
     */
    public Outcome outcome(IntUnaryOperator saidOnLine) {
        int rejected = 0;
        int duplicate = 0;
        List<Finding> findings = new ArrayList<>();
        for (var entry : losses.entrySet()) {
            int line = entry.getKey();
            Loss loss = entry.getValue();
            boolean nothingLeft = loss.oneAnswerPerRow || loss.fragments >= saidOnLine.applyAsInt(line);
            for (String form : loss.formsThatDiffer) {
                findings.add(Finding.of(
                        FindingCode.STG_026,
                        new Place(file, line, null, loss.record, loss.event.orElse(null), form, null),
                        "one answer to each question on each occasion",
                        null));
            }
            if (nothingLeft && loss.differs) {
                rejected++;
            } else if (nothingLeft) {
                duplicate++;
                findings.add(Finding.of(
                        FindingCode.STG_025,
                        new Place(file, line, null, loss.record, loss.event.orElse(null), null, null),
                        "each row once",
                        null));
            }
        }
        return new Outcome(rejected, duplicate, findings);
    }
}
