package org.equipoise.staging.internal;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.equipoise.database.BinaryCopy;
import org.equipoise.definition.SiteMapping.Export;
import org.equipoise.staging.AssessmentFragment;
import org.equipoise.staging.Finding;
import org.equipoise.staging.FragmentPackets;
import org.equipoise.staging.HistoryPackets;
import org.equipoise.staging.KeyedRow;
import org.equipoise.staging.ParticipantFact;
import org.equipoise.staging.RefusedRow;
import org.equipoise.staging.RepeatedRows;
import org.equipoise.staging.StagedBlock;
import org.equipoise.staging.StagingStore;
import org.equipoise.submission.Submission;
import org.equipoise.submission.Submission.Counts;
import org.equipoise.submission.Submission.Status;
import org.equipoise.submission.SubmissionLedger;
import org.equipoise.vocabulary.FindingCode;
import org.equipoise.vocabulary.ParticipantKey;
import org.equipoise.vocabulary.Place;
import org.equipoise.vocabulary.StudyCode;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Staging in PostgreSQL, written by binary COPY. */
@Repository
class JdbcStagingStore implements StagingStore {
    /** The tables of what files say of participants. */
    static final List<String> SAID = List.of(FragmentPackets.TABLE, "staging.participant_fact", HistoryPackets.TABLE);

    private static final List<String> FACT_COLUMNS = List.of(
            "submission_id",
            "source_submission_id",
            "participant_key",
            "fact",
            "fact_text",
            "fact_date",
            "first_line",
            "column_name",
            "row_key");
    private static final String KEYED = "staging.keyed_row";
    private static final List<String> KEYED_COLUMNS = List.of("submission_id", "participant_key", "row_key");
    private static final List<String> REFUSED_COLUMNS = List.of(
            "submission_id",
            "line",
            "participant_key",
            "row_key",
            "visit_code",
            "assessed_on",
            "instrument_code",
            "item");

    private final JdbcTemplate template;
    private final JdbcClient jdbc;
    private final CopySession copy;
    private final SubmissionLedger ledger;
    private final StoredFragments fragments;
    private final FindingRows findingRows;
    private final EffectRule effects;

    JdbcStagingStore(JdbcTemplate template, JdbcClient jdbc, SubmissionLedger ledger, Clock clock) {
        this.template = template;
        this.jdbc = jdbc;
        this.ledger = ledger;
        copy = new CopySession(template);
        fragments = new StoredFragments(template, jdbc, copy);
        findingRows = new FindingRows(jdbc, copy, clock);
        effects = new EffectRule(jdbc, copy, fragments, ledger, findingRows);
    }

    private record Encoded(
            BinaryCopy fragments,
            BinaryCopy facts,
            BinaryCopy history,
            BinaryCopy refused,
            BinaryCopy keyed,
            List<Finding> findings,
            Map<String, ParticipantKey> participants,
            int received,
            int rejected)
            implements EncodedBlock {
        @Override
        public int rows() {
            return received;
        }
    }

    @Override
    public EncodedBlock encode(long submission, StagedBlock block) {
        BinaryCopy fragments = StoredFragments.encode(block.fragments(), submission);
        BinaryCopy facts = new BinaryCopy(FACT_COLUMNS.size());
        for (ParticipantFact fact : block.facts()) {
            facts.startRow()
                    .int8(submission)
                    .int8(submission)
                    .uuid(fact.participant().value())
                    .text(fact.fact())
                    .text(fact.text())
                    .date(fact.date())
                    .int4(fact.line())
                    .text(fact.column())
                    .text(block.rowKey(fact.line()));
        }
        BinaryCopy refused = new BinaryCopy(REFUSED_COLUMNS.size());
        for (RefusedRow row : block.refused()) {
            refused.startRow()
                    .int8(submission)
                    .int4(row.line())
                    .uuid(row.participant().value())
                    .text(block.rowKey(row.line()))
                    .text(row.visit() == null ? null : row.visit().value())
                    .date(row.date())
                    .text(row.instrument() == null ? null : row.instrument().value());
            if (row.item() == 0) {
                refused.nullField();
            } else {
                refused.int2(row.item());
            }
        }
        return new Encoded(
                fragments,
                facts,
                HistoryPackets.encode(block, submission),
                refused,
                keyed(submission, block.keyed()),
                block.findings(),
                block.participants(),
                block.received(),
                block.rejected());
    }

    private static BinaryCopy keyed(long submission, List<KeyedRow> rows) {
        BinaryCopy keyed = new BinaryCopy(KEYED_COLUMNS.size());
        rows.forEach(row -> keyed.startRow()
                .int8(submission)
                .uuid(row.participant().value())
                .text(row.key()));
        return keyed;
    }

