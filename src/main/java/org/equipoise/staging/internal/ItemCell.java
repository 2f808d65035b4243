package org.equipoise.staging.internal;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import org.equipoise.definition.Instrument;
import org.equipoise.definition.SiteMapping.Missing;
import org.equipoise.definition.SiteMapping.ValueRule;
import org.equipoise.vocabulary.FindingCode;
import org.equipoise.vocabulary.MissingReason;

/**
 * Turns the cell of an item or total of one instrument into a value or the reason it is missing. The
 * outcome of the last call is left in fields instead of a new object, since millions are read. For one thread.
 */
final class ItemCell {
    private static final int REMEMBERED = 2000;

    /** What a text came to, before the item's range. */
    private record Reading(double value, MissingReason reason, Optional<FindingCode> problem) {}

    private final Instrument instrument;
    private final ValueRule rule;
    private final NumberReader numbers;
    private final Map<String, MissingReason> missing = new HashMap<>();
    private final boolean[] missingDigit = new boolean[10];
    private final Map<String, Double> labels;
    private final boolean plain;
    private final Map<String, Reading> known = new HashMap<>();

    /** The value, when {@link #reason} is NONE. */
    double value;
    /** Why there is none. */
    MissingReason reason = MissingReason.NONE;
    /** What is wrong with the cell; empty when nothing is. */
    Optional<FindingCode> problem = Optional.empty();

    ItemCell(
            Instrument instrument,
            ValueRule rule,
            NumberReader numbers,
            Missing ofExport,
            Map<String, MissingReason> ofForm) {
        this.instrument = instrument;
        this.rule = rule;
        this.numbers = numbers;
        labels = Texts.foldedKeys(rule.labels());
        plain = rule.pattern().isEmpty() && rule.labels().isEmpty() && rule.shift() == 0 && rule.factor() == 1;
        ofExport.tokens().forEach(token -> missing.put(Texts.folded(token), MissingReason.BLANK));
        ofExport.codes().forEach((code, why) -> missing.put(Texts.folded(code), why));
        instrument.missing().forEach((code, why) -> missing.put(Texts.folded(code), why));
        ofForm.forEach((code, why) -> missing.put(Texts.folded(code), why));
        for (int digit = 0; digit < 10; digit++) {
            missingDigit[digit] = missing.containsKey(String.valueOf(digit));
        }
    }

    /** Reads an item's answer; item numbers count from 1. */
    void readItem(int number, String text) {
        if (isDigit(text) && plain && !missingDigit[text.charAt(0) - '0']) {
            value = text.charAt(0) - '0';
            reason = MissingReason.NONE;
            problem = Optional.empty();
        } else {
            recall(text);
            if (reason != MissingReason.NONE) {
                return;
            }
        }
        Instrument.Item item = instrument.items().get(number - 1);
        if (!item.allows(value)) {
            refuse(MissingReason.OUT_OF_RANGE, FindingCode.STG_033);
        }
    }

    /** Reads a total; missing codes hold for it too, label and shift rules of items do not. */
    void readTotal(Instrument.Scale scale, String text) {
        if (!readMissing(text) && parse(text.strip()) && !(value >= scale.min() && value <= scale.max())) {
            refuse(MissingReason.OUT_OF_RANGE, FindingCode.STG_034);
        }
    }

    /** Reads a text, or remembers what it came to: few different ones make up millions of answers. */
    private void recall(String text) {
        Reading before = known.get(text);
        if (before == null) {
            readNumber(text);
            if (known.size() < REMEMBERED) {
                known.put(text, new Reading(value, reason, problem));
            }
        } else {
            value = before.value();
            reason = before.reason();
            problem = before.problem();
        }
    }

    private void readNumber(String text) {
        if (readMissing(text)) {
            return;
        }
        String stripped = text.strip();
        Double label = labels.isEmpty() ? null : labels.get(Texts.folded(stripped));
        if (label != null) {
            value = label;
            return;
        }
        if (rule.pattern().isPresent()) {
            Matcher matcher = rule.pattern().get().matcher(stripped);
            String number = matcher.find() ? matcher.group(1) : null;
            stripped = number == null ? stripped : number;
        }
        if (parse(stripped)) {
            value = (value + rule.shift()) * rule.factor();
        }
    }

    private boolean readMissing(String text) {
        reason = MissingReason.NONE;
        problem = Optional.empty();
        MissingReason why = text.isBlank() ? MissingReason.BLANK : missing.get(Texts.folded(text));
        if (why == null) {
            return false;
        }
        reason = why;
        return true;
    }

    private boolean parse(String text) {
        value = numbers.read(text);
        if (Double.isNaN(value)) {
            refuse(MissingReason.UNMAPPED, numbers.isAmbiguous(text) ? FindingCode.STG_035 : FindingCode.STG_032);
            return false;
        }
        return true;
    }

    private void refuse(MissingReason why, FindingCode code) {
        reason = why;
        problem = Optional.of(code);
    }

    private static boolean isDigit(String text) {
        return text.length() == 1 && text.charAt(0) >= '0' && text.charAt(0) <= '9';
    }
}
