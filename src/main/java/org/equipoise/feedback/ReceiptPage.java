package org.equipoise.feedback;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.equipoise.feedback.Receipt.Count;
import org.equipoise.feedback.Receipt.Fact;
import org.equipoise.feedback.Receipt.Question;
import org.equipoise.feedback.Receipt.Section;

/**
 * Sets receipts as one page that needs nothing but itself: no script, no network. It is well-formed XML too.
 * Verdicts are told by words and signs; colour only repeats them.
 */
final class ReceiptPage {
    private static final String TITLE = "{{title}}";
    private static final String BODY = "{{body}}";

    private final StringBuilder html = new StringBuilder(4096);

    private ReceiptPage() {}

    static String of(List<Receipt> receipts) {
        ReceiptPage page = new ReceiptPage();
        receipts.forEach(page::receipt);
        String title = receipts.size() == 1 ? receipts.get(0).title() : "Check of " + receipts.size() + " files";
        String template = template();
        int atTitle = template.indexOf(TITLE);
        int atBody = template.indexOf(BODY);
        return template.substring(0, atTitle)
                + escaped(title)
                + template.substring(atTitle + TITLE.length(), atBody)
                + page.html
                + template.substring(atBody + BODY.length());
    }

    private static String template() {
        try (InputStream template = ReceiptPage.class.getResourceAsStream("receipt.html")) {
            if (template == null) {
                throw new IllegalStateException("The program lacks its receipt.html");
            }
            return new String(template.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("The program's receipt.html cannot be read", e);
        }
    }

    /** Text as it may stand in an element or an attribute. */
    static String escaped(String text) {
        return PlainText.visible(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private void receipt(Receipt receipt) {
        html.append("<main>\n");
        element("h1", "", receipt.title());
        html.append("<div class=\"verdict ")
                .append(receipt.mark().name().toLowerCase(Locale.ROOT))
                .append("\">\n<p class=\"headline\"><span class=\"sign\" aria-hidden=\"true\">")
                .append(receipt.mark().sign())
                .append("</span> ")
                .append(escaped(receipt.headline()))
                .append("</p>\n");
        receipt.sentences().forEach(sentence -> element("p", "", sentence));
        receipt.question().ifPresent(this::question);
        html.append("</div>\n<dl>\n");
        for (Fact fact : receipt.facts()) {
            html.append("<div>");
            element("dt", "", fact.name());
            element("dd", "", fact.value());
            html.append("</div>\n");
        }
        html.append("</dl>\n");
        if (!receipt.counts().isEmpty()) {
            counts(receipt.counts());
        }
        receipt.sections().forEach(this::section);
        receipt.files().forEach(file -> element("p", "", file));
        html.append("</main>\n");
    }

    private void question(Question question) {
        element("p", "question", question.question());
        element("p", "", question.howToAnswer());
        element("pre", "", question.command());
    }

    private void counts(List<Count> counts) {
        html.append("<table>\n<caption>What became of the rows</caption>\n<tbody>\n");
        for (Count count : counts) {
            html.append("<tr><th scope=\"row\">")
                    .append(escaped(count.name()))
                    .append("</th><td class=\"number\">")
                    .append(count.rows())
                    .append("</td><td>")
                    .append(escaped(count.meaning()))
                    .append("</td></tr>\n");
        }
        html.append("</tbody>\n</table>\n");
    }

    private void section(Section section) {
        html.append("<section class=\"").append(section.severity().label()).append("\">\n");
        element("h2", "", section.heading());
        if (!section.introduction().isEmpty()) {
            element("p", "", section.introduction());
        }
        section.groups().forEach(this::group);
        html.append("</section>\n");
    }

    private void group(FindingGroup group) {
        html.append("<article>\n<h3>");
        html.append("<code>").append(escaped(group.code())).append("</code> ");
        if (group.column() != null) {
            html.append("column <code>").append(escaped(group.column())).append("</code> ");
        }
        html.append("<br/>").append(escaped(group.message())).append("</h3>\n");
        group.expected().ifPresent(expected -> element("p", "", "Expected: " + expected));
        element("p", "todo", "To do: " + group.remedy());
        List<FindingGroup.Spot> listed = group.spots()
                .subList(0, Math.min(Receipt.PLACES_LISTED, group.spots().size()));
        List<String> words = listed.stream()
                .map(spot -> spot.words(group.expected().isEmpty()))
                .filter(text -> !text.isEmpty())
                .toList();
        if (!words.isEmpty()) {
            html.append("<ul>\n");
            words.forEach(text -> element("li", "", text));
            html.append("</ul>\n");
        }
        long more = group.rows()
                - listed.stream().mapToLong(FindingGroup.Spot::rows).sum();
        if (more > 0) {
            element("p", "", String.format(Locale.ROOT, "and %d more, see findings.csv", more));
        }
        html.append("</article>\n");
    }

    private void element(String name, String kind, String text) {
        html.append('<').append(name);
        if (!kind.isEmpty()) {
            html.append(" class=\"").append(kind).append('"');
        }
        html.append('>').append(escaped(text)).append("</").append(name).append(">\n");
    }
}
