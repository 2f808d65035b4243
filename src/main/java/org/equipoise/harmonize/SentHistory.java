package org.equipoise.harmonize;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.equipoise.definition.History;
import org.equipoise.definition.History.EventColumns;
import org.equipoise.definition.History.SpellColumns;
import org.equipoise.definition.History.Term;
import org.equipoise.definition.OutcomeSource;
import org.equipoise.definition.OutcomeSource.Included;
import org.equipoise.definition.OutcomeSource.Measure;
import org.equipoise.definition.OutcomeSource.Occurrence;
import org.equipoise.definition.OutcomeSource.OfCare;
import org.equipoise.definition.OutcomeSource.OfCosts;
import org.equipoise.definition.OutcomeSource.OfEvents;
import org.equipoise.definition.OutcomeSource.OfSpells;
import org.equipoise.definition.SiteMapping;
import org.equipoise.definition.SiteMapping.Export;
import org.equipoise.definition.Study.OutcomeType;
import org.equipoise.harmonize.HarmonizationStatus.Degree;
import org.equipoise.harmonize.HarmonizationStatuses.Verdict;
import org.equipoise.vocabulary.SpellKind;

/**
 * What a site's mapping tells of events and spells, and of the time in which they would have been known.
 *
 * <p>A kind that is not told makes an outcome impossible. One that is told without the time in which it would have been
 * known leaves it undetermined: no event is no evidence then. A composite that lacks only what a part of it was
 * (severe self-harm among self-harm) is approximate, since that part counts for nothing; an outcome that asks of nothing
 * else is impossible. Time to an event whose day is known by a window only is approximate, as is time in a state that is
 * told by the window and not by days.
 */
final class SentHistory {
    private static final Verdict COMPLETE =
            new Verdict(Degree.COMPLETE, "told, with the time it would have been known");

    private final List<Export> exports;
    private final List<History> histories;
    private final boolean sendsCare;
    private final boolean sendsWithdrawals;

    /** Of a site without a mapping: nothing is told, and of nothing is it known that it is not. */
    static final SentHistory NONE = new SentHistory(List.of());

    SentHistory(SiteMapping mapping) {
        this(mapping.exports());
    }

    private SentHistory(List<Export> exports) {
        this.exports = exports;
        histories = exports.stream().map(Export::history).toList();
        sendsCare = histories.stream().anyMatch(history -> !history.care().isEmpty());
        sendsWithdrawals = sendsFact(Course.WITHDREW_ON);
    }

    /** Whether the site tells what care its participants are given. */
    boolean sendsCare() {
        return sendsCare;
    }

    /** Whether the site tells who has withdrawn. */
    boolean sendsWithdrawals() {
        return sendsWithdrawals;
    }

    private boolean sendsFact(String name) {
        return exports.stream()
                .flatMap(export -> export.facts().stream())
                .anyMatch(fact -> fact.fact().equals(name));
    }

    /** Whether the site tells that something of the kind happened, and not what the outcome asks of it: causes, classes. */
    boolean leavesUntold(OutcomeSource source) {
        if (source instanceof OfEvents events) {
            return events.anyOf().stream().allMatch(this::isUntold);
        }
        if (source instanceof OfSpells spells) {
            return isUntold(spells);
        }
        return source instanceof OfCosts costs
                && costs.includes().stream().anyMatch(included -> switch (included.unit()) {
                    case TIME -> isUntold(occurrence(included));
                    case DAY -> isUntold(spells(included));
                    case SESSION -> false;
                });
    }

    private boolean isUntold(Occurrence occurrence) {
        return tells(occurrence.kind())
                && occurrence
                        .detail()
                        .filter(detail -> !tellsDetail(occurrence.kind(), detail))
                        .isPresent();
    }

    private boolean isUntold(OfSpells source) {
        String kind = source.kind().value();
        return tells(kind)
                && (findUntold(source).isPresent() || (source.atOnce() > 1 && !tellsClasses(kind, source.atOnce())));
    }

    private Optional<String> findUntold(OfSpells source) {
        return source.details().stream()
                .filter(detail -> !tellsDetail(source.kind().value(), detail))
                .findFirst();
    }

    /** How far the site leads to an outcome of events: as far as the worst of its kinds. */
    Verdict of(OfEvents source, OutcomeType type) {
        boolean partIsTold = !leavesUntold(source);
        return worst(source.anyOf().stream()
                .map(occurrence -> of(occurrence, type, partIsTold))
                .toList());
    }

    /** How far the site leads to sessions of care. */
    Verdict of(OfCare source) {
        if (!sendsCare()) {
            return new Verdict(Degree.IMPOSSIBLE, "no care is sent");
        }
        return source.modalities().stream()
                .filter(modality -> histories.stream()
                        .flatMap(history -> history.care().stream())
                        .noneMatch(care -> says(care.modality(), modality)))
                .findFirst()
                .map(modality -> new Verdict(Degree.IMPOSSIBLE, "no " + inWords(modality) + " is sent"))
                .orElse(COMPLETE);
    }

    /** How far the site leads to costs: as far as to the least known of the uses that are counted. */
    Verdict of(OfCosts source) {
        return worst(source.includes().stream().map(this::of).toList());
    }

