package org.equipoise.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.equipoise.simulation.Simulation;
import org.equipoise.simulation.SimulationSettings;
import org.equipoise.simulation.SiteExport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code equipoise simulate}. */
@Command(
        name = "simulate",
        description = "Writes a synthetic multi-site trial as sites would export it.",
        mixinStandardHelpOptions = true)
final class SimulateCommand extends HomeCommand {
    @Option(names = "--participants", required = true, description = "People in all sites together.")
    private int participants;

    @Option(names = "--sites", required = true, description = "Sites.")
    private int sites;

    @Option(names = "--seed", required = true, description = "The same seed gives the same trial.")
    private long seed;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where to write it.")
    private Path folder = Path.of("");

    @Override
    public Integer call() throws IOException {
        if (participants < 1 || sites < 1) {
            throw new CommandFailed("Name at least one participant and one site.");
        }
        for (SiteExport export : Simulation.write(
                new SimulationSettings(
                        participants, sites, seed, Optional.of(options().jobsThatAreThere())),
                folder)) {
            out().println(export.site() + ": " + export.file() + ", " + export.participants() + " participants, "
                    + export.rows() + " rows, " + export.mistakes().size() + " mistakes on purpose");
        }
        return ExitCode.OK;
    }
}
