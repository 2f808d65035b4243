package org.equipoise.pipeline.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.equipoise.definition.Study;
import org.equipoise.pipeline.Installation;
import org.equipoise.pipeline.Morning;
import org.equipoise.pipeline.MorningFiles;
import org.equipoise.pipeline.MorningState;
import org.equipoise.pipeline.MorningState.Estimated;
import org.equipoise.pipeline.Mornings;
import org.equipoise.pipeline.NightSummary;
import org.equipoise.pipeline.ServeSettings;
import org.equipoise.report.Headline;
import org.equipoise.submission.Submission;
import org.equipoise.submission.Submission.Status;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/**
 * Compares a night's end with how things stood before its day, which {@code batch.morning} keeps. Several nights of one
 * day are compared with the same standing, so that the day's last summary leaves nothing out.
 */
@Repository
class JdbcMornings implements Mornings {
    private record Kept(LocalDate toldOn, MorningState before, MorningState latest) {
        MorningState baseOf(LocalDate day) {
            return day.equals(toldOn) ? before : latest;
        }
    }

    private final JdbcClient jdbc;
    private final Installation installation;
    private final ServeSettings settings;
    private final Clock clock;
    private final Study study;

    JdbcMornings(JdbcClient jdbc, Installation installation, ServeSettings settings, Clock clock) {
        this.jdbc = jdbc;
        this.installation = installation;
        this.settings = settings;
        this.clock = clock;
        study = installation.bundle().study();
    }

    @Override
    public Morning tell(NightSummary night) {
        LocalDate today = LocalDate.now(clock.withZone(settings.zone()));
        MorningState before = findKept().map(kept -> kept.baseOf(today)).orElse(MorningState.NOTHING);
        List<Headline.Effect> effects = night.headline().map(Headline::effects).orElse(List.of());
        MorningState now = new MorningState(
                night.participants(), submissions(night.submissions()), findings(), estimates(effects));
        Morning morning = new Morning(
                today,
                night.runId(),
                before.participants(),
                now.participants(),
                night.submissions().stream()
                        .filter(submission -> hasMoved(submission, before))
                        .toList(),
                MorningDifference.findings(before, now),
                MorningDifference.moved(before, now, effects),
                night.problems(),
                night.failed(),
                (int) night.submissions().stream()
                        .filter(submission -> submission.status() == Status.HELD)
                        .count(),
                night.report());
        try {
            new MorningFiles(installation.home()).write(morning, study);
        } catch (IOException e) {
            throw new UncheckedIOException("The morning summary cannot be written", e);
        }
        keep(new Kept(today, before, now));
        return morning;
    }

    /** A submission that gave way to another says nothing that the other does not. */
    private static boolean hasMoved(Submission submission, MorningState before) {
        String was = before.submissions().get(submission.id());
        return !submission.status().label().equals(was) && (was == null || submission.status() != Status.SUPERSEDED);
    }

    private static Map<Long, String> submissions(List<Submission> submissions) {
        return submissions.stream()
                .collect(Collectors.toMap(
                        Submission::id, submission -> submission.status().label(), (one, two) -> two, TreeMap::new));
    }

    private static Map<String, Estimated> estimates(List<Headline.Effect> effects) {
        Map<String, Estimated> estimates = new TreeMap<>();
        effects.forEach(effect -> estimates.put(
                MorningDifference.key(effect), new Estimated(effect.value(), effect.low(), effect.high())));
        return estimates;
    }

    /**
     * Findings of what stands: submissions in effect, and those refused or held as long as no later delivery of the
     * same export, or of the same name where it is none, has come in.
     */
    private Map<String, Map<String, Map<String, Integer>>> findings() {
        Map<String, Map<String, Map<String, Integer>>> findings = new TreeMap<>();
        Mac mac = mac();
        jdbc.sql("""
                        select s.site_code, f.code, f.count,
                               concat_ws(chr(31), s.export_code, case when s.export_code = '' then s.file_name end,
                                         f.record_ref, f.event, f.form, f.field, f."column") as place
                        from staging.finding f join submission.submission s using (submission_id)
                        where s.study_code = :study and f.status = 'open' and f.severity <> 'info'
                          and (s.status = 'effective'
                               or (s.status in ('held', 'rejected') and not exists (
                                     select from submission.submission later
                                     where later.study_code = s.study_code and later.site_code = s.site_code
                                       and later.submission_id > s.submission_id
                                       and (later.file_name = s.file_name
                                            or (later.export_code = s.export_code and s.export_code <> '')))))
                        """).param("study", study.code().value()).query(row -> {
            findings.computeIfAbsent(row.getString("site_code"), site -> new TreeMap<>())
                    .computeIfAbsent(row.getString("code"), code -> new TreeMap<>())
                    .merge(hash(mac, row.getString("place")), row.getInt("count"), Integer::sum);
        });
        return findings;
    }

    private Mac mac() {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(installation.secret(), "HmacSHA256"));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no HmacSHA256", e);
        }
    }

    /** Eight bytes tell the findings of a site apart: among a million, two agree with a chance of 3e-8. */
    private static String hash(Mac mac, String place) {
        return HexFormat.of().formatHex(Arrays.copyOf(mac.doFinal(place.getBytes(StandardCharsets.UTF_8)), 8));
    }

    private Optional<Kept> findKept() {
        return jdbc.sql("select told_on, before::text, latest::text from batch.morning where study_code = :study")
                .param("study", study.code().value())
                .query((row, number) -> new Kept(
                        Objects.requireNonNull(row.getObject("told_on", LocalDate.class)),
                        state(row.getString("before")),
                        state(row.getString("latest"))))
                .optional();
    }

    private static MorningState state(String json) {
        return JsonMapper.shared().readValue(json, MorningState.class);
    }

    private void keep(Kept kept) {
        jdbc.sql("""
                        insert into batch.morning (study_code, told_on, before, latest)
                        values (:study, :day, :before::jsonb, :latest::jsonb)
                        on conflict (study_code) do update
                        set told_on = excluded.told_on, before = excluded.before, latest = excluded.latest
                        """)
                .param("study", study.code().value())
                .param("day", kept.toldOn())
                .param("before", JsonMapper.shared().writeValueAsString(kept.before()))
                .param("latest", JsonMapper.shared().writeValueAsString(kept.latest()))
                .update();
    }
}
