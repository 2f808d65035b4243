package org.equipoise.staging.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.equipoise.definition.SiteMapping.Export;
import org.equipoise.definition.SiteMapping.Mode;
import org.equipoise.definition.SiteMapping.Shape;
import org.equipoise.staging.Finding;
import org.equipoise.submission.Submission;
import org.equipoise.submission.Submission.HoldReason;
import org.equipoise.submission.Submission.Status;
import org.equipoise.submission.SubmissionLedger;
import org.equipoise.vocabulary.FindingCode;
import org.equipoise.vocabulary.Place;
import org.equipoise.vocabulary.StudyCode;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Decides which submissions of an export count. It looks at all that were read, in the order of the moments
 * they were taken, so that the order of arrival makes no difference to the data.
 */
final class EffectRule {
    private final JdbcClient jdbc;
    private final SubmissionLedger ledger;
    private final FindingRows findings;
    private final StandingRows standing;
    private final Increments increments;

    EffectRule(
            JdbcClient jdbc,
            CopySession copy,
            StoredFragments fragments,
            SubmissionLedger ledger,
            FindingRows findings) {
        this.jdbc = jdbc;
        this.ledger = ledger;
        this.findings = findings;
        standing = new StandingRows(jdbc, copy, fragments);
        increments = new Increments(jdbc);
    }

    void resolve(StudyCode study, String site, Export export) {
        List<Submission> read = ledger.findRead(study, site, export.code());
        if (export.mode() == Mode.CUMULATIVE) {
            resolveCumulative(read, export.dropLimit(), export.shape() == Shape.ITEM);
        } else {
            resolveIncremental(read, export);
        }
    }

    private void resolveCumulative(List<Submission> read, double dropLimit, boolean rowsAreAnswers) {
        Submission inEffectBefore = read.stream()
                .filter(submission -> submission.status() == Status.EFFECTIVE)
                .findFirst()
                .orElse(null);
        Submission effective = null;
        Submission replaced = null;
        List<Submission> older = new ArrayList<>();
        for (Submission submission : read) {
            if (effective != null && !submission.confirmed() && drops(effective, submission, dropLimit)) {
                hold(submission, HoldReason.DROPS_PARTICIPANTS, FindingCode.SUB_007, share(dropLimit));
            } else {
                if (effective != null) {
                    older.add(effective);
                }
                replaced = effective;
                effective = submission;
            }
        }
        if (effective == null) {
            return;
        }
        for (Submission submission : older) {
            if (isLateComer(submission, inEffectBefore)) {
                hold(submission, HoldReason.OLDER, FindingCode.SUB_006, "an export taken after the one in effect");
            } else if (submission.holdReason() != HoldReason.OLDER) {
                decide(submission, Status.SUPERSEDED, null);
            }
        }
        decide(effective, Status.EFFECTIVE, replaced);
        StandingRows.Result result = standing.carry(effective, older, rowsAreAnswers);
        ledger.setCounts(
                effective.id(),
                effective.counts().withAccepted(effective.counts().usable()),
                result.rows());
        for (Submission submission : older) {
            ledger.setCounts(submission.id(), submission.counts().withAccepted(result.rowsOf(submission.id())), 0);
        }
    }

    /** Read now, though one taken later was in effect already. */
    private static boolean isLateComer(Submission submission, @Nullable Submission inEffectBefore) {
        return submission.status() == Status.STAGED
                && inEffectBefore != null
                && inEffectBefore.id() != submission.id()
                && !inEffectBefore.asOf().isBefore(submission.asOf());
    }

    private boolean drops(Submission earlier, Submission later, double limit) {
        return jdbc.sql("with earlier as (" + JdbcStagingStore.whoIsIn("submission_id = :earlier and not f.stale")
                        + "), later as (" + JdbcStagingStore.whoIsIn("submission_id = :later and not f.stale")
                        + """
                         union select participant_key from staging.refused_row where submission_id = :later)
                        select coalesce(avg((l.participant_key is null)::integer), 0)::double precision > :limit
                        from earlier e left join later l using (participant_key)
                        """)
                .param("earlier", earlier.id())
                .param("later", later.id())
                .param("limit", limit)
                .query(Boolean.class)
                .single();
    }

    private void hold(Submission submission, HoldReason reason, FindingCode code, String expected) {
        if (submission.status() == Status.HELD && submission.holdReason() == reason) {
            return;
        }
        ledger.decide(submission.id(), Status.HELD, reason, null);
        ledger.setCounts(submission.id(), submission.counts().withAccepted(0), 0);
        findings.removeWeighed(submission.id());
        findings.write(submission.id(), List.of(Finding.of(code, Place.file(submission.fileName()), expected, null)));
    }

