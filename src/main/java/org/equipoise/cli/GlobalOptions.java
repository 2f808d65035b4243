package org.equipoise.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.equipoise.database.DatabaseSettings;
import org.equipoise.database.DatabaseStatus;
import org.equipoise.database.Lease;
import org.equipoise.definition.DefinitionBundle;
import org.equipoise.definition.DefinitionLoader;
import org.equipoise.definition.LoadedDefinitions;
import org.equipoise.definition.PublishedText;
import org.equipoise.pipeline.Home;
import org.equipoise.pipeline.PublishedDefinitions;
import org.equipoise.vocabulary.Problem;
import org.equipoise.vocabulary.Severity;
import org.equipoise.vocabulary.StudyCode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Options of every command: where things are, and how to print. */
final class GlobalOptions {
    private static final String SHIPPED_STUDY = "studies/mbt-tau.yaml";

    /** How results are printed. */
    enum Format {
        text,
        json,
        csv,
        html
    }

    @Option(
            names = "--home",
            scope = ScopeType.INHERIT,
            defaultValue = ".equipoise",
            paramLabel = "DIR",
            description = "Where inboxes, archive, database and reports lie (default: ${DEFAULT-VALUE}).")
    private Path home = Path.of(".equipoise");

    @Option(
            names = "--jobs",
            scope = ScopeType.INHERIT,
            defaultValue = "jobs",
            paramLabel = "DIR",
            description = "Where studies, instruments and site mappings lie (default: ${DEFAULT-VALUE}).")
    private Path jobs = Path.of("jobs");

    @Option(
            names = "--study",
            scope = ScopeType.INHERIT,
            paramLabel = "FILE",
            description = "The study's file (default: " + SHIPPED_STUDY + " under --jobs).")
    private @Nullable Path study;

    @Option(
            names = "--format",
            scope = ScopeType.INHERIT,
            defaultValue = "text",
            description = "${COMPLETION-CANDIDATES}; not every command knows all (default: ${DEFAULT-VALUE}).")
    private Format format = Format.text;

    Home home() {
        return new Home(home);
    }

    Path jobs() {
        return jobs;
    }

    /** The same, for a command that copies from it. */
    Path jobsThatAreThere() {
        if (!Files.isDirectory(jobs.resolve("sites"))) {
            throw new CommandFailed("There are no definitions in " + jobs.toAbsolutePath()
                    + ". Run this where the program's jobs folder lies, or name the folder: --jobs DIR.");
        }
        return jobs;
    }

    boolean isShippedStudy() {
        return study == null;
    }

    Path study() {
        return Optional.ofNullable(study).orElseGet(() -> jobs.resolve(SHIPPED_STUDY));
    }

    Format format() {
        return format;
    }

    /** How the program is called with the home and study in use, for commands that are suggested. */
    String asTyped() {
        StringBuilder command = new StringBuilder("java -jar target/equipoise.jar");
        if (!home.equals(Path.of(".equipoise"))) {
            command.append(" --home ").append(home);
        }
        return command.toString();
    }

    DatabaseSettings database() {
        return DatabaseSettings.resolve(home().folder(), System.getenv());
    }

    /** The definitions as they are; what has mistakes stands as it was last published. */
    LoadedDefinitions definitions() {
        return DefinitionLoader.load(jobs, study(), this::published);
    }

    private Map<String, PublishedText> published(StudyCode code) {
        DatabaseSettings settings = database();
        if (settings instanceof DatabaseSettings.Embedded embedded
                && embedded.server().status().state() == DatabaseStatus.State.NOT_INITIALISED) {
            return Map.of();
        }
        try (Lease lease = settings.lease()) {
            return PublishedDefinitions.of(lease.owner(), code);
        }
    }

    /** The definitions of a run: mistakes in study or instruments stop it, each of them told. */
    static DefinitionBundle bundle(LoadedDefinitions definitions) {
        return definitions.bundle().orElseThrow(() -> {
            StringBuilder told = new StringBuilder("The definitions have mistakes, so nothing was run:");
            for (Problem problem : definitions.problems()) {
                if (problem.severity() == Severity.ERROR) {
                    told.append("\n  ").append(Lines.of(problem));
                }
            }
            return new CommandFailed(told.toString());
        });
    }
}
