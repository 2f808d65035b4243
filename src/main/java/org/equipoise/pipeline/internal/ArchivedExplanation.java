package org.equipoise.pipeline.internal;

import java.io.IOException;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.equipoise.definition.SiteMapping;
import org.equipoise.definition.SiteMapping.Export;
import org.equipoise.definition.SiteMapping.Form;
import org.equipoise.definition.SiteMapping.Shape;
import org.equipoise.pipeline.Explanation;
import org.equipoise.pipeline.Installation;
import org.equipoise.pipeline.RunRefused;
import org.equipoise.staging.ExportReader;
import org.equipoise.staging.FileRefused;
import org.equipoise.staging.RowBlock;
import org.equipoise.submission.Archive;
import org.equipoise.submission.Submission;
import org.equipoise.submission.SubmissionLedger;
import org.equipoise.vocabulary.MissingReason;
import org.equipoise.vocabulary.SiteCode;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds an assessment in the warehouse, what was staged of it, and its rows in the archived original. */
@Component
class ArchivedExplanation implements Explanation {
    private final JdbcClient jdbc;
    private final Installation installation;
    private final SubmissionLedger ledger;
    private final Archive archive;

    ArchivedExplanation(JdbcClient jdbc, Installation installation, SubmissionLedger ledger, Archive archive) {
        this.jdbc = jdbc;
        this.installation = installation;
        this.ledger = ledger;
        this.archive = archive;
    }

    /** What was staged of an assessment, as one file says it; lines of {@code items} may be null: all in the first. */
    private record Fragment(
            long submission,
            String instrument,
            String form,
            @Nullable String event,
            int firstLine,
            @Nullable Integer[] items,
            byte[] reasons,
            Integer @Nullable [] itemLines,
            String[] scales,
            @Nullable Double[] totals,
            Integer[] totalLines) {
        int line(int item) {
            return itemLines == null ? firstLine : itemLines[item];
        }

        Stream<Integer> lines() {
            return Stream.concat(IntStream.range(0, items.length).mapToObj(this::line), Stream.of(totalLines));
        }
    }

    /** Rows of an original by line, with their header. */
    private record Rows(List<String> header, Map<Integer, String[]> cells) {
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
        List<Fragment> fragments = jdbc.sql("""
                        select f.* from staging.assessment_fragment f
                        join submission.submission s on s.submission_id = f.submission_id and s.status = 'effective'
                        join warehouse.assessment a on a.participant_key = f.participant_key
                         and a.assessed_on is not distinct from f.assessed_on
                         and a.nominal_code is not distinct from f.visit_code
                        left join warehouse.instrument i
                          on i.study_code = a.study_code and i.instrument_code = a.instrument_code
                        where a.assessment_id = :id
                          and (f.instrument_code = a.instrument_code or f.instrument_code = any (i.embedded_in))
                        order by f.source_submission_id, f.first_line
                        """)
                .param("id", assessment)
                .query((row, number) -> fragment(row))
                .list();
        Map<Long, Set<Integer>> lines = new HashMap<>();
        fragments.forEach(fragment -> lines.merge(
                fragment.submission(), fragment.lines().collect(Collectors.toSet()), ArchivedExplanation::union));
        Map<Long, Rows> rows = new HashMap<>();
        lines.forEach((submission, wanted) -> rows.put(submission, read(ledger.get(submission), wanted)));
        return fragments.stream()
                .map(fragment -> part(fragment, Objects.requireNonNull(rows.get(fragment.submission()))))
                .toList();
    }

    private static Set<Integer> union(Set<Integer> some, Set<Integer> others) {
        return Stream.concat(some.stream(), others.stream()).collect(Collectors.toSet());
    }

    private static Fragment fragment(ResultSet row) throws SQLException {
        return new Fragment(
                row.getLong("source_submission_id"),
                row.getString("instrument_code"),
                row.getString("form_code"),
                row.getString("event_name"),
                row.getInt("first_line"),
                array(row.getArray("item_values"), Integer[].class),
                row.getBytes("item_reasons"),
                row.getArray("item_lines") == null ? null : array(row.getArray("item_lines"), Integer[].class),
                array(row.getArray("total_scales"), String[].class),
                array(row.getArray("total_values"), Double[].class),
                array(row.getArray("total_lines"), Integer[].class));
    }

