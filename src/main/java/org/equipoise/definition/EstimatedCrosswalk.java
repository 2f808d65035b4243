package org.equipoise.definition;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.equipoise.definition.Crosswalk.Point;
import org.equipoise.definition.OutcomeSource.OfScale;

/**
 * A crosswalk that was estimated here, to be kept as a file with a version. A version that is there is never written
 * again: what was published by it could not be understood any more.
 *
 * @param points one a source score
 * @param population whom it rests on, in words
 * @param sources how it was made, in words
 */
public record EstimatedCrosswalk(
        OfScale source, OfScale target, List<Point> points, String population, List<String> sources) {
    private static final int LONGEST_CODE = 40;

    public EstimatedCrosswalk {
        points = List.copyOf(points);
        sources = List.copyOf(sources);
    }

    /**
     * Writes it under the next free number, as {@code phq-9-bdi-ii-linked-1.yaml} and {@code .csv}.
     *
     * @return the definition file
     * @throws IOException if the folder cannot be written
     */
    public Path write(Path folder) throws IOException {
        int version = 1;
        while (isTaken(folder, version)) {
            version++;
        }
        return write(folder, version);
    }

    /**
     * Writes it as this version.
     *
     * @return the definition file
     * @throws FileAlreadyExistsException if the version is there
     * @throws IOException if the folder cannot be written
     */
    public Path write(Path folder, int version) throws IOException {
        if (isTaken(folder, version)) {
            throw new FileAlreadyExistsException(yaml(folder, version).toString());
        }
        Files.createDirectories(folder);
        Files.writeString(csv(folder, version), table(), StandardOpenOption.CREATE_NEW);
        return Files.writeString(yaml(folder, version), definition(version), StandardOpenOption.CREATE_NEW);
    }

    private boolean isTaken(Path folder, int version) {
        return Files.exists(yaml(folder, version)) || Files.exists(csv(folder, version));
    }

    private Path yaml(Path folder, int version) {
        return folder.resolve(code(version) + ".yaml");
    }

    private Path csv(Path folder, int version) {
        return folder.resolve(code(version) + ".csv");
    }

    /** Names of the scales as far as they fit, and the version: never so short that two links share a name by chance. */
    String code(int version) {
        String ending = "-linked-" + version;
        String scales = name(source) + "-" + name(target);
        int room = LONGEST_CODE - ending.length();
        String fitting = scales.length() <= room
                ? scales
                : scales.substring(0, room - 7) + "-" + Sha256.of(scales).substring(0, 6);
        return fitting + ending;
    }

    private static String name(OfScale scale) {
        String instrument = scale.instrument().value();
        String whole = scale.scale().value().equals("total") ? instrument : instrument + "." + scale.scale();
        return whole.toLowerCase(Locale.ROOT);
    }

    private String table() {
        return points.stream()
                .map(point ->
                        String.join(",", number(point.source(), 0), number(point.target(), 4), se(point.se())) + "\n")
                .collect(Collectors.joining("", "source_score,target_score,target_se\n", ""));
    }

    private static String se(OptionalDouble se) {
        return se.isPresent() ? number(se.getAsDouble(), 4) : "";
    }

    private static String number(double number, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", number);
    }

    private String definition(int version) {
        StringBuilder text = new StringBuilder("# yaml-language-server: $schema=../schema/crosswalk.schema.json\n")
                .append("# Estimated here, and kept as it is: link anew for another version.\n")
                .append("code: ")
                .append(code(version))
                .append("\nname: ")
                .append(quoted(Crosswalk.nameOf(source) + " to " + Crosswalk.nameOf(target) + ", equipercentile"))
                .append("\nversion: \"")
                .append(version)
                .append("\"\n");
        scale(text, "source", source);
        scale(text, "target", target);
        text.append("status: estimated\ncomplete_only: true\npopulation: ")
                .append(quoted(population))
                .append("\nsources:\n");
        sources.forEach(line -> text.append("  - ").append(quoted(line)).append('\n'));
        return text.append("to_confirm:\n  - that it holds for the people it is used for\n")
                .toString();
    }

    private static void scale(StringBuilder text, String key, OfScale scale) {
        text.append(key)
                .append(": {instrument: ")
                .append(quoted(scale.instrument().value()))
                .append(", scale: ")
                .append(quoted(scale.scale().value()))
                .append("}\n");
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
