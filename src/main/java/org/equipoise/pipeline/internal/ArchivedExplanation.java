package org.equipoise.pipeline.internal;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.equipoise.database.BinaryRows;
import org.equipoise.definition.OutcomeSource.OfCare;
import org.equipoise.definition.OutcomeSource.OfCosts;
import org.equipoise.definition.SiteMapping;
import org.equipoise.definition.SiteMapping.Export;
import org.equipoise.definition.SiteMapping.Form;
import org.equipoise.definition.SiteMapping.ItemRow;
import org.equipoise.definition.SiteMapping.TotalColumn;
import org.equipoise.definition.Study;
import org.equipoise.definition.Study.Outcome;
import org.equipoise.pipeline.Explanation;
import org.equipoise.pipeline.Installation;
import org.equipoise.pipeline.RunRefused;
import org.equipoise.staging.AssessmentFragment;
import org.equipoise.staging.ExportReader;
import org.equipoise.staging.FileRefused;
import org.equipoise.staging.FragmentRows;
import org.equipoise.staging.RowBlock;
import org.equipoise.submission.Archive;
import org.equipoise.submission.Submission;
import org.equipoise.submission.SubmissionLedger;
import org.equipoise.vocabulary.MissingReason;
import org.equipoise.vocabulary.SiteCode;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds an assessment in the warehouse, what was staged of it, and its rows in the archived original. */
@Component
class ArchivedExplanation implements Explanation {
    private final JdbcClient jdbc;
    private final DataSource database;
    private final Installation installation;
    private final SubmissionLedger ledger;
    private final Archive archive;

    ArchivedExplanation(
            JdbcClient jdbc, DataSource database, Installation installation, SubmissionLedger ledger, Archive archive) {
        this.jdbc = jdbc;
        this.database = database;
        this.installation = installation;
        this.ledger = ledger;
        this.archive = archive;
    }

    /** A file with what it is read by, and some of its rows by line. */
    private record Original(Submission submission, Export export, List<String> header, Map<Integer, String[]> cells) {
        @Nullable
        String cell(int line, String column) {
            String[] row = cells.get(line);
            int position = header.indexOf(column);
            return row == null || position < 0 || position >= row.length ? null : row[position];
        }
    }

    @Override
    public Optional<Origin> ofAssessment(long assessment) {
        return jdbc.sql("""
                        select a.*, i.version, s.snapshot_id || ' (content ' || s.content_hash || ', definitions '
                               || s.definition_hash || ', program ' || s.program_version || ')' as snapshot
                        from warehouse.assessment a
                        join warehouse.current_snapshot c using (study_code)
                        join warehouse.snapshot s on s.snapshot_id = c.snapshot_id
                        left join warehouse.instrument i
                          on i.study_code = a.study_code and i.instrument_code = a.instrument_code
                        where a.assessment_id = :id
                        """)
                .param("id", assessment)
                .query((row, number) -> new Origin(
                        assessment,
                        row.getString("participant_key"),
                        row.getString("site_code"),
                        row.getString("instrument_code"),
                        Objects.requireNonNullElse(row.getString("version"), ""),
                        row.getObject("assessed_on", LocalDate.class),
                        row.getString("interval_code"),
                        row.getObject("day", Integer.class),
                        row.getBoolean("stale"),
                        row.getString("snapshot"),
                        scores(assessment),
                        uses(assessment),
                        parts(assessment)))
                .optional();
    }

    @Override
    public Optional<Course> ofPeriod(String outcome, String period, UUID participant) {
        Study study = installation.bundle().study();
        return study.outcomes().stream()
                .filter(asked -> asked.code().value().equals(outcome))
                .findFirst()
                .flatMap(asked -> jdbc.sql("""
                                select v.site_code, (a.time_zero + make_interval(months => p.from_month))::date as from_day,
                                       (a.time_zero + make_interval(months => p.to_month))::date - 1 as to_day,
                                       v.value, v.exposure_days, v.reason
                                from warehouse.outcome_value v
                                join warehouse.allocation a using (participant_key)
                                join warehouse.period p on p.study_code = v.study_code and p.period_code = v.period_code
                                where v.study_code = :study and v.outcome_code = :outcome and v.period_code = :period
                                  and v.participant_key = :participant and a.time_zero is not null
                                """)
                        .param("study", study.code().value())
                        .param("outcome", outcome)
                        .param("period", period)
                        .param("participant", participant)
                        .query((row, number) -> course(row, happenings(study, asked, participant)))
                        .optional());
    }

