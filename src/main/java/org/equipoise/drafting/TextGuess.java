package org.equipoise.drafting;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.equipoise.definition.SiteMapping.TextFormat;

/**
 * How a file seems to be written, told from its beginning. UTF-8 is tried strictly over the whole file, since the
 * first letter that is none may come late.
 *
 * @param encodings names as a mapping writes them
 * @param certainty of the delimiter, in percent
 */
record TextGuess(List<String> encodings, String encodingReason, char delimiter, int certainty, int skipLines) {
    private static final int BEGINNING = 400_000;
    private static final int LINES = 60;
    private static final char[] DELIMITERS = {',', ';', '\t', '|', '^'};

    static TextGuess of(Path file) throws IOException {
        byte[] start;
        try (InputStream bytes = Files.newInputStream(file)) {
            start = bytes.readNBytes(BEGINNING);
        }
        if (startsWith(start, 0xFF, 0xFE) || startsWith(start, 0xFE, 0xFF)) {
            return of(List.of("utf-16le"), "a byte order mark says so", new String(start, StandardCharsets.UTF_16));
        }
        if (startsWith(start, 0xEF, 0xBB, 0xBF)) {
            return of(List.of("utf-8"), "a byte order mark says so", new String(start, StandardCharsets.UTF_8));
        }
        if (isUtf8(file)) {
            return of(List.of("utf-8"), "every byte of it is UTF-8", new String(start, StandardCharsets.UTF_8));
        }
        return of(
                List.of("utf-8", "windows-1252"),
                "it is not UTF-8 throughout, so Windows-1252 reads it",
                new String(start, Charset.forName("windows-1252")));
    }

    /** With what was answered in place of what was guessed. */
    TextGuess with(Ledger ledger) {
        char said = ledger.findAnswer("delimiter")
                .map(text -> text.equals("tab") ? '\t' : text.charAt(0))
                .orElse(delimiter);
        int lines = ledger.findAnswer("lines before the header")
                .filter(text -> text.matches("\\d{1,3}"))
                .map(Integer::valueOf)
                .orElse(skipLines);
        return new TextGuess(encodings, encodingReason, said, certainty, lines);
    }

    TextFormat format(char decimal) {
        return new TextFormat(
                encodings.stream().map(Charset::forName).toList(),
                delimiter,
                '"',
                skipLines,
                decimal,
                Optional.empty());
    }

    private static TextGuess of(List<String> encodings, String reason, String text) throws IOException {
        List<String> lines = new ArrayList<>();
        BufferedReader reader = new BufferedReader(new StringReader(text));
        for (String line = reader.readLine(); line != null && lines.size() < LINES; line = reader.readLine()) {
            lines.add(line);
        }
        if (!lines.isEmpty() && lines.get(0).matches("\uFEFF?sep=.")) {
            char said = lines.get(0).charAt(lines.get(0).length() - 1);
            return new TextGuess(encodings, reason, said, 100, 1);
        }
        char best = ',';
        int mostFields = 0;
        int agreeing = 0;
        int header = 0;
        for (char delimiter : DELIMITERS) {
            int[] counts =
                    lines.stream().mapToInt(line -> count(line, delimiter)).toArray();
            int usual = mode(counts);
            int agree = 0;
            for (int count : counts) {
                agree += count == usual ? 1 : 0;
            }
            if (usual > 0 && usual * agree > mostFields * agreeing) {
                best = delimiter;
                mostFields = usual;
                agreeing = agree;
                header = firstWith(counts, usual);
            }
        }
        int certainty = lines.isEmpty() ? 0 : 50 + 49 * agreeing / lines.size();
        return new TextGuess(encodings, reason, best, mostFields == 0 ? 30 : certainty, header);
    }

    private static int count(String line, char delimiter) {
        boolean quoted = false;
        int count = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            quoted ^= c == '"';
            count += c == delimiter && !quoted ? 1 : 0;
        }
        return count;
    }

    private static int mode(int[] counts) {
        int best = 0;
        int times = 0;
        for (int candidate : counts) {
            int here = 0;
            for (int count : counts) {
                here += count == candidate ? 1 : 0;
            }
            if (candidate > 0 && here > times) {
                best = candidate;
                times = here;
            }
        }
        return best;
    }

    private static int firstWith(int[] counts, int wanted) {
        int first = 0;
        while (counts[first] != wanted) {
            first++;
        }
        return first;
    }

    private static boolean isUtf8(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
        CharBuffer chars = CharBuffer.allocate(1 << 16);
        var decoder = StandardCharsets.UTF_8.newDecoder();
        try (var channel = Files.newByteChannel(file)) {
            boolean end = false;
            while (!end) {
                end = channel.read(bytes) < 0;
                bytes.flip();
                CoderResult result = decoder.decode(bytes, chars, end);
                if (result.isError()) {
                    result.throwException();
                }
                chars.clear();
                bytes.compact();
            }
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static boolean startsWith(byte[] start, int... mark) {
        for (int i = 0; i < mark.length; i++) {
            if (start.length <= i || (start[i] & 0xff) != mark[i]) {
                return false;
            }
        }
        return true;
    }
}
