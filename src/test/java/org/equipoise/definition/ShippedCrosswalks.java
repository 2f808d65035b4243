package org.equipoise.definition;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.equipoise.definition.Crosswalk.Point;
import org.equipoise.vocabulary.Problem;

/** The crosswalks under jobs, one by one, for tests of what they give. */
public final class ShippedCrosswalks {
    private static final Path FOLDER = Path.of("jobs/crosswalks");
    private static final InstrumentShelf INSTRUMENTS = new InstrumentShelf(
            ShippedInstruments.names().stream()
                    .map(ShippedInstruments::get)
                    .collect(Collectors.toMap(instrument -> instrument.code().value(), instrument -> instrument)),
            Set.of(),
            true);

    private ShippedCrosswalks() {}

    /** Names of their files, without ending. */
    static List<String> names() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".yaml"))
                    .map(file -> file.replace(".yaml", ""))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The crosswalk in this file. */
    public static Crosswalk get(String name) {
        return read(file(name), name);
    }

    /** What is wrong with the file, by its schema and by arithmetic. */
    static List<Problem> problems(String name) {
        YamlFile file = file(name);
        new SchemaCheck().check("crosswalk", file);
        read(file, name);
        return file.problems();
    }

    private static YamlFile file(String name) {
        try {
            return YamlFile.of(name, Files.readAllBytes(FOLDER.resolve(name + ".yaml")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Crosswalk read(YamlFile file, String name) {
        Path table = FOLDER.resolve(name + ".csv");
        try {
            Optional<List<Point>> points = Files.exists(table)
                    ? Optional.of(new CrosswalkTable(name + ".csv", file).read(Files.readString(table)))
                    : Optional.empty();
            return CrosswalkReader.read(file, points, INSTRUMENTS, new CrosswalkShelf(Map.of(), Set.of()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
