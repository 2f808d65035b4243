package org.equipoise.pipeline.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.equipoise.definition.LoadedSite;
import org.equipoise.definition.LoadedSite.Standing;
import org.equipoise.definition.SiteMapping;
import org.equipoise.pipeline.Installation;
import org.equipoise.pipeline.internal.Arrivals.Arrival;
import org.equipoise.staging.Finding;
import org.equipoise.staging.StagingStore;
import org.equipoise.submission.Archive;
import org.equipoise.submission.Notice;
import org.equipoise.submission.Reception;
import org.equipoise.submission.SubmissionLedger;
import org.equipoise.vocabulary.FindingCode;
import org.equipoise.vocabulary.Place;
import org.equipoise.vocabulary.Problem;
import org.equipoise.vocabulary.StudyCode;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/** Receives what lies in the inboxes, one entry a transaction, and sets aside what must be read again. */
final class Inboxes implements Tasklet {
    private final Installation installation;
    private final Agenda agenda;
    private final StagingStore staging;
    private final Reception reception;
    private final NightState state;
    private final Workers workers;
    private final StudyCode study;
    private final Arrivals arrivals;
    private boolean looked;

    Inboxes(
            Installation installation,
            Agenda agenda,
            SubmissionLedger ledger,
            StagingStore staging,
            Archive archive,
            NightState state,
            Workers workers,
            Clock clock) {
        this.installation = installation;
        this.agenda = agenda;
        this.staging = staging;
        this.state = state;
        this.workers = workers;
        arrivals = new Arrivals(clock, pause -> Thread.sleep(pause.toMillis()));
        reception = new Reception(ledger, archive, clock);
        study = installation.bundle().study().code();
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext context)
            throws IOException, JobInterruptedException {
        state.endIfStopping();
        return RepeatStatus.continueIf(receiveNext());
    }

    /**
     * Receives one entry; before the first, sets aside what must be read again.
     *
     * @return whether there is more
     */
    boolean receiveNext() throws IOException, JobInterruptedException {
        if (!looked) {
            looked = true;
            agenda.readAgainWhereDefinitionsChanged();
            look();
        }
        Optional<Arrival> next = nextArrival();
        arrivals.coming(workers.count()).forEach(file -> reception.archiveAhead(file, workers.pool()));
        next.ifPresent(this::receive);
        return !arrivals.isEmpty();
    }

    private Optional<Arrival> nextArrival() throws JobInterruptedException {
        try {
            return arrivals.next();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JobInterruptedException("interrupted while a file came to rest");
        }
    }

    private void look() throws IOException {
        installation.definitions().setbacks().forEach(state::problem);
        if (!Files.isDirectory(installation.home().sites())) {
            return;
        }
        List<Path> folders = new ArrayList<>();
        try (Stream<Path> all = Files.list(installation.home().sites())) {
            all.filter(Files::isDirectory).sorted().forEach(folders::add);
        }
        for (Path folder : folders) {
            String site = folder.getFileName().toString();
            Optional<LoadedSite> known = installation.definitions().findSite(site);
            if (known.isPresent() && known.get().standing() == Standing.OTHER_STUDY) {
                continue;
            }
            List<Path> contents = Reception.contents(folder.resolve("inbox"));
            if (known.isPresent() && known.get().standing() != Standing.TAKES_PART) {
                contents.stream()
                        .filter(file -> reception.isNew(study, site, file))
                        .forEach(file -> state.problem(broken(site, file)));
                continue;
            }
            if (known.isEmpty() && contents.isEmpty()) {
                state.problem(problem(FindingCode.SUB_001, site, "the folder of a site of study " + study));
            }
            contents.forEach(file -> arrivals.add(site, file));
        }
    }

    private static Problem broken(String site, Path file) {
        return problem(FindingCode.SUB_005, site + "/" + file.getFileName(), "a mapping without mistakes");
    }

    private static Problem problem(FindingCode code, String where, String expected) {
        return new Problem(
                code.code(), code.severity(), Place.file(where), code.message(), expected, null, code.remedy());
    }

    private Optional<SiteMapping> mapping(String site) {
        return installation
                .definitions()
                .findSite(site)
                .flatMap(LoadedSite::mapping)
                .filter(mapping -> installation.bundle().mappings().containsKey(mapping.site()));
    }

    private void receive(Arrival entry) {
        Optional<SiteMapping> mapping = mapping(entry.site());
        for (Notice notice : reception.receive(
                study, entry.site(), mapping.orElse(null), installation::readingSha256, entry.file())) {
            Problem problem = notice.toProblem();
            if (notice.submission() == null) {
                state.problem(new Problem(
                        problem.code(),
                        problem.severity(),
                        Place.file(entry.site() + "/" + problem.place().file()),
                        problem.message(),
                        problem.expected(),
                        null,
                        problem.remedy()));
            } else {
                staging.addFinding(
                        notice.submission(), Finding.of(notice.code(), notice.place(), notice.expected(), null));
            }
        }
    }
}