    private void decide(Submission submission, Status status, @Nullable Submission replaced) {
        if (submission.status() != status) {
            ledger.decide(submission.id(), status, null, replaced == null ? null : replaced.id());
            findings.removeWeighed(submission.id());
            if (status == Status.SUPERSEDED) {
                findings.close(submission.id());
            } else {
                findings.reopen(submission.id());
            }
        }
    }

    private static String share(double limit) {
        return "an export that lacks at most " + Math.round(limit * 100) + " % of the participants";
    }

    private void resolveIncremental(List<Submission> read, Export export) {
        for (Submission submission : read) {
            decide(submission, Status.EFFECTIVE, null);
        }
        increments.replaceByKey(ids(read));
        for (Submission submission : read) {
            tellWhetherDoubtful(submission, ids(before(submission, read)), export);
        }
        if (read.size() < 2 || !overlap(read)) {
            return;
        }
        for (Submission submission : read) {
            long overridden = export.shape() == Shape.ITEM
                    ? overriddenAnswers(submission, read)
                    : overriddenRows(submission, read);
            ledger.setCounts(
                    submission.id(),
                    submission.counts().withAccepted(submission.counts().usable() - overridden),
                    0);
        }
    }

    /** What may be an earlier event or spell corrected counts beside it; that is told, and no longer once it is not so. */
    private void tellWhetherDoubtful(Submission submission, Long[] earlier, Export export) {
        boolean doubtful = !export.replacesByKey() && increments.mayRepeat(submission.id(), earlier);
        if (doubtful != increments.isToldDoubtful(submission.id())) {
            ledger.decide(submission.id(), Status.EFFECTIVE, null, null);
            findings.removeWeighed(submission.id());
            if (doubtful) {
                findings.write(
                        submission.id(),
                        List.of(Finding.of(
                                FindingCode.SUB_012,
                                Place.file(submission.fileName()),
                                "row_key in the mapping of the export " + export.code(),
                                null)));
            }
        }
    }

    private boolean overlap(List<Submission> read) {
        return jdbc.sql("select exists (select from ("
                        + JdbcStagingStore.whoIsIn("participant_key, submission_id", "submission_id = any(:ids)")
                        + " union select participant_key, submission_id from staging.keyed_row"
                        + " where submission_id = any(:ids)) p group by participant_key having count(*) > 1)")
                .param("ids", ids(read))
                .query(Boolean.class)
                .single();
    }

    private long overriddenAnswers(Submission submission, List<Submission> read) {
        return jdbc.sql("""
                        select count(distinct a.line)
                        from staging.answer_line a
                        join staging.answer_line later
                          on later.submission_id = any(:later) and later.participant_key = a.participant_key
                         and later.instrument_code = a.instrument_code and later.item = a.item
                         and later.visit_code is not distinct from a.visit_code
                         and (a.visit_code is not null or later.assessed_on is not distinct from a.assessed_on)
                        where a.submission_id = :id
                        """)
                .param("id", submission.id())
                .param("later", ids(after(submission, read)))
                .query(Long.class)
                .single();
    }

    private long overriddenRows(Submission submission, List<Submission> read) {
        String history = HistoryTable.ALL.stream()
                .map(table -> " union all select f.line, f.replaced or exists (select from " + table.view()
                        + " later where later.submission_id = any(:later) and " + table.sameThing("later", "f")
                        + ") from " + table.view() + " f where f.submission_id = :id")
                .collect(Collectors.joining());
        return jdbc.sql("""
                        with said as (
                            select f.first_line as line, exists (
                                select from staging.assessment_fragment later
                                where later.submission_id = any(:later) and later.participant_key = f.participant_key
                                  and later.instrument_code = f.instrument_code and later.form_code = f.form_code
                                  and later.visit_code is not distinct from f.visit_code
                                  and (f.visit_code is not null or later.assessed_on is not distinct from f.assessed_on)
                                ) as overridden
                            from staging.assessment_fragment f
                            where f.submission_id = :id
                        """
                        + history
                        + ") select count(*) from (select from said group by line having bool_and(overridden)) lines")
                .param("id", submission.id())
                .param("later", ids(after(submission, read)))
                .query(Long.class)
                .single();
    }

    private static List<Submission> before(Submission submission, List<Submission> read) {
        return read.subList(0, read.indexOf(submission));
    }

    private static List<Submission> after(Submission submission, List<Submission> read) {
        return read.subList(read.indexOf(submission) + 1, read.size());
    }

    private static Long[] ids(List<Submission> submissions) {
        return submissions.stream()
                .map(Submission::id)
                .map(Objects::requireNonNull)
                .toArray(Long[]::new);
    }
}
