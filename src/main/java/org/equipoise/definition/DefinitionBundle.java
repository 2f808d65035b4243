package org.equipoise.definition;

import java.util.Map;
import java.util.SortedMap;
import org.equipoise.vocabulary.CrosswalkCode;
import org.equipoise.vocabulary.InstrumentCode;
import org.equipoise.vocabulary.SiteCode;

/**
 * Everything a run of one study goes by, frozen: study, instruments, crosswalks and mappings, with the text
 * they were read from.
 *
 * @param instruments those the study's outcomes or the mappings use
 * @param crosswalks those the study's outcomes use
 * @param mappings of the sites that take part in the study
 * @param texts canonical text by kind and code, such as {@code study/mbt-tau}
 * @param sha256 over all texts
 */
public record DefinitionBundle(
        Study study,
        Map<InstrumentCode, Instrument> instruments,
        Map<CrosswalkCode, Crosswalk> crosswalks,
        Map<SiteCode, SiteMapping> mappings,
        SortedMap<String, String> texts,
        String sha256) {}
