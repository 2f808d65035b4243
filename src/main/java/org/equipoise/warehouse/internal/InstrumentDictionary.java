package org.equipoise.warehouse.internal;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import org.equipoise.definition.Crosswalk;
import org.equipoise.definition.Crosswalk.Range;
import org.equipoise.definition.DefinitionBundle;
import org.equipoise.definition.Instrument;
import org.equipoise.definition.Instrument.Item;
import org.equipoise.definition.Instrument.Scale;
import org.equipoise.vocabulary.Code;
import org.jspecify.annotations.Nullable;

/** Writes what is known of instruments and crosswalks beside the facts, so that analysts need no definition file. */
final class InstrumentDictionary {
    /** Tables that hold it, each rewritten for a study as a whole. */
    static final List<String> TABLES =
            List.of("instrument", "scale", "item", "threshold", "reliable_change", "crosswalk");

    /** Takes one row of a table. */
    interface Rows {
        void insert(String table, @Nullable Object... values);
    }

    private final String study;
    private final Rows rows;

    InstrumentDictionary(String study, Rows rows) {
        this.study = study;
        this.rows = rows;
    }

    void write(DefinitionBundle definitions) {
        definitions.instruments().values().forEach(this::write);
        definitions.crosswalks().values().forEach(this::write);
    }

    private void write(Instrument instrument) {
        String code = instrument.code().value();
        rows.insert(
                "instrument",
                study,
                code,
                instrument.name(),
                instrument.version(),
                instrument.items().size(),
                instrument.maxMissing().isPresent() ? instrument.maxMissing().getAsInt() : null,
                instrument.embeddedIn().stream()
                        .map(embedding -> embedding.instrument().value())
                        .toArray(String[]::new),
                instrument.recall(),
                lower(instrument.licenceStatus()),
                instrument.licence(),
                instrument.sources().toArray(String[]::new),
                instrument.toConfirm().toArray(String[]::new));
        instrument.scales().forEach(scale -> write(code, scale));
        instrument.items().forEach(item -> write(instrument, item));
    }

    private void write(String instrument, Scale scale) {
        String code = scale.code().value();
        rows.insert(
                "scale",
                study,
                instrument,
                code,
                scale.name(),
                lower(scale.formula().aggregation()),
                scale.formula().parts().stream().map(Code::value).toArray(String[]::new),
                !scale.formula().recodes().isEmpty(),
                scale.formula().multiply(),
                scale.formula().add(),
                scale.missingRule().maxMissing(),
                lower(scale.missingRule().counts()),
                scale.min(),
                scale.max(),
                lower(scale.direction()));
        scale.bands()
                .forEach(band -> rows.insert("threshold", study, instrument, code, "band", band.from(), band.name()));
        scale.cutOffs()
                .forEach(
                        cut -> rows.insert("threshold", study, instrument, code, "cut_off", cut.from(), cut.meaning()));
        scale.changes()
                .forEach(change -> rows.insert(
                        "reliable_change",
                        study,
                        instrument,
                        code,
                        change.basis(),
                        change.points(),
                        number(change.sd()),
                        number(change.reliability()),
                        change.kind().map(InstrumentDictionary::lower).orElse(null)));
    }

    private void write(Instrument instrument, Item item) {
        rows.insert(
                "item",
                study,
                instrument.code().value(),
                item.number(),
                item.min(),
                item.max(),
                item.step(),
                codes(instrument, scale -> scale.items().contains(item.number())),
                codes(instrument, scale -> scale.reversed().contains(item.number())));
    }

    private static String[] codes(Instrument instrument, Predicate<Scale> wanted) {
        return instrument.scales().stream()
                .filter(wanted)
                .map(scale -> scale.code().value())
                .toArray(String[]::new);
    }

    private void write(Crosswalk crosswalk) {
        Range taken = crosswalk.links().get(0).taken();
        rows.insert(
                "crosswalk",
                study,
                crosswalk.code().value(),
                crosswalk.edition(),
                crosswalk.name(),
                crosswalk.source().instrument().value(),
                crosswalk.source().scale().value(),
                crosswalk.target().metric(),
                lower(crosswalk.status()),
                crosswalk.approximate(),
                crosswalk.completeOnly(),
                taken.least(),
                taken.greatest(),
                crosswalk.population(),
                crosswalk.sources().toArray(String[]::new),
                crosswalk.toConfirm().toArray(String[]::new));
    }

    private static @Nullable Double number(OptionalDouble number) {
        return number.isPresent() ? number.getAsDouble() : null;
    }

    private static String lower(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT);
    }
}
