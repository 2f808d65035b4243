package org.equipoise.cli;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.equipoise.database.Lease;
import org.equipoise.definition.LoadedDefinitions;
import org.equipoise.pipeline.Home;
import org.equipoise.pipeline.Installation;
import org.equipoise.pipeline.PipelineApplication;
import org.equipoise.pipeline.Secret;
import org.springframework.context.ConfigurableApplicationContext;

/** A command's hold on database and jobs. Both end with it. */
final class Session implements AutoCloseable {
    private final Lease lease;
    private final ConfigurableApplicationContext context;

    private Session(Lease lease, ConfigurableApplicationContext context) {
        this.lease = lease;
        this.context = context;
    }

    static Session open(GlobalOptions options) {
        return open(options, options.definitions());
    }

    static Session open(GlobalOptions options, LoadedDefinitions definitions) {
        return open(options, definitions, Map.of());
    }

    /** @param logging properties that say how the log is written */
    static Session open(GlobalOptions options, LoadedDefinitions definitions, Map<String, String> logging) {
        Home home = options.home();
        Installation installation;
        try {
            installation = new Installation(
                    home,
                    GlobalOptions.bundle(definitions),
                    definitions,
                    Secret.load(home, System.getenv()),
                    Version.text());
        } catch (IOException e) {
            throw new CommandFailed("The secret of the installation cannot be read or made in " + home.folder()
                    + ". Give the program the right to read and write there.");
        }
        // A server takes as long to start as the program to read its settings.
        CompletableFuture<Lease> lease = CompletableFuture.supplyAsync(options.database()::lease);
        try {
            ConfigurableApplicationContext context =
                    PipelineApplication.start(installation, () -> lease.join().owner(), logging);
            return new Session(lease.join(), context);
        } catch (RuntimeException e) {
            if (!lease.isCompletedExceptionally()) {
                lease.join().close();
            }
            throw e;
        }
    }

    <T> T get(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        context.close();
        lease.close();
    }
}
