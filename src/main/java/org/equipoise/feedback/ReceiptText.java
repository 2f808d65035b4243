package org.equipoise.feedback;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.equipoise.feedback.Receipt.Count;
import org.equipoise.feedback.Receipt.Fact;
import org.equipoise.feedback.Receipt.Question;
import org.equipoise.feedback.Receipt.Section;

/** Sets a receipt as plain text of 80 columns. Commands stay on one line, so that they can be copied. */
final class ReceiptText {
    private static final int WIDTH = 80;

    private final List<String> lines = new ArrayList<>();

    private ReceiptText() {}

    static String of(Receipt receipt) {
        ReceiptText text = new ReceiptText();
        text.set(receipt);
        return String.join("\n", text.lines) + "\n";
    }

    private void set(Receipt receipt) {
        lines.add(receipt.title());
        lines.add("=".repeat(Math.min(receipt.title().length(), WIDTH)));
        lines.add("");
        lines.add(receipt.headline().toUpperCase(Locale.ROOT));
        receipt.sentences().forEach(sentence -> wrap(sentence, ""));
        receipt.question().ifPresent(this::question);
        lines.add("");
        for (Fact fact : receipt.facts()) {
            lines.addAll(PlainText.wrap(fact.value(), column(fact.name() + ":", 12), " ".repeat(12), WIDTH));
        }
        if (!receipt.counts().isEmpty()) {
            lines.add("");
        }
        for (Count count : receipt.counts()) {
            lines.add(String.format(Locale.ROOT, "%-12s%8d  %s", count.name(), count.rows(), count.meaning()));
        }
        receipt.sections().forEach(this::section);
        if (!receipt.files().isEmpty()) {
            lines.add("");
        }
        receipt.files().forEach(file -> wrap(file, ""));
    }

    private void question(Question question) {
        lines.add("");
        wrap(question.question(), "");
        wrap(question.howToAnswer(), "");
        lines.add("");
        lines.add("    " + question.command());
    }

    private void section(Section section) {
        lines.add("");
        lines.add("");
        lines.add(section.heading());
        lines.add("-".repeat(section.heading().length()));
        if (!section.introduction().isEmpty()) {
            wrap(section.introduction(), "");
        }
        section.groups().forEach(this::group);
    }

    private void group(FindingGroup group) {
        lines.add("");
        wrap(
                group.code() + (group.column() == null ? "" : ", column " + PlainText.visible(group.column())) + ": "
                        + group.message(),
                "");
        group.expected().ifPresent(expected -> hang("Expected: " + PlainText.visible(expected)));
        hang("To do: " + group.remedy());
        boolean eachExpectation = group.expected().isEmpty();
        long told = 0;
        for (FindingGroup.Spot spot : group.spots()
                .subList(0, Math.min(Receipt.PLACES_LISTED, group.spots().size()))) {
            String words = spot.words(eachExpectation);
            told += spot.rows();
            if (!words.isEmpty()) {
                lines.addAll(PlainText.wrap(words, "  - ", "    ", WIDTH));
            }
        }
        if (group.rows() > told) {
            lines.add(String.format(Locale.ROOT, "  and %d more, see findings.csv", group.rows() - told));
        }
    }

    private void hang(String text) {
        lines.addAll(PlainText.wrap(text, "  ", "    ", WIDTH));
    }

    private void wrap(String text, String indent) {
        lines.addAll(PlainText.wrap(text, indent, indent, WIDTH));
    }

    private static String column(String text, int width) {
        return text + " ".repeat(Math.max(1, width - text.length()));
    }
}
