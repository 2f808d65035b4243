package org.equipoise.cli;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.equipoise.database.Lease;
import org.equipoise.definition.LoadedDefinitions;
import org.equipoise.pipeline.Home;
import org.equipoise.pipeline.Installation;
import org.equipoise.pipeline.PipelineApplication;
import org.equipoise.pipeline.Secret;
import org.slf4j.LoggerFactory;
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
        return open(options, options::definitions);
    }

    static Session open(GlobalOptions options, Supplier<LoadedDefinitions> definitions) {
        return open(options, definitions, Map.of());
    }

    /**
     * Reads the definitions and takes hold of the database while the program starts, which takes as long.
     *
     * @param logging properties that say how the log is written
     */
    static Session open(GlobalOptions options, Supplier<LoadedDefinitions> definitions, Map<String, String> logging) {
        byte[] secret = secret(options.home());
        // Threads that begin to log at the same time make SLF4J print that it had to put some calls off.
        LoggerFactory.getILoggerFactory();
        CompletableFuture<Installation> installation = CompletableFuture.supplyAsync(() -> {
            LoadedDefinitions loaded = definitions.get();
            return new Installation(options.home(), GlobalOptions.bundle(loaded), loaded, secret, Version.text());
        });
        CompletableFuture<Lease> lease =
                installation.thenApply(sound -> options.database().lease());
        try {
            ConfigurableApplicationContext context = PipelineApplication.start(
                    options.home(),
                    logging,
                    installation::join,
                    () -> lease.join().owner());
            return new Session(lease.join(), context);
        } catch (RuntimeException e) {
            lease.join().close();
            throw e;
        }
    }

    /** Before anything else is put into the home, so that what is wrong with the home is told. */
    private static byte[] secret(Home home) {
        try {
            return Secret.load(home, System.getenv());
        } catch (IOException e) {
            throw new CommandFailed("The secret of the installation cannot be read or made in " + home.folder()
                    + ". Give the program the right to read and write there.");
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
