package org.equipoise.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.equipoise.comparison.ComparisonStore.Result;
import org.equipoise.pipeline.Backup;
import org.equipoise.pipeline.Compared;
import org.equipoise.pipeline.Foreseen;
import org.equipoise.pipeline.Foreseen.Reading;
import org.equipoise.pipeline.NightSummary;
import org.equipoise.pipeline.Pinned;
import org.equipoise.pipeline.Releasing.Release;
import org.equipoise.pipeline.Rendering.Rendered;
import org.equipoise.pipeline.Withdrawing.Done;
import org.equipoise.pipeline.Withdrawing.Request;
import org.equipoise.submission.Submission;
import org.equipoise.vocabulary.Problem;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a command did or would do, as one JSON object, for the program that started it. */
final class NightJson {
    private NightJson() {}

    static String of(Rendered rendered) {
        return JsonMapper.shared()
                .createObjectNode()
                .put("run_id", rendered.runId())
                .put("report", rendered.page().toString())
                .toString();
    }

    static String of(Compared compared) {
        ObjectNode run = JsonMapper.shared().createObjectNode();
        run.put("dry_run", compared.dryRun());
        if (compared.dryRun()) {
            run.putNull("run_id");
        } else {
            run.put("run_id", compared.result().runId());
        }
        run.put("snapshot_id", compared.result().snapshotId());
        run.put("content_hash", compared.contentHash());
        run.put("redacted", compared.redacted());
        run.put("definition_hash", compared.result().definitionHash());
        run.put("program_version", compared.result().programVersion());
        run.put("frozen", compared.frozen().map(Pinned::name).orElse(null));
        run.put("current", compared.isCurrent());
        run.put("estimates", compared.result().estimates());
        run.put("against_run", compared.earlier().map(Result::runId).orElse(null));
        var results = run.putArray("results");
        compared.differences()
                .forEach(difference -> results.addObject()
                        .put("outcome", difference.outcome())
                        .put("at", difference.place())
                        .put("estimates", difference.estimates())
                        .put("appeared", difference.appeared())
                        .put("changed", difference.changed())
                        .put("vanished", difference.vanished()));
        return run.toString();
    }

    static String of(Backup backup) {
        ObjectNode told = JsonMapper.shared().createObjectNode();
        told.put("file", backup.file().toString());
        told.put("made_at", backup.madeAt().toString());
        told.put("program_version", backup.programVersion());
        told.put("secret", backup.hasSecret());
        told.put("rows", backup.rows());
        told.put("originals", backup.originals());
        told.put("bytes", backup.bytes());
        told.put("sha256", backup.sha256());
        var snapshots = told.putArray("snapshots");
        backup.snapshots()
                .forEach(latest -> snapshots
                        .addObject()
                        .put("study", latest.study())
                        .put("snapshot_id", latest.snapshotId())
                        .put("participants", latest.participants())
                        .put("content_hash", latest.contentHash()));
        return told.toString();
    }

    static String of(Pinned pinned) {
        return JsonMapper.shared()
                .createObjectNode()
                .put("name", pinned.name())
                .put("snapshot_id", pinned.snapshotId())
                .put("definition_hash", pinned.definitionHash())
                .put("program_version", pinned.programVersion())
                .put("run_id", pinned.runId())
                .toString();
    }

    static String of(Request request, Done done, boolean dryRun) {
        ObjectNode told = JsonMapper.shared().createObjectNode();
        told.put("dry_run", dryRun);
        told.put("site", request.site());
        told.put("kind", WithdrawnText.name(request.kind()));
        told.put("before", done.before());
        told.put("files", done.files());
        told.put("rows", done.rows());
        told.put("removed", done.removed());
        var snapshots = told.putArray("snapshots");
        done.snapshots().forEach(snapshots::add);
        var frozen = told.putArray("frozen");
        done.frozen().forEach(frozen::add);
        var releases = told.putArray("releases");
        done.releases().forEach(releases::add);
        var backups = told.putArray("backups");
        done.backups().forEach(backup -> backups.add(backup.toString()));
        return told.toString();
    }

    static String of(Release release) {
        return JsonMapper.shared()
                .createObjectNode()
                .put("release_id", release.id())
                .put("snapshot_id", release.snapshot())
                .put("kind", release.kind().name().toLowerCase(Locale.ROOT))
                .put("sha256", release.sha256())
                .put("folder", release.folder().toString())
                .put("withheld", release.withheld())
                .toString();
    }

    static String of(Foreseen foreseen) {
        ObjectNode run = JsonMapper.shared().createObjectNode();
        run.put("dry_run", true);
        var submissions = run.putArray("submissions");
        for (Reading reading : foreseen.readings()) {
            Submission before = reading.before();
            submissions
                    .addObject()
                    .put("submission_id", before == null ? null : before.id())
                    .put("site", reading.after().site())
                    .put("file", reading.after().fileName())
                    .put("status", before == null ? null : before.status().label())
                    .put("status_then", reading.after().status().label())
                    .put("accepted", before == null ? 0 : before.counts().accepted())
                    .put("accepted_then", reading.after().counts().accepted());
        }
        addProblems(run, foreseen.problems());
        run.put("participants", foreseen.participants());
        run.put("added", foreseen.added());
        run.put("changed", foreseen.changed());
        run.put("removed", foreseen.removed());
        var outcomes = run.putArray("outcomes");
        foreseen.outcomes()
                .forEach(change -> outcomes.addObject()
                        .put("site", change.site())
                        .put("outcome", change.outcome())
                        .put("appeared", change.appeared())
                        .put("changed", change.changed())
                        .put("vanished", change.vanished()));
        return run.toString();
    }

    static String of(NightSummary summary) {
        ObjectNode night = JsonMapper.shared().createObjectNode();
        night.put("run_id", summary.runId());
        night.put("snapshot_id", summary.snapshotId());
        night.put("content_hash", summary.contentHash());
        night.put("changed", summary.changed());
        var submissions = night.putArray("submissions");
        for (Submission submission : summary.submissions()) {
            submissions
                    .addObject()
                    .put("submission_id", submission.id())
                    .put("site", submission.site())
                    .put("file", submission.fileName())
                    .put("status", submission.status().label())
                    .put("received", submission.counts().received())
                    .put("accepted", submission.counts().accepted())
                    .put("rejected", submission.counts().rejected())
                    .put("duplicate", submission.counts().duplicate())
                    .put("superseded", submission.counts().superseded());
        }
        addProblems(night, summary.problems());
        night.put("report", summary.report().map(Path::toString).orElse(null));
        return night.toString();
    }

    private static void addProblems(ObjectNode to, List<Problem> problems) {
        var array = to.putArray("problems");
        problems.forEach(problem -> array.addObject()
                .put("code", problem.code())
                .put("place", problem.place().toString())
                .put("message", problem.message())
                .put("remedy", problem.remedy()));
    }
}