    @Override
    public FileWriter begin(Submission submission) {
        clear(submission.id());
        jdbc.sql("delete from staging.finding where submission_id = :id and category <> 'submission'")
                .param("id", submission.id())
                .update();
        return new Writer(submission);
    }

    private void clear(long submission) {
        Stream.concat(SAID.stream(), Stream.of("staging.refused_row", KEYED))
                .forEach(table -> jdbc.sql("delete from " + table + " where submission_id = :id")
                        .param("id", submission)
                        .update());
    }

    @Override
    public void addFinding(long submission, Finding finding) {
        findingRows.write(submission, List.of(finding));
    }

    @Override
    public List<StoredFinding> findFindings(long submission) {
        return findingRows.find(submission);
    }

    @Override
    public List<OpenFindings> countOpenFindings(StudyCode study) {
        return jdbc.sql("""
                        select s.site_code, f.code, sum(f.count) from staging.finding f
                        join submission.submission s using (submission_id)
                        where s.study_code = :study and f.status = 'open'
                        group by 1, 2 order by 1, 2
                        """)
                .param("study", study.value())
                .query((row, number) -> new OpenFindings(
                        row.getString(1), FindingCode.valueOf(row.getString(2).replace('-', '_')), row.getLong(3)))
                .list();
    }

    @Override
    public void resolve(StudyCode study, String site, Export export) {
        effects.resolve(study, site, export);
    }

    @Override
    public int markPending(StudyCode study, boolean everyone) {
        jdbc.sql("truncate staging.pending_participant").update();
        String whose = everyone
                ? "select participant_key from identity.participant where study_code = :study"
                : whoIsToldOf("s.study_code = :study and s.dirty and s.status <> 'received'");
        int pending = jdbc.sql("insert into staging.pending_participant " + whose)
                .param("study", study.value())
                .update();
        // What the coming queries join and sort by.
        Stream.concat(
                        Stream.of("staging.pending_participant (participant_key)"),
                        SAID.stream().map(table -> table + " (submission_id, participant_key)"))
                .forEach(table -> jdbc.sql("analyze " + table).update());
        return pending;
    }

    /** SQL: the participants of whom some submissions say something. */
    static String whoIsIn(String submissions) {
        return whoIsIn("participant_key", submissions);
    }

    /** SQL: the participants of whom some submissions say something, or no longer say what they did. */
    private static String whoIsToldOf(String submissions) {
        return whoIsIn(submissions) + " union select participant_key from " + KEYED
                + " f join submission.submission s using (submission_id) where " + submissions;
    }

    /** SQL: these columns of whatever some submissions say, without repetition. */
    static String whoIsIn(String columns, String submissions) {
        return SAID.stream()
                .map(table -> "select " + columns + " from " + table
                        + " f join submission.submission s using (submission_id) where " + submissions)
                .collect(Collectors.joining(" union "));
    }

    @Override
    public void replaceScoreFindings(List<ParticipantKey> participants, List<SourcedFinding> findings) {
        jdbc.sql("delete from staging.finding where category = 'score' and participant_key = any(:keys)")
                .param("keys", participants.stream().map(ParticipantKey::value).toArray(UUID[]::new))
                .update();
        findings.stream()
                .collect(Collectors.groupingBy(SourcedFinding::submission, TreeMap::new, Collectors.toList()))
                .forEach((submission, theirs) -> findingRows.write(
                        submission, theirs.stream().map(SourcedFinding::finding).toList()));
    }

    private final class Writer implements FileWriter {
        private final Submission submission;
        private final FindingTally tally = new FindingTally();
        private long received;
        private long rejected;

        Writer(Submission submission) {
            this.submission = submission;
        }

        @Override
        public void write(List<EncodedBlock> blocks) {
            List<Encoded> encoded = blocks.stream().map(Encoded.class::cast).toList();
            copy.copy(
                    FragmentPackets.TABLE,
                    FragmentPackets.COLUMNS,
                    encoded.stream().map(Encoded::fragments));
            copy.copy("staging.participant_fact", FACT_COLUMNS, encoded.stream().map(Encoded::facts));
            copy.copy(
                    HistoryPackets.TABLE,
                    HistoryPackets.COLUMNS,
                    encoded.stream().map(Encoded::history));
            copy.copy("staging.refused_row", REFUSED_COLUMNS, encoded.stream().map(Encoded::refused));
            copy.copy(KEYED, KEYED_COLUMNS, encoded.stream().map(Encoded::keyed));
            Map<String, UUID> met = new HashMap<>();
            for (Encoded block : encoded) {
                received += block.received();
                rejected += block.rejected();
                add(block.findings());
                block.participants().forEach((record, key) -> met.put(record, key.value()));
            }
            identify(met);
        }

