package org.equipoise.definition;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.equipoise.vocabulary.Problem;

/**
 * What came of reading the definitions of one study.
 *
 * @param bundle study, instruments and the mappings without error; empty if the study or an instrument has one
 * @param problems of the study and the instruments, by file and line; an error among them stops every site
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

    /** The folder of this name, if there is one. */
    public Optional<LoadedSite> findSite(String folder) {
        return Optional.ofNullable(sites.get(folder));
    }
}
