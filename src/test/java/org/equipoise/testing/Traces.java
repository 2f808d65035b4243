package org.equipoise.testing;

import com.github.luben.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Looks for words in all that an installation keeps: every table of its database, every file of its home, archived ones too. */
public final class Traces {
    private static final String TABLES =
            "select format('%I.%I', n.nspname, c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace"
                    + " where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema') order by 1";

    private Traces() {}

    /** Where any of these words stands, with the word. */
    public static List<String> of(TestNight night, String... words) {
        List<String> found = new ArrayList<>();
        for (String table : night.query(TABLES)) {
            for (String word : words) {
                // numbers that a participant's key holds as bytes are told in hexadecimal, without its hyphens
                String bytes = word.replace("-", "").toLowerCase(Locale.ROOT);
                List<String> rows = night.query(String.format(
                        Locale.ROOT,
                        "select count(*) from %s t where position('%s' in t::text) > 0 or position('%s' in t::text) > 0",
                        table,
                        word,
                        bytes.length() == 32 ? bytes : word));
                if (!rows.equals(List.of("0"))) {
                    found.add(table + ": " + word);
                }
            }
        }
        found.addAll(inFiles(night.home().folder(), words));
        return found;
    }

    /** The files below a folder that hold any of these words, or have it in their name. */
    public static List<String> inFiles(Path folder, String... words) {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String text = file.getFileName() + "\n" + new String(content(file), StandardCharsets.ISO_8859_1);
                for (String word : words) {
                    if (text.contains(word)) {
                        found.add(folder.relativize(file) + ": " + word);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    /** What a file says, taken out of its compression. */
    public static byte[] content(Path file) {
        try (InputStream bytes = Files.newInputStream(file);
                InputStream plain = file.toString().endsWith(".zst") ? new ZstdInputStream(bytes) : bytes) {
            return plain.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * How many rows each table of participants has; findings aside. Staged rows may be packed by block of a file, which falls
     * otherwise where rows before it are gone: of these tables it is told how many participants they know.
     */
    public static List<String> rows(TestNight night) {
        return night
                .query("select format('%I.%I', n.nspname, c.relname) from pg_class c join pg_namespace n on n.oid ="
                        + " c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attname = 'participant_key' where"
                        + " c.relkind = 'r' and n.nspname in ('identity', 'staging', 'warehouse') and c.relname not in ('withdrawal', 'finding')"
                        + " order by 1")
                .stream()
                .map(table -> table + " "
                        + night.query("select count("
                                        + (table.startsWith("staging.") ? "distinct participant_key" : "*") + ") from "
                                        + table)
                                .get(0))
                .toList();
    }
}