    /** A smallint array comes as Short[] or Integer[], as the driver likes. */
    private static <T> T[] array(Array array, Class<T[]> type) throws SQLException {
        Object[] values = (Object[]) array.getArray();
        if (type == (Object) Integer[].class) {
            return type.cast(Stream.of(values)
                    .map(value -> value == null ? null : ((Number) value).intValue())
                    .toArray(Integer[]::new));
        }
        return type.cast(values);
    }

    private Optional<Export> export(Submission submission) {
        return Optional.ofNullable(installation.bundle().mappings().get(new SiteCode(submission.site())))
                .flatMap(mapping -> mapping.findVersion(submission.export(), submission.mappingVersion()));
    }

    private Rows read(Submission submission, Set<Integer> lines) {
        Export export = export(submission)
                .orElseThrow(() -> new RunRefused(
                        1,
                        "The mapping that " + submission.fileName() + " was read with is no longer among the"
                                + " definitions of site " + submission.site() + ". Put it back, then ask again."));
        Map<Integer, String[]> cells = new HashMap<>();
        try (ExportReader reader =
                ExportReader.open(submission.fileName(), export.text(), () -> archive.open(submission.sha256()))) {
            for (Optional<RowBlock> block = reader.read();
                    block.isPresent() && cells.size() < lines.size();
                    block = reader.read()) {
                block.get().rows().stream()
                        .filter(row -> lines.contains(row.line()))
                        .forEach(row -> cells.put(row.line(), row.cells()));
            }
            return new Rows(reader.header(), cells);
        } catch (IOException | FileRefused e) {
            throw new RunRefused(
                    1,
                    "The original of " + submission.fileName() + " (submission " + submission.id()
                            + ") cannot be read in the archive. Restore the home's archive folder from its backup.");
        }
    }

    private Part part(Fragment fragment, Rows rows) {
        Submission submission = ledger.get(fragment.submission());
        Export export = export(submission).orElseThrow();
        Optional<Form> form = export.forms().stream()
                .filter(candidate -> candidate.code().equals(fragment.form()))
                .findFirst();
        String event = fragment.event();
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < fragment.items().length; i++) {
            int number = i + 1;
            String column = export.shape() == Shape.ITEM
                    ? export.itemRow().orElseThrow().valueColumn()
                    : form.map(wide -> wide.items().get(number)).orElse("");
            Integer value = fragment.items()[i];
            answers.add(answer(
                    "item " + number,
                    value == null ? null : Double.valueOf(value),
                    fragment.reasons().length == 0 ? MissingReason.NONE : MissingReason.of(fragment.reasons()[i]),
                    fragment.line(i),
                    SiteMapping.columnOf(column, event),
                    rows));
        }
        for (int i = 0; i < fragment.scales().length; i++) {
            String scale = fragment.scales()[i];
            String column = export.shape() == Shape.ITEM
                    ? export.itemRow().orElseThrow().valueColumn()
                    : form.stream()
                            .flatMap(wide -> wide.totals().stream())
                            .filter(total -> total.scale().value().equals(scale))
                            .findFirst()
                            .map(SiteMapping.TotalColumn::column)
                            .orElse("");
            answers.add(answer(
                    "site's " + scale,
                    fragment.totals()[i],
                    MissingReason.NONE,
                    fragment.totalLines()[i],
                    SiteMapping.columnOf(column, event),
                    rows));
        }
        File file = new File(
                submission.id(),
                submission.fileName(),
                submission.sha256(),
                submission.asOf(),
                submission.receivedAt(),
                submission.export(),
                submission.mappingVersion());
        return new Part(file, fragment.instrument(), fragment.form(), event, answers);
    }

    private static Answer answer(
            String what, @Nullable Double value, MissingReason reason, int line, String column, Rows rows) {
        return new Answer(
                what,
                value,
                reason == MissingReason.NONE ? null : reason.label(),
                line,
                column,
                rows.cell(line, column));
    }
}
