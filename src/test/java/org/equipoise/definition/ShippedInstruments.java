package org.equipoise.definition;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The instruments under jobs, one by one, for tests of how they score. */
public final class ShippedInstruments {
    private static final Path FOLDER = Path.of("jobs/instruments");

    private ShippedInstruments() {}

    /** Names of their files, without ending. */
    public static List<String> names() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString().replace(".yaml", ""))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The instrument in this file. */
    public static Instrument get(String name) {
        try {
            return InstrumentReader.read(YamlFile.of(name, Files.readAllBytes(FOLDER.resolve(name + ".yaml"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
