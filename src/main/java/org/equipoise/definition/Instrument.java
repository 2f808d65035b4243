package org.equipoise.definition;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.equipoise.definition.Study.Direction;
import org.equipoise.vocabulary.InstrumentCode;
import org.equipoise.vocabulary.MissingReason;
import org.equipoise.vocabulary.ScaleCode;

/**
 * A questionnaire or interview: its items and how they are scored. Item wording is copyrighted and
 * nowhere held; items have numbers.
 *
 * @param version which form of the instrument this is
 * @param items the items, numbered 1 to n without a gap
 * @param recall the period the respondent looks back on, in words
 * @param licence whether and from whom permission is needed
 * @param sources where the scoring was read
 * @param toConfirm what still has to be checked against the manual, in words; empty when nothing
 */
public record Instrument(
        InstrumentCode code,
        String name,
        String version,
        List<Item> items,
        Map<String, MissingReason> missing,
        List<Scale> scales,
        String recall,
        String licence,
        List<String> sources,
        List<String> toConfirm) {

    public Instrument {
        items = List.copyOf(items);
        missing = Map.copyOf(missing);
        scales = List.copyOf(scales);
        sources = List.copyOf(sources);
        toConfirm = List.copyOf(toConfirm);
    }

    /** The scale of this code, if the instrument has it. */
    public Optional<Scale> findScale(ScaleCode code) {
        return scales.stream().filter(scale -> scale.code().equals(code)).findFirst();
    }

    /** One item with the least and greatest value it allows; values are whole numbers. */
    public record Item(int number, int min, int max) {}

    /** How the items of a scale become its number. */
    public enum Aggregation {
        SUM,
        MEAN
    }

    /**
     * Items that give one number.
     *
     * @param items numbers of its items
     * @param reversed those of its items that count as min + max - value
     * @param maxMissing how many items may be missing: the mean of the answered ones stands in for them
     * @param min least possible score
     * @param max greatest possible score
     * @param bands names for ranges of the score, by rising start
     */
    public record Scale(
            ScaleCode code,
            String name,
            List<Integer> items,
            List<Integer> reversed,
            Aggregation aggregation,
            int maxMissing,
            double min,
            double max,
            Direction direction,
            List<Band> bands) {
        public Scale {
            items = List.copyOf(items);
            reversed = List.copyOf(reversed);
            bands = List.copyOf(bands);
        }
    }

    /** A named range of a score, from its start up to the start of the next. */
    public record Band(double from, String name) {}
}
