package org.equipoise.staging;

import java.io.BufferedInputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.equipoise.definition.SiteMapping.RecordKey;
import org.equipoise.definition.SiteMapping.TextFormat;
import org.equipoise.vocabulary.FindingCode;
import org.equipoise.vocabulary.FoldedText;
import org.equipoise.vocabulary.ParticipantKey;
import org.equipoise.vocabulary.Place;

/**
 * An export without what it says of some people: every cell of their rows is empty, all else is as it was. Rows keep their
 * lines, and fields with line breaks keep these, so that a finding still points to its row.
 */
public final class BlankedCopy {
    private static final int BUFFER = 1 << 16;

    private final ExportReader.Source source;
    private final TextFormat format;
    private final Charset encoding;
    private final int headerLine;
    private final SortedSet<Integer> lines;

    private BlankedCopy(
            ExportReader.Source source, TextFormat format, Charset encoding, int headerLine, SortedSet<Integer> lines) {
        this.source = source;
        this.format = format;
        this.encoding = encoding;
        this.headerLine = headerLine;
        this.lines = lines;
    }

    /**
     * Looks through an export for rows about some people.
     *
     * @param opened the export; closed in the end
     * @param people whose rows they are
     * @param keys of the participants of the file
     * @param source the same bytes again
     * @throws FileRefused if it cannot be read to its end, or does not say whom a row is about
     */
    public static BlankedCopy of(
            String file,
            BoundExport opened,
            Set<ParticipantKey> people,
            ParticipantKeys keys,
            ExportReader.Source source)
            throws IOException, FileRefused {
        RecordKey record = opened.export().record();
        SortedSet<Integer> lines = new TreeSet<>();
        try (ExportReader reader = opened.reader()) {
            List<String> header = reader.header().stream().map(FoldedText::of).toList();
            int position = header.indexOf(FoldedText.of(record.column()));
            if (position < 0) {
                throw new FileRefused(Finding.of(
                        FindingCode.STG_007,
                        Place.column(file, reader.headerLine(), record.column()),
                        "a column named " + record.column(),
                        null));
            }
            for (Optional<RowBlock> block = reader.read(); block.isPresent(); block = reader.read()) {
                for (RowBlock.Row row : block.get().rows()) {
                    if (isAbout(row.cells(), position, header.size(), record, people, keys)) {
                        lines.add(row.line());
                    }
                }
            }
            return new BlankedCopy(source, opened.export().text(), reader.encoding(), reader.headerLine(), lines);
        }
    }

    /** In a row with another number of fields the id may stand anywhere. */
    private static boolean isAbout(
            String[] cells,
            int position,
            int width,
            RecordKey record,
            Set<ParticipantKey> people,
            ParticipantKeys keys) {
        boolean regular = cells.length == width;
        for (int i = regular ? position : 0; i < (regular ? position + 1 : cells.length); i++) {
            String id = record.spelled(cells[i]);
            if (!id.isEmpty() && people.contains(keys.of(id))) {
                return true;
            }
        }
        return false;
    }

    /** The rows that are blank in it. */
    public List<Integer> lines() {
        return List.copyOf(lines);
    }

    /** Writes it. */
    public void write(OutputStream out) throws IOException {
        try (Reader in = new InputStreamReader(new BufferedInputStream(source.open(), BUFFER), encoding)) {
            Writer text = new BufferedWriter(new OutputStreamWriter(out, encoding), BUFFER);
            new RowBlanker(format, headerLine, lines).copy(in, text);
            text.flush();
        }
    }
}
