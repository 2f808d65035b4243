package org.equipoise.definition;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.equipoise.definition.Instrument.Scale;
import org.equipoise.vocabulary.Code;

/**
 * The instruments there are, for whoever refers to one.
 *
 * @param sound those without a problem, by code
 * @param broken file names, without ending, of those that cannot be used; a reference to one is no new problem
 * @param isWhole whether there are no others; where there are, a reference to one is no problem
 */
record InstrumentShelf(Map<String, Instrument> sound, Set<String> broken, boolean isWhole) {

    /** The instrument named here. An unknown one is told; a broken one has been told. */
    Optional<Instrument> find(Part reference) {
        String code = reference.text();
        Instrument instrument = sound.get(code);
        if (instrument == null && isWhole && Code.SHAPE.matcher(code).matches() && !broken.contains(fileName(code))) {
            reference.tell(
                    DefinitionProblem.INSTRUMENT_UNKNOWN, Choices.of(new TreeMap<>(sound).keySet(), code), code, code);
        }
        return Optional.ofNullable(instrument);
    }

    /** The scale named here, of that instrument. An unknown one is told. */
    Optional<Scale> findScale(Instrument instrument, Part reference) {
        return findScale(instrument, reference.text(), reference);
    }

    /** The scale of this name, told at the reference if the instrument has none. */
    Optional<Scale> findScale(Instrument instrument, String name, Part reference) {
        Optional<Scale> scale = instrument.scales().stream()
                .filter(candidate -> candidate.code().value().equals(name))
                .findFirst();
        if (scale.isEmpty() && !name.isEmpty()) {
            Set<String> names = new TreeSet<>();
            instrument.scales().forEach(candidate -> names.add(candidate.code().value()));
            reference.tell(DefinitionProblem.SCALE_UNKNOWN, Choices.of(names, name), name, instrument.code(), name);
        }
        return scale;
    }

    /** The name, without ending, of the file an instrument lies in. */
    static String fileName(String code) {
        return code.toLowerCase(Locale.ROOT);
    }
}
