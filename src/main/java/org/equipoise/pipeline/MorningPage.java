package org.equipoise.pipeline;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.equipoise.definition.Study;
import org.equipoise.pipeline.MorningText.Part;

/** A morning summary as one page that needs nothing but itself. */
final class MorningPage {
    private static final String TITLE = "{{title}}";
    private static final String BODY = "{{body}}";

    private MorningPage() {}

    static String of(Morning morning, Study study) {
        StringBuilder body = new StringBuilder();
        element(body, "h1", MorningText.title(morning, study));
        MorningText.sentences(morning).forEach(sentence -> element(body, "p", sentence));
        MorningText.parts(morning, study).forEach(part -> table(body, part));
        Optional<Path> report = morning.isSilent() ? Optional.empty() : morning.report();
        report.ifPresent(page -> body.append("<p><a href=\"")
                .append(escaped(page.toUri().toString()))
                .append("\">Report of all results</a></p>\n"));
        return page(MorningText.title(morning, study), body.toString());
    }

    /** A page of a title and sentences. */
    static String of(String title, List<String> sentences) {
        StringBuilder body = new StringBuilder();
        element(body, "h1", title);
        sentences.forEach(sentence -> element(body, "p", sentence));
        return page(title, body.toString());
    }

    private static String page(String title, String body) {
        String template = template();
        int atTitle = template.indexOf(TITLE);
        int atBody = template.indexOf(BODY);
        return template.substring(0, atTitle)
                + escaped(title)
                + template.substring(atTitle + TITLE.length(), atBody)
                + body
                + template.substring(atBody + BODY.length());
    }

    private static String template() {
        try (InputStream template = MorningPage.class.getResourceAsStream("morning.html")) {
            if (template == null) {
                throw new IllegalStateException("The program lacks its morning.html");
            }
            return new String(template.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("The program's morning.html cannot be read", e);
        }
    }

    private static void table(StringBuilder body, Part part) {
        element(body, "h2", part.heading());
        body.append("<table>\n<thead><tr>");
        part.head().forEach(name -> element(body, "th scope=\"col\"", name));
        body.append("</tr></thead>\n<tbody>\n");
        for (List<String> row : part.rows()) {
            body.append("<tr>");
            for (int i = 0; i < row.size(); i++) {
                String kind = row.get(i).matches("[0-9]+") ? " class=\"number\"" : "";
                element(body, "td data-column=\"" + escaped(part.head().get(i)) + "\"" + kind, row.get(i));
            }
            body.append("</tr>\n");
        }
        body.append("</tbody>\n</table>\n");
    }

    /** @param tag name of the element, with its attributes */
    private static void element(StringBuilder body, String tag, String text) {
        int space = tag.indexOf(' ');
        body.append('<')
                .append(tag)
                .append('>')
                .append(escaped(text))
                .append("</")
                .append(space < 0 ? tag : tag.substring(0, space))
                .append(">\n");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