    private Verdict of(Included included) {
        return switch (included.unit()) {
            case TIME -> of(occurrence(included), OutcomeType.COUNT, false);
            case DAY -> of(spells(included));
            case SESSION -> of(new OfCare(List.of(included.use().kind())));
        };
    }

    private static Occurrence occurrence(Included included) {
        return new Occurrence(included.use().kind(), included.use().detail());
    }

    private static OfSpells spells(Included included) {
        return new OfSpells(
                new SpellKind(included.use().kind()),
                included.use().detail().stream().toList(),
                1,
                Measure.DAYS);
    }

    private static Verdict worst(List<Verdict> verdicts) {
        Degree worst = verdicts.stream().max(Verdict.BEST_FIRST).orElseThrow().degree();
        return new Verdict(
                worst,
                verdicts.stream()
                        .filter(verdict -> verdict.degree() == worst)
                        .map(Verdict::reason)
                        .distinct()
                        .collect(Collectors.joining("; ")));
    }

    private Verdict of(Occurrence occurrence, OutcomeType type, boolean partIsTold) {
        String kind = occurrence.kind();
        Optional<Verdict> unknown = findObstacle(kind);
        if (unknown.isPresent()) {
            return unknown.get();
        }
        if (isUntold(occurrence)) {
            return new Verdict(
                    partIsTold ? Degree.APPROXIMATE : Degree.IMPOSSIBLE,
                    "which " + inWords(kind) + " was "
                            + inWords(occurrence.detail().get()) + " is not told");
        }
        return type == OutcomeType.TIME_TO_EVENT && isUndated(kind)
                ? new Verdict(Degree.APPROXIMATE, "the day of " + inWords(kind) + " is known by a window only")
                : COMPLETE;
    }

    /** How far the site leads to time spent in a state. */
    Verdict of(OfSpells source) {
        String kind = source.kind().value();
        Optional<Verdict> unknown = findObstacle(kind);
        if (unknown.isPresent()) {
            return unknown.get();
        }
        if (isUntold(source)) {
            return new Verdict(
                    Degree.IMPOSSIBLE,
                    "which " + inWords(kind) + " it was is not told"
                            + findUntold(source)
                                    .map(detail -> ": " + inWords(detail))
                                    .orElse(""));
        }
        return isUndated(kind)
                ? new Verdict(Degree.APPROXIMATE, inWords(kind) + " is told for a window and not by its days")
                : COMPLETE;
    }

    private Optional<Verdict> findObstacle(String kind) {
        boolean told = tells(kind);
        boolean known = isAscertained(kind);
        if (told && known) {
            return Optional.empty();
        }
        if (!told) {
            return Optional.of(new Verdict(Degree.IMPOSSIBLE, "no " + inWords(kind) + " is sent"));
        }
        return Optional.of(new Verdict(
                Degree.UNDETERMINED, "the time in which " + inWords(kind) + " would have been known is not sent"));
    }

    private boolean tells(String kind) {
        return events(kind).findAny().isPresent()
                || spells(kind).findAny().isPresent()
                || (kind.equals(Course.DEATH) && sendsFact(Course.DIED_ON))
                || (kind.equals(Course.WITHDRAWAL) && sendsWithdrawals());
    }

    private boolean isAscertained(String kind) {
        return kind.equals(Course.DEATH)
                || (kind.equals(Course.WITHDRAWAL) && sendsWithdrawals())
                || events(kind).anyMatch(event -> event.window().isPresent())
                || spells(kind).anyMatch(spell -> spell.window().isPresent())
                || histories.stream()
                        .flatMap(history -> history.observed().stream())
                        .anyMatch(observed -> observed.kinds().contains(kind));
    }

    private boolean isUndated(String kind) {
        return events(kind).anyMatch(event -> event.date().isEmpty())
                || spells(kind).anyMatch(spell -> spell.from().isEmpty());
    }

    private boolean tellsDetail(String kind, String detail) {
        return details(kind).anyMatch(term -> says(term, detail));
    }

    private boolean tellsClasses(String kind, int atLeast) {
        return details(kind).anyMatch(SentHistory::isOpen)
                || details(kind).flatMap(SentHistory::words).distinct().count() >= atLeast;
    }

    private Stream<Term> details(String kind) {
        return Stream.concat(
                        events(kind).map(EventColumns::detail), spells(kind).map(SpellColumns::detail))
                .flatMap(Optional::stream);
    }

    private Stream<EventColumns> events(String kind) {
        return histories.stream()
                .flatMap(history -> history.events().stream())
                .filter(event -> says(event.kind(), kind));
    }

    private Stream<SpellColumns> spells(String kind) {
        return histories.stream()
                .flatMap(history -> history.spells().stream())
                .filter(spell -> says(spell.kind(), kind));
    }

    private static boolean says(Term term, String word) {
        return isOpen(term) || words(term).anyMatch(word::equals);
    }

    /** Whether the column's texts are the study's words themselves. */
    private static boolean isOpen(Term term) {
        return term.column().isPresent() && term.values().isEmpty();
    }

    private static Stream<String> words(Term term) {
        return Stream.of(
                        term.always().stream(),
                        term.values().values().stream().flatMap(Optional::stream),
                        term.ticked().keySet().stream())
                .flatMap(words -> words);
    }

    private static String inWords(String code) {
        return code.replace('_', ' ');
    }
}
