package org.equipoise.definition;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

/** Definitions of the past, read from the text that was kept of them. */
public final class KeptDefinitions {
    private KeptDefinitions() {}

    /**
     * Reads them as the program reads files now.
     *
     * @param texts of a bundle, by kind and code
     * @return empty if this program finds a mistake in them, or leaves something of them out
     */
    public static Optional<DefinitionBundle> read(SortedMap<String, String> texts) {
        try {
            Path jobs = Files.createTempDirectory("equipoise-definitions");
            try {
                for (Map.Entry<String, String> text : texts.entrySet()) {
                    lay(jobs, text.getKey(), text.getValue());
                }
                return DefinitionLoader.loadPart(jobs, study(jobs, texts))
                        .bundle()
                        .filter(bundle -> bundle.sha256().equals(Sha256.of(texts)));
            } finally {
                delete(jobs);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The definitions cannot be laid out for reading", e);
        }
    }

    private static Path study(Path jobs, SortedMap<String, String> texts) {
        return texts.keySet().stream()
                .filter(name -> name.startsWith("study/"))
                .map(name -> file(jobs, name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no study among " + texts.keySet()));
    }

    private static Path file(Path jobs, String name) {
        String code = name.substring(name.indexOf('/') + 1);
        return switch (name.substring(0, name.indexOf('/'))) {
            case "study" -> jobs.resolve("studies").resolve(code + ".yaml");
            case "instrument" -> jobs.resolve("instruments").resolve(InstrumentShelf.fileName(code) + ".yaml");
            case "crosswalk" -> jobs.resolve("crosswalks").resolve(code + ".yaml");
            case "costs" -> jobs.resolve("costs").resolve(code + ".yaml");
            case "site" -> jobs.resolve("sites").resolve(code).resolve("mapping.yaml");
            default -> throw new IllegalArgumentException("There is no kind of definition like " + name);
        };
    }

    /** Of a crosswalk, the table follows the text at once. */
    private static void lay(Path jobs, String name, String text) throws IOException {
        Path file = file(jobs, name);
        Files.createDirectories(file.getParent());
        int table = name.startsWith("crosswalk/") ? text.indexOf("\n" + CrosswalkTable.HEADER) + 1 : 0;
        Files.writeString(file, table == 0 ? text : text.substring(0, table));
        if (table > 0) {
            String yaml = file.getFileName().toString();
            Files.writeString(file.resolveSibling(yaml.replace(".yaml", ".csv")), text.substring(table));
        }
    }

    private static void delete(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> paths = Files.walk(folder)) {
            all = paths.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.delete(path);
        }
    }
}