    private static Course course(ResultSet row, List<Happening> all) throws SQLException {
        LocalDate from = row.getObject("from_day", LocalDate.class);
        LocalDate to = row.getObject("to_day", LocalDate.class);
        return new Course(
                row.getString("site_code"),
                from,
                to,
                row.getObject("value", Double.class),
                row.getObject("exposure_days", Double.class),
                row.getString("reason"),
                all.stream()
                        .filter(happening -> !happening.from().isAfter(to)
                                && Optional.ofNullable(happening.to())
                                        .filter(last -> last.isBefore(from))
                                        .isEmpty())
                        .toList());
    }

    /** A row of the warehouse about what happened. */
    private record Told(
            String what,
            String kind,
            @Nullable String detail,
            LocalDate from,
            @Nullable LocalDate to,
            @Nullable Integer amount,
            @Nullable String placement,
            long submission,
            int line,
            boolean stale) {}

    private List<Happening> happenings(Study study, Outcome outcome, UUID participant) {
        List<Told> told = jdbc.sql("""
                        select 'event', kind, detail, from_on, to_on, times, placement, submission_id, line, stale
                        from warehouse.event where participant_key = :participant and kind = any(:kinds)
                        union all
                        select 'spell', kind, detail, from_on, to_on, days, placement, submission_id, line, stale
                        from warehouse.spell where participant_key = :participant and kind = any(:kinds)
                        union all
                        select 'looked for', kind, source, from_on, to_on, null, null, submission_id, line, stale
                        from warehouse.observation_time where participant_key = :participant and kind = any(:kinds)
                        union all
                        select 'care', modality, null, from_on, to_on, sessions, null, submission_id, line, stale
                        from warehouse.care_episode where participant_key = :participant and :care and modality is not null
                        order by 4, 1, 2, 8, 9
                        """)
                .param("participant", participant)
                .param("kinds", study.kindsOf(outcome).toArray(String[]::new))
                .param("care", outcome.source() instanceof OfCare || outcome.source() instanceof OfCosts)
                .query((row, number) -> new Told(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getObject(4, LocalDate.class),
                        row.getObject(5, LocalDate.class),
                        row.getObject(6, Integer.class),
                        row.getString(7),
                        row.getLong(8),
                        row.getInt(9),
                        row.getBoolean(10)))
                .list();
        Map<Long, Set<Integer>> lines = new HashMap<>();
        told.forEach(row -> lines.computeIfAbsent(row.submission(), submission -> new HashSet<>())
                .add(row.line()));
        Map<Long, Original> originals = new HashMap<>();
        lines.forEach((submission, wanted) -> originals.put(submission, read(ledger.get(submission), wanted)));
        return told.stream()
                .map(row -> happening(row, Objects.requireNonNull(originals.get(row.submission()))))
                .toList();
    }

    private static Happening happening(Told row, Original original) {
        Set<String> answers = original.export().forms().stream()
                .flatMap(form -> Stream.concat(
                        form.items().values().stream(), form.totals().stream().map(TotalColumn::column)))
                .collect(Collectors.toSet());
        Map<String, String> cells = new LinkedHashMap<>();
        for (String column : original.header()) {
            String cell = original.cell(row.line(), column);
            if (cell != null && !cell.isBlank() && !answers.contains(column)) {
                cells.put(column, cell);
            }
        }
        return new Happening(
                row.what(),
                row.kind(),
                row.detail(),
                row.from(),
                row.to(),
                row.amount(),
                row.placement(),
                row.stale(),
                file(original.submission()),
                row.line(),
                cells);
    }

    private List<Score> scores(long assessment) {
        return jdbc.sql("""
                        select scale_code, value, reason, source from warehouse.score
                        where assessment_id = :id order by scale_code
                        """)
                .param("id", assessment)
                .query((row, number) ->
                        new Score(row.getString(1), row.getObject(2, Double.class), row.getString(3), row.getString(4)))
                .list();
    }

    private List<Use> uses(long assessment) {
        return jdbc.sql("""
                        select outcome_code, interval_code, value, crosswalk from warehouse.outcome_value
                        where assessment_id = :id order by 1, 2
                        """)
                .param("id", assessment)
                .query((row, number) ->
                        new Use(row.getString(1), row.getString(2), row.getObject(3, Double.class), row.getString(4)))
                .list();
    }

    private List<Part> parts(long assessment) {
        List<FragmentRows.Stored> fragments = fragments(assessment);
        Map<Long, Set<Integer>> lines = new HashMap<>();
        fragments.forEach(stored -> lines(stored.fragment())
                .forEach(line -> lines.computeIfAbsent(stored.source(), submission -> new HashSet<>())
                        .add(line)));
        Map<Long, Original> originals = new HashMap<>();
        lines.forEach((submission, wanted) -> originals.put(submission, read(ledger.get(submission), wanted)));
        return fragments.stream()
                .map(stored -> part(stored.fragment(), Objects.requireNonNull(originals.get(stored.source()))))
                .toList();
    }

