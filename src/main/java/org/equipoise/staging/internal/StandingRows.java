package org.equipoise.staging.internal;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.equipoise.database.BinaryCopy;
import org.equipoise.staging.AssessmentFragment;
import org.equipoise.staging.FragmentPackets;
import org.equipoise.submission.Submission;
import org.equipoise.vocabulary.InstrumentCode;
import org.equipoise.vocabulary.IntervalCode;
import org.equipoise.vocabulary.MissingReason;
import org.equipoise.vocabulary.ParticipantKey;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Lets the earlier accepted version of a row stand where the new version was refused: its facts count
 * through the new submission, marked stale. An intermediate export that no longer had the row ends it.
 *
 * <p>A row about what happened is found again by the mapping's row key. Where several rows of a participant share a key, the
 * earlier one in the nearest place among them is taken for it, each once: as many stand as were refused, so that what was
 * corrected in the same file is not counted beside its earlier version.
 */
final class StandingRows {

    /**
     * What stands.
     *
     * @param bySource lines of the rows left standing, by the submission they were read from
     */
    record Result(Map<Long, Set<Integer>> bySource) {
        long rows() {
            return bySource.values().stream().mapToLong(Set::size).sum();
        }

        long rowsOf(long submission) {
            return bySource.getOrDefault(submission, Set.of()).size();
        }

        private void stand(long source, int line) {
            bySource.computeIfAbsent(source, id -> new TreeSet<>()).add(line);
        }
    }

    /** When and whom a row is about; a date counts only where no visit is named. */
    private record Occasion(
            ParticipantKey participant,
            @Nullable IntervalCode visit,
            @Nullable LocalDate date) {
        static Occasion of(AssessmentFragment fragment) {
            return new Occasion(
                    fragment.participant(), fragment.visit(), fragment.visit() == null ? fragment.date() : null);
        }
    }

    private record Refused(Occasion occasion, @Nullable InstrumentCode instrument, int item) {}

    private final JdbcClient jdbc;
    private final CopySession copy;
    private final StoredFragments fragments;

    StandingRows(JdbcClient jdbc, CopySession copy, StoredFragments fragments) {
        this.jdbc = jdbc;
        this.copy = copy;
        this.fragments = fragments;
    }

    /**
     * Works out anew what stands beside the submission in effect.
     *
     * @param older earlier submissions, by the moment they were taken
     */
    Result carry(Submission effective, List<Submission> older, boolean rowsAreAnswers) {
        for (String table : JdbcStagingStore.SAID) {
            jdbc.sql("delete from " + table + " where submission_id = :id and stale")
                    .param("id", effective.id())
                    .update();
        }
        Set<Refused> open = refusedIn(effective.id(), rowsAreAnswers);
        Result result = new Result(new HashMap<>());
        carryHistory(effective, older, result);
        if (open.isEmpty() || older.isEmpty()) {
            return result;
        }
        Set<UUID> people = open.stream()
                .map(refused -> refused.occasion().participant().value())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        Set<String> spoken = spokenOf(fragments.of(effective.id(), people));
        BinaryCopy rows = new BinaryCopy(FragmentPackets.COLUMNS.size());
        for (int i = older.size() - 1; i >= 0 && !open.isEmpty(); i--) {
            Submission source = older.get(i);
            Map<Occasion, List<AssessmentFragment>> earlier =
                    fragments.of(source.id(), people).stream().collect(Collectors.groupingBy(Occasion::of));
            Set<Refused> refusedThereToo = refusedIn(source.id(), rowsAreAnswers);
            Set<Refused> stillOpen = new LinkedHashSet<>();
            for (Refused refused : open) {
                List<Integer> lines = stand(refused, earlier, spoken, effective, source, rows);
                lines.forEach(line -> result.stand(source.id(), line));
                if (lines.isEmpty() && refusedThereToo.contains(refused)) {
                    stillOpen.add(refused);
                }
            }
            open = stillOpen;
            carryFacts(effective.id(), source.id(), people);
        }
        copy.copy(FragmentPackets.TABLE, FragmentPackets.COLUMNS, rows);
        return result;
    }

