package org.equipoise.drafting;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.equipoise.definition.Instrument;
import org.equipoise.definition.Study;
import org.equipoise.staging.FileRefused;

/** Drafts a mapping from one file of a site. What it shows of the file are names of columns, and codes. */
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
     * @param dictionary a REDCap data dictionary, which names codes
     * @param site the site's code; empty to ask for it
     * @param answers what a coordinator has said already
     * @throws FileRefused if the file cannot be read as a table
     */
    public Draft draft(Path file, Optional<Path> dictionary, Optional<String> site, List<Answer> answers)
            throws IOException, FileRefused {
        Sample sample = Sample.read(file);
        Dictionary known = dictionary.isPresent() ? Dictionary.read(dictionary.get()) : Dictionary.NONE;
        VisitNames visits = VisitNames.of(sample);
        Ledger ledger = new Ledger(answers);
        Roles roles = new Roles(sample, visits.fields(), study, new InstrumentNames(instruments), known, ledger);
        roles.find();
        MappingDraft mapping = new MappingDraft(sample, visits, roles, instruments, study, known, ledger);
        String text = mapping.write(site);
        List<String> leftOver = new ArrayList<>();
        int left = 0;
        for (Map.Entry<Field, Role> role : roles.all().entrySet()) {
            if (!mapping.uses(role.getKey())) {
                leftOver.add(role.getKey().name());
                left += role.getKey().columns().size();
            }
        }
        int columns = sample.header().size();
        return new Draft(
                mapping.site(), text, columns, columns - left, leftOver, ledger.guesses(), ledger.unused());
    }
}
