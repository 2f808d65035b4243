package org.equipoise.warehouse.internal;

import java.util.List;
import org.equipoise.definition.DefinitionBundle;
import org.equipoise.definition.OutcomeSource.OfRule;
import org.equipoise.definition.Study;
import org.equipoise.definition.Study.Outcome;
import org.equipoise.vocabulary.Code;
import org.jspecify.annotations.Nullable;

/** Says of a snapshot what its rows leave out, because it is the same in all of them. */
final class Frames {
    /** Tables that hold it. */
    static final List<String> TABLES = List.of("series_frame", "score_frame");

    private final long snapshot;
    private final InstrumentDictionary.Rows rows;

    Frames(long snapshot, InstrumentDictionary.Rows rows) {
        this.snapshot = snapshot;
        this.rows = rows;
    }

    void write(DefinitionBundle definitions) {
        Study study = definitions.study();
        String[] intervals =
                codes(study.intervals().stream().map(Study.Interval::code).toList());
        int before = 0;
        for (Outcome outcome : study.outcomes()) {
            @Nullable String[] periods = outcome.isOverPeriods() ? codes(outcome.periods()) : null;
            int last = before + (periods == null ? intervals : periods).length;
            rows.insert(
                    TABLES.get(0),
                    snapshot,
                    outcome.code().value(),
                    outcome.source() instanceof OfRule rule ? rule.version() : null,
                    before + 1,
                    last,
                    periods == null ? intervals : null,
                    periods);
            before = last;
        }
        definitions
                .instruments()
                .forEach((code, instrument) -> rows.insert(
                        TABLES.get(1),
                        snapshot,
                        code.value(),
                        codes(instrument.scales().stream()
                                .map(scale -> scale.code())
                                .toList())));
    }

    private static String[] codes(List<? extends Code> codes) {
        return codes.stream().map(Code::value).toArray(String[]::new);
    }
}