    private static List<Integer> stand(
            Refused refused,
            Map<Occasion, List<AssessmentFragment>> earlier,
            Set<String> spoken,
            Submission effective,
            Submission source,
            BinaryCopy rows) {
        List<Integer> lines = new ArrayList<>();
        for (AssessmentFragment fragment : earlier.getOrDefault(refused.occasion(), List.of())) {
            if (refused.instrument() == null) {
                if (spoken.add(nameOf(fragment, 0))) {
                    FragmentPackets.write(rows, List.of(fragment), effective.id(), source.id(), true);
                    lines.add(fragment.firstLine());
                }
            } else if (fragment.instrument().equals(refused.instrument())
                    && fragment.line(refused.item() - 1) > 0
                    && spoken.add(nameOf(fragment, refused.item()))) {
                FragmentPackets.write(
                        rows, List.of(only(fragment, refused.item() - 1)), effective.id(), source.id(), true);
                lines.add(fragment.line(refused.item() - 1));
            }
        }
        return lines;
    }

    /** The fragment reduced to one answer. */
    private static AssessmentFragment only(AssessmentFragment fragment, int index) {
        int items = fragment.values().length;
        short[] values = new short[items];
        byte[] reasons = new byte[items];
        int[] lines = new int[items];
        Arrays.fill(reasons, MissingReason.ABSENT.code());
        values[index] = fragment.values()[index];
        reasons[index] = fragment.reasons()[index];
        lines[index] = fragment.line(index);
        return new AssessmentFragment(
                fragment.participant(),
                fragment.instrument(),
                fragment.form(),
                fragment.visit(),
                fragment.event(),
                fragment.date(),
                lines[index],
                values,
                reasons,
                lines,
                List.of());
    }

    private static Set<String> spokenOf(List<AssessmentFragment> fragments) {
        Set<String> spoken = new HashSet<>();
        for (AssessmentFragment fragment : fragments) {
            spoken.add(nameOf(fragment, 0));
            for (int i = 0; i < fragment.values().length; i++) {
                if (fragment.lines() != null && fragment.line(i) > 0) {
                    spoken.add(nameOf(fragment, i + 1));
                }
            }
        }
        return spoken;
    }

    private static String nameOf(AssessmentFragment fragment, int item) {
        return Occasion.of(fragment) + "/" + fragment.instrument() + "/" + (item == 0 ? fragment.form() : item);
    }

    private Set<Refused> refusedIn(long submission, boolean rowsAreAnswers) {
        return new LinkedHashSet<>(jdbc.sql("""
                        select participant_key, visit_code, assessed_on, instrument_code, coalesce(item, 0)
                        from staging.refused_row
                        where submission_id = :id and (visit_code is not null or assessed_on is not null)
                          and (item is not null) = :answers
                        """)
                .param("id", submission)
                .param("answers", rowsAreAnswers)
                .query((row, number) -> {
                    String visit = row.getString(2);
                    String instrument = row.getString(4);
                    return new Refused(
                            new Occasion(
                                    new ParticipantKey(row.getObject(1, UUID.class)),
                                    visit == null ? null : new IntervalCode(visit),
                                    visit == null ? row.getObject(3, LocalDate.class) : null),
                            instrument == null ? null : new InstrumentCode(instrument),
                            row.getInt(5));
                })
                .list());
    }

    /**
     * Facts that a refused row said earlier, where the new submission does not say them; of people of whom it says none, all.
     */
    private void carryFacts(long effective, long source, Set<UUID> people) {
        jdbc.sql("""
                        insert into staging.participant_fact (submission_id, source_submission_id, participant_key, fact,
                            fact_text, fact_date, first_line, column_name, row_key, stale)
                        select :effective, f.source_submission_id, f.participant_key, f.fact, f.fact_text, f.fact_date,
                               f.first_line, f.column_name, f.row_key, true
                        from staging.participant_fact f
                        where f.submission_id = :source and not f.stale and f.participant_key = any(:people)
                          and not exists (
                            select from staging.participant_fact known
                            where known.submission_id = :effective and known.participant_key = f.participant_key
                              and known.fact = f.fact)
                          and (exists (
                                select from staging.refused_row refused
                                where refused.submission_id = :effective
                                  and refused.participant_key = f.participant_key and refused.row_key = f.row_key)
                            or not exists (
                                select from staging.participant_fact known
                                where known.submission_id = :effective and not known.stale
                                  and known.participant_key = f.participant_key))
                        """)
                .param("effective", effective)
                .param("source", source)
                .param("people", people.toArray(UUID[]::new))
                .update();
    }

