package org.equipoise.staging;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** Finds what is said twice of the same event, spell, observed time or care of a participant; the first stands. */
final class RepeatedThings {
    private final RepeatedRows rule;
    private final String record;

    /**
     * @param record the participant's record id, for findings
     */
    RepeatedThings(RepeatedRows rule, String record) {
        this.rule = rule;
        this.record = record;
    }

    /** Removes repetitions and tells the rule of them. */
    void resolve(StagedHistory history) {
        resolve(
                history.events(),
                event -> Arrays.asList(event.kind(), event.detail(), event.from(), event.to()),
                StagedEvent::count,
                StagedEvent::line,
                event -> event.kind().value());
        resolve(
                history.spells(),
                spell -> Arrays.asList(spell.kind(), spell.detail(), spell.from()),
                spell -> Arrays.asList(spell.to(), spell.days()),
                StagedSpell::line,
                spell -> spell.kind().value());
        resolve(
                history.observed(),
                span -> Arrays.asList(span.kind(), span.from(), span.to()),
                ObservedSpan::source,
                ObservedSpan::line,
                ObservedSpan::kind);
        resolve(
                history.care(),
                care -> Arrays.asList(care.modality(), care.therapist(), care.group(), care.from()),
                care -> Arrays.asList(care.to(), care.sessions()),
                CareEpisode::line,
                CareEpisode::modality);
    }

    private <T> void resolve(
            List<T> all,
            Function<T, Object> thing,
            Function<T, Object> said,
            ToIntFunction<T> line,
            Function<T, String> kind) {
        all.sort(Comparator.comparingInt(line));
        Map<Object, T> first = new HashMap<>();
        all.removeIf(one -> {
            T earlier = first.putIfAbsent(thing.apply(one), one);
            if (earlier != null) {
                boolean differs = !Objects.equals(said.apply(earlier), said.apply(one));
                rule.lose(line.applyAsInt(one), record, kind.apply(one), differs);
            }
            return earlier != null;
        });
    }
}
