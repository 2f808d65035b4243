package org.equipoise.definition;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.equipoise.definition.LoadedSite.Standing;
import org.equipoise.vocabulary.Problem;
import org.equipoise.vocabulary.Severity;

/**
 * What came of reading the definitions of one study.
 *
 * @param bundle study, instruments and the mappings without error; empty if the study or an instrument has one
 * @param problems of the study and the instruments, by file and line; if there is a bundle all the same, the errors among
 *     them are of instruments that stand as they were last published
 * @param sites every folder under {@code sites}, by name, whatever study it belongs to
 */
public record LoadedDefinitions(
        Optional<DefinitionBundle> bundle, List<Problem> problems, SortedMap<String, LoadedSite> sites) {
    public LoadedDefinitions {
        problems = List.copyOf(problems);
        sites = Collections.unmodifiableSortedMap(new TreeMap<>(sites));
    }

    /** The problems of all files: study, instruments, then sites by name. */
    public List<Problem> allProblems() {
        return Stream.concat(problems.stream(), sites.values().stream().flatMap(site -> site.problems().stream()))
                .toList();
    }

    /**
     * Why something stands as it was last published, or is left out: errors of instruments and of sites that take part,
     * with the sentence that says what becomes of them.
     */
    public List<Problem> setbacks() {
        Stream<Problem> ofInstruments = problems.stream().filter(problem -> problem.severity() == Severity.ERROR);
        Stream<Problem> ofSites = sites.values().stream()
                .filter(site -> site.standing() == Standing.STANDS || site.standing() == Standing.BROKEN)
                .flatMap(site -> site.problems().stream());
        return Stream.concat(ofInstruments, ofSites).toList();
    }

    /** The folder of this name, if there is one. */
    public Optional<LoadedSite> findSite(String folder) {
        return Optional.ofNullable(sites.get(folder));
    }
}
