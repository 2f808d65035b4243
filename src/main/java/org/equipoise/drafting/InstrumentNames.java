package org.equipoise.drafting;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.equipoise.definition.Instrument;

/** Tells which instrument a name may stand for: bdi, BDI2 and BDI-2 for the BDI-II. */
final class InstrumentNames {
    private static final int WHOLE = 95;
    private static final int FIRST_WORD = 75;

    private final Collection<Instrument> instruments;

    InstrumentNames(Collection<Instrument> instruments) {
        this.instruments = instruments;
    }

    /** An instrument that the name may stand for, and how well it does, in percent. */
    record Named(Instrument instrument, int likeness) {}

    /** All that the name may stand for, best first. */
    List<Named> named(String name) {
        String plain = plain(name);
        List<Named> all = new ArrayList<>();
        for (Instrument instrument : instruments) {
            String code = instrument.code().value();
            String first = plain(code.split("[-.]", 2)[0]);
            if (plain.equals(plain(code)) || plain.equals(plain(arabic(code)))) {
                all.add(new Named(instrument, WHOLE));
            } else if (plain.equals(first) || plain.equals(first.replaceAll("\\d+$", ""))) {
                all.add(new Named(instrument, FIRST_WORD));
            }
        }
        all.sort(Comparator.comparingInt(Named::likeness).reversed());
        return all;
    }

    /** The instrument of this code. */
    Optional<Instrument> find(String code) {
        return instruments.stream()
                .filter(instrument -> instrument.code().value().equals(code))
                .findFirst();
    }

    /** The instrument that the name stands for best; of several, the one with most items. */
    Optional<Named> best(String name) {
        List<Named> all = named(name);
        if (all.isEmpty()) {
            return Optional.empty();
        }
        int likeness = all.get(0).likeness();
        return all.stream()
                .filter(named -> named.likeness() == likeness)
                .max(Comparator.comparingInt(named -> named.instrument().items().size()));
    }

    private static String arabic(String code) {
        return code.replaceAll("-II$", "2").replaceAll("-IV$", "4").replaceAll("-I$", "1");
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
    }
}
