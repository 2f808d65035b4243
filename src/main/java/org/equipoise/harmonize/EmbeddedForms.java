package org.equipoise.harmonize;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.equipoise.definition.Instrument;
import org.equipoise.definition.Instrument.Embedding;
import org.equipoise.harmonize.StagedParticipant.SourcedFragment;
import org.equipoise.staging.AssessmentFragment;
import org.equipoise.vocabulary.InstrumentCode;

/**
 * Takes short forms out of the long forms that hold them: where a long form was filled in, its answers to the short
 * form's items are a filled-in short form, unless the site sends that one for the same occasion itself.
 */
final class EmbeddedForms {

    /** One short form in one long form. */
    private record Held(Instrument shortForm, Embedding embedding) {}

    private final Map<InstrumentCode, List<Held>> byLongForm = new LinkedHashMap<>();

    /** Among these instruments. */
    EmbeddedForms(Collection<Instrument> instruments) {
        for (Instrument instrument : instruments) {
            for (Embedding embedding : instrument.embeddedIn()) {
                byLongForm
                        .computeIfAbsent(embedding.instrument(), code -> new ArrayList<>())
                        .add(new Held(instrument, embedding));
            }
        }
    }

    /** The instruments, and the short forms that they hold. */
    Set<InstrumentCode> with(Set<InstrumentCode> collected) {
        Set<InstrumentCode> all = new HashSet<>(collected);
        collected.forEach(code -> byLongForm
                .getOrDefault(code, List.of())
                .forEach(held -> all.add(held.shortForm().code())));
        return all;
    }

    /** The short forms in these fragments, as fragments of their own. */
    List<SourcedFragment> in(List<SourcedFragment> fragments) {
        if (byLongForm.isEmpty()) {
            return List.of();
        }
        List<SourcedFragment> found = new ArrayList<>();
        for (SourcedFragment sourced : fragments) {
            for (Held held : byLongForm.getOrDefault(sourced.fragment().instrument(), List.of())) {
                if (fragments.stream().noneMatch(other -> isSent(held, sourced.fragment(), other.fragment()))) {
                    found.add(new SourcedFragment(
                            extract(held, sourced.fragment()), sourced.submission(), sourced.rank(), sourced.stale()));
                }
            }
        }
        return found;
    }

    private static boolean isSent(Held held, AssessmentFragment longForm, AssessmentFragment other) {
        return other.instrument().equals(held.shortForm().code())
                && Objects.equals(other.visit(), longForm.visit())
                && (other.visit() != null || Objects.equals(other.date(), longForm.date()));
    }

    private static AssessmentFragment extract(Held held, AssessmentFragment longForm) {
        List<Integer> places = held.embedding().items();
        short[] values = new short[places.size()];
        byte[] reasons = new byte[places.size()];
        int[] lines = new int[places.size()];
        for (int i = 0; i < values.length; i++) {
            int place = places.get(i) - 1;
            values[i] = longForm.values()[place];
            reasons[i] = longForm.reasons()[place];
            lines[i] = longForm.line(place);
        }
        return new AssessmentFragment(
                longForm.participant(),
                held.shortForm().code(),
                longForm.form(),
                longForm.visit(),
                longForm.event(),
                longForm.date(),
                longForm.firstLine(),
                values,
                reasons,
                lines,
                List.of());
    }
}
