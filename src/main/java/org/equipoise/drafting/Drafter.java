package org.equipoise.drafting;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.equipoise.definition.Instrument;
import org.equipoise.definition.Study;
import org.equipoise.staging.FileRefused;

/** Drafts the mapping of a site from its files. What it shows of them are names of columns, and codes. */
public final class Drafter {
    private final List<Instrument> instruments;
    private final Study study;

    /**
     * @param instruments all there are
     * @param study whose arms, intervals and kinds the mapping refers to
     */
    public Drafter(List<Instrument> instruments, Study study) {
        this.instruments = List.copyOf(instruments);
        this.study = study;
    }

    /**
     * Drafts.
     *
     * @param files one of each kind that the site sends; at least one
     * @param dictionary a REDCap data dictionary, which names codes
     * @param site the site's code; empty to guess it
     * @param answers what a coordinator has said already
     * @throws FileRefused if a file cannot be read as a table
     */
    public Draft draft(List<Path> files, Optional<Path> dictionary, Optional<String> site, List<Answer> answers)
            throws IOException, FileRefused {
        Dictionary known = dictionary.isPresent() ? Dictionary.read(dictionary.get()) : Dictionary.NONE;
        Ledger ledger = new Ledger(answers);
        List<Sample> samples = new ArrayList<>();
        for (Path file : files) {
            samples.add(Sample.read(file, ledger));
        }
        Set<String> kinds = new HashSet<>();
        samples.forEach(
                sample -> kinds.addAll(export(sample, known, ledger, Set.of()).kinds()));
        Set<String> planned = new HashSet<>();
        List<String> leftOver = new ArrayList<>();
        StringBuilder exports = new StringBuilder();
        int columns = 0;
        int left = 0;
        for (Sample sample : samples) {
            ExportDraft export = export(sample, known, ledger, kinds);
            exports.append(export.text());
            planned.addAll(export.planned());
            columns += sample.header().size();
            for (Field field : export.leftOver()) {
                leftOver.add(field.name());
                left += field.columns().size();
            }
        }
        ledger.turnTo("");
        SiteHead head =
                new SiteHead(study, ledger, samples.stream().map(Sample::name).toList());
        String text = head.write(site, planned) + exports;
        return new Draft(head.site(), text, columns, columns - left, leftOver, ledger.guesses(), ledger.unused());
    }

    private ExportDraft export(Sample sample, Dictionary known, Ledger ledger, Set<String> kinds) {
        ledger.turnTo(FileName.of(sample.name()).pattern());
        VisitNames visits = VisitNames.of(sample);
        Roles roles = new Roles(sample, visits.fields(), study, new InstrumentNames(instruments), known, ledger);
        roles.find();
        ExportDraft export = new ExportDraft(sample, visits, roles, instruments, study, known, ledger);
        export.write(kinds);
        return export;
    }
}