        private void identify(Map<String, UUID> met) {
            if (!met.isEmpty()) {
                jdbc.sql("""
                                insert into identity.participant (participant_key, study_code, site_code, record_id)
                                select p.participant_key, :study, :site, p.record_id
                                from unnest(:keys::uuid[], :records::text[]) as p (participant_key, record_id)
                                order by p.participant_key
                                on conflict (participant_key) do nothing
                                """)
                        .param("study", submission.study().value())
                        .param("site", submission.site())
                        .param("keys", met.values().toArray(UUID[]::new))
                        .param("records", met.keySet().toArray(String[]::new))
                        .update();
            }
        }

        @Override
        public void add(List<Finding> findings) {
            findingRows.write(submission.id(), tally.admit(findings));
        }

        @Override
        public void refuse(List<Finding> findings, String readingSha256) {
            clear(submission.id());
            findingRows.write(submission.id(), findings);
            ledger.markRead(submission.id(), Status.REJECTED, readingSha256, Counts.NONE, 0);
        }

        @Override
        public void finish(String readingSha256) {
            RepeatedRows.Outcome repeated = resolveRepeats();
            add(repeated.findings());
            add(resolveContradictions());
            findingRows.write(submission.id(), tally.summary());
            long duplicate = repeated.duplicate();
            long refused = rejected + repeated.rejected();
            Counts counts = new Counts(received, received - refused - duplicate, refused, duplicate, 0);
            ledger.markRead(submission.id(), Status.STAGED, readingSha256, counts, participants());
            findingRows.carryFirstSeen(submission);
        }

        private int participants() {
            return jdbc.sql("select count(*) from (" + whoIsIn("submission_id = :id") + ") p")
                    .param("id", submission.id())
                    .query(Integer.class)
                    .single();
        }

        private RepeatedRows.Outcome resolveRepeats() {
            RepeatedRows rule = new RepeatedRows(submission.fileName());
            List<AssessmentFragment> standing = new ArrayList<>();
            fragments.forSuspects(
                    submission.id(),
                    (record, theirs) -> RepeatedRows.occasions(theirs)
                            .forEach(occasion -> rule.resolve(record, occasion).ifPresent(standing::add)));
            RepeatedHistory history = new RepeatedHistory(template, jdbc, copy, submission.id());
            history.find(rule);
            Map<Integer, Integer> saidOnLine = saidOnLines(rule.lines());
            fragments.replace(submission.id(), standing);
            history.remove();
            return rule.outcome(line -> saidOnLine.getOrDefault(line, 0));
        }

        private Map<Integer, Integer> saidOnLines(List<Integer> lines) {
            Map<Integer, Integer> counts = new LinkedHashMap<>();
            if (!lines.isEmpty()) {
                String history = HistoryTable.ALL.stream()
                        .map(table -> " union all select line from " + table.view() + " where submission_id = :id")
                        .collect(Collectors.joining());
                jdbc.sql("""
                                with said as (
                                    select first_line as line from staging.assessment_fragment
                                    where submission_id = :id and item_lines is null and not lines_rise
                                """
                                + history
                                + ") select line, count(*)::integer from said where line = any(:lines) group by line")
                        .param("id", submission.id())
                        .param("lines", lines.toArray(Integer[]::new))
                        .query((row, number) -> counts.put(row.getInt(1), row.getInt(2)))
                        .list();
            }
            return counts;
        }

        /** Facts of which the file says two different things: neither is used. */
        private List<Finding> resolveContradictions() {
            List<Finding> findings = new ArrayList<>();
            jdbc.sql("""
                            select i.record_id, f.fact, max(f.column_name), max(f.line), string_agg(f.said, ' and ' order by f.line)
                            from (select participant_key, fact, max(column_name) as column_name,
                                         coalesce(fact_text, fact_date::text) as said, min(first_line) as line
                                  from staging.participant_fact where submission_id = :id
                                  group by participant_key, fact, said) f
                            join identity.participant i using (participant_key)
                            group by f.participant_key, i.record_id, f.fact
                            having count(*) > 1
                            order by 4
                            """)
                    .param("id", submission.id())
                    .query((row, number) -> findings.add(Finding.of(
                            FindingCode.STG_027,
                            new Place(
                                    submission.fileName(),
                                    row.getInt(4),
                                    row.getString(3),
                                    row.getString(1),
                                    null,
                                    null,
                                    row.getString(2)),
                            "the same value in all rows of a participant",
                            row.getString(5))))
                    .list();
            if (!findings.isEmpty()) {
                jdbc.sql("""
                                delete from staging.participant_fact f
                                using (select participant_key, fact from staging.participant_fact where submission_id = :id
                                       group by participant_key, fact
                                       having count(distinct coalesce(fact_text, fact_date::text)) > 1) twice
                                where f.submission_id = :id
                                  and f.participant_key = twice.participant_key and f.fact = twice.fact
                                """).param("id", submission.id()).update();
            }
            return findings;
        }
    }
}