    /** What counts now of the assessment. */
    private List<FragmentRows.Stored> fragments(long assessment) {
        String query = "select f." + String.join(", f.", FragmentRows.COLUMNS) + """
                 from staging.assessment_fragment f
                join submission.submission s on s.submission_id = f.submission_id and s.status = 'effective'
                join warehouse.assessment a on a.participant_key = f.participant_key
                 and a.assessed_on is not distinct from f.assessed_on
                 and a.nominal_code is not distinct from f.visit_code
                left join warehouse.instrument i
                  on i.study_code = a.study_code and i.instrument_code = a.instrument_code
                where (f.instrument_code = a.instrument_code or f.instrument_code = any (i.embedded_in))
                  and a.assessment_id =""" + " " + assessment
                + " order by f.source_submission_id, f.first_line";
        List<FragmentRows.Stored> fragments = new ArrayList<>();
        try (Connection connection = database.getConnection();
                BinaryRows rows = BinaryRows.open(connection, query)) {
            while (rows.next()) {
                fragments.add(FragmentRows.read(rows));
            }
        } catch (SQLException e) {
            throw new DataAccessResourceFailureException("The staged facts cannot be read", e);
        }
        return fragments;
    }

    private static Stream<Integer> lines(AssessmentFragment fragment) {
        return Stream.concat(
                IntStream.range(0, fragment.values().length)
                        .map(fragment::line)
                        .filter(line -> line > 0)
                        .boxed(),
                fragment.totals().stream().map(AssessmentFragment.Total::line));
    }

    private Original read(Submission submission, Set<Integer> lines) {
        Export export = Optional.ofNullable(installation.bundle().mappings().get(new SiteCode(submission.site())))
                .flatMap(mapping -> mapping.findVersion(submission.export(), submission.mappingVersion()))
                .orElseThrow(() -> new RunRefused(
                        1,
                        "The mapping that " + submission.fileName() + " was read with is no longer among the"
                                + " definitions of site " + submission.site() + ". Put it back, then ask again."));
        Map<Integer, String[]> cells = new HashMap<>();
        try (ExportReader reader =
                ExportReader.open(submission.fileName(), export.text(), () -> archive.open(submission))) {
            for (Optional<RowBlock> block = reader.read();
                    block.isPresent() && cells.size() < lines.size();
                    block = reader.read()) {
                block.get().rows().stream()
                        .filter(row -> lines.contains(row.line()))
                        .forEach(row -> cells.put(row.line(), row.cells()));
            }
            return new Original(submission, export, reader.header(), cells);
        } catch (IOException | FileRefused e) {
            throw new RunRefused(
                    1,
                    "The original of " + submission.fileName() + " (submission " + submission.id()
                            + ") cannot be read in the archive. Restore the home's archive folder from its backup.");
        }
    }

    private Part part(AssessmentFragment fragment, Original original) {
        Export export = original.export();
        Function<Function<Form, Optional<String>>, String> column = ofForm -> SiteMapping.columnOf(
                export.itemRow()
                        .map(ItemRow::valueColumn)
                        .orElseGet(() -> export.forms().stream()
                                .filter(form -> form.code().equals(fragment.form()))
                                .findFirst()
                                .flatMap(ofForm)
                                .orElse("")),
                fragment.event());
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < fragment.values().length; i++) {
            int item = i + 1;
            MissingReason reason = MissingReason.of(fragment.reasons()[i]);
            answers.add(answer(
                    "item " + item,
                    reason == MissingReason.NONE ? Double.valueOf(fragment.values()[i]) : null,
                    reason,
                    fragment.line(i),
                    column.apply(form -> Optional.ofNullable(form.items().get(item))),
                    original));
        }
        for (AssessmentFragment.Total total : fragment.totals()) {
            answers.add(answer(
                    "site's " + total.scale().value(),
                    total.value(),
                    MissingReason.NONE,
                    total.line(),
                    column.apply(form -> form.totals().stream()
                            .filter(ofScale -> ofScale.scale().equals(total.scale()))
                            .findFirst()
                            .map(TotalColumn::column)),
                    original));
        }
        return new Part(
                file(original.submission()), fragment.instrument().value(), fragment.form(), fragment.event(), answers);
    }

    private static File file(Submission submission) {
        return new File(
                submission.id(),
                submission.fileName(),
                submission.sha256(),
                submission.asOf(),
                submission.receivedAt(),
                submission.export(),
                submission.mappingVersion());
    }

    private static Answer answer(
            String what, @Nullable Double value, MissingReason reason, int line, String column, Original original) {
        return new Answer(
                what,
                value,
                reason == MissingReason.NONE ? null : reason.label(),
                line,
                column,
                original.cell(line, column));
    }
}
