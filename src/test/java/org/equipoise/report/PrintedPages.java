package org.equipoise.report;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.InflaterInputStream;

/** Reads a PDF as Chromium writes it: objects in plain sight, the content of each page one compressed stream. */
final class PrintedPages {
    private static final Pattern OBJECT = Pattern.compile("(?m)^(\\d+) 0 obj");
    private static final Pattern PAGE = Pattern.compile("/Type\\s*/Page\\b");
    private static final Pattern CONTENTS = Pattern.compile("/Contents (\\d+) 0 R");
    private static final Pattern STREAM = Pattern.compile("/Length (\\d+)[^>]*>>\\s*stream\\r?\\n");
    private static final Pattern TEXT = Pattern.compile("\\bT[jJ]\\b");

    private final byte[] bytes;
    private final String text;
    private final Map<String, Integer> starts = new HashMap<>();

    private PrintedPages(byte[] bytes) {
        this.bytes = bytes;
        text = new String(bytes, StandardCharsets.ISO_8859_1);
        Matcher object = OBJECT.matcher(text);
        while (object.find()) {
            starts.put(object.group(1), object.end());
        }
    }

    /** How many texts are drawn on each page. */
    static List<Integer> texts(byte[] pdf) throws IOException {
        PrintedPages pages = new PrintedPages(pdf);
        List<Integer> texts = new ArrayList<>();
        Matcher page = PAGE.matcher(pages.text);
        while (page.find()) {
            texts.add((int) TEXT.matcher(pages.content(page.start())).results().count());
        }
        return texts;
    }

    private String content(int page) throws IOException {
        int begin = text.lastIndexOf(" 0 obj", page);
        Matcher contents = CONTENTS.matcher(text).region(begin, text.indexOf("endobj", page));
        Matcher stream = STREAM.matcher(text);
        if (!contents.find() || !stream.find(Objects.requireNonNull(starts.get(contents.group(1))))) {
            throw new IOException("a page without content");
        }
        try (InflaterInputStream content = new InflaterInputStream(
                new ByteArrayInputStream(bytes, stream.end(), Integer.parseInt(stream.group(1))))) {
            return new String(content.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