    /** What refused rows said earlier of what happened, where the new submission does not say it. */
    private void carryHistory(Submission effective, List<Submission> older, Result result) {
        List<UUID> people = peopleRefusedIn(effective.id());
        if (people.isEmpty()) {
            return;
        }
        SortedSet<Row> open = new TreeSet<>(numbered(effective.id(), people));
        open.removeIf(row -> !row.refused());
        for (int i = older.size() - 1; i >= 0 && !open.isEmpty(); i--) {
            long source = older.get(i).id();
            List<Row> earlier = numbered(source, people);
            Set<Integer> unsaid = unsaid(effective.id(), source, people);
            SortedSet<Row> stillOpen = new TreeSet<>();
            Set<Integer> lines = new TreeSet<>();
            for (Row refused : open) {
                Optional<Row> predecessor = earlier.stream()
                        .filter(row -> row.key().equals(refused.key())
                                && !lines.contains(row.line())
                                && unsaid.contains(row.line()))
                        .min(Comparator.comparingInt((Row row) -> Math.abs(row.number() - refused.number()))
                                .thenComparing(Comparator.naturalOrder()));
                predecessor.ifPresent(row -> lines.add(row.line()));
                if (predecessor.isEmpty()
                        && earlier.stream()
                                .anyMatch(row -> row.refused() && row.key().equals(refused.key()))) {
                    stillOpen.add(refused);
                }
            }
            lines.forEach(line -> result.stand(source, line));
            for (HistoryTable table : HistoryTable.ALL) {
                carry(table, effective.id(), source, lines);
            }
            open = stillOpen;
        }
    }

    /**
     * A row about what happened, or a refused one.
     *
     * @param number which of the participant's rows with the same key it is in its file
     */
    private record Row(RowKey key, int number, int line, boolean refused) implements Comparable<Row> {
        @Override
        public int compareTo(Row other) {
            return Integer.compare(line, other.line);
        }
    }

    private record RowKey(UUID participant, String text) {}

    private List<Row> numbered(long submission, List<UUID> people) {
        String lines = HistoryTable.ALL.stream()
                .map(table -> " union select participant_key, row_key, line, false from " + table.view()
                        + " where submission_id = :id and not stale and participant_key = any(:people)")
                .collect(Collectors.joining());
        return jdbc.sql("""
                        select participant_key, row_key,
                               row_number() over (partition by participant_key, row_key order by line)::integer, line, refused
                        from (select participant_key, row_key, line, bool_or(refused) as refused
                              from (select participant_key, row_key, line, true as refused from staging.refused_row
                                    where submission_id = :id and participant_key = any(:people)
                        """ + lines + ") said group by participant_key, row_key, line) rows")
                .param("id", submission)
                .param("people", people.toArray(UUID[]::new))
                .query((row, number) -> new Row(
                        new RowKey(row.getObject(1, UUID.class), row.getString(2)),
                        row.getInt(3),
                        row.getInt(4),
                        row.getBoolean(5)))
                .list();
    }

    /** Lines of an earlier submission that say of what happened what the new one does not. */
    private Set<Integer> unsaid(long effective, long source, List<UUID> people) {
        String lines = HistoryTable.ALL.stream()
                .map(table -> "select f.line from " + table.view() + " f where f.participant_key = any(:people) and "
                        + isUnsaid(table))
                .collect(Collectors.joining(" union "));
        return new HashSet<>(jdbc.sql(lines)
                .param("effective", effective)
                .param("source", source)
                .param("people", people.toArray(UUID[]::new))
                .query(Integer.class)
                .list());
    }

    private void carry(HistoryTable table, long effective, long source, Set<Integer> lines) {
        jdbc.sql(table.carry(":effective", "f.line = any(:lines) and " + isUnsaid(table)))
                .param("effective", effective)
                .param("source", source)
                .param("lines", lines.toArray(Integer[]::new))
                .update();
    }

    private static String isUnsaid(HistoryTable table) {
        return "f.submission_id = :source and not f.stale and not exists (select from " + table.view()
                + " known where known.submission_id = :effective and " + table.sameThing("known", "f") + ")";
    }

    private List<UUID> peopleRefusedIn(long submission) {
        return jdbc.sql("select distinct participant_key from staging.refused_row where submission_id = :id")
                .param("id", submission)
                .query(UUID.class)
                .list();
    }
}
