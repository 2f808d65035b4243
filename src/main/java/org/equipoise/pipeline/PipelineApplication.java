package org.equipoise.pipeline;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.status.StatusManager;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.equipoise.database.DatabaseAddress;
import org.equipoise.pipeline.internal.DatabasePreparation;
import org.slf4j.LoggerFactory;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** Brings up the jobs on a database: migrations first, then everything a night needs. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@ComponentScan({
    "org.equipoise.submission.internal",
    "org.equipoise.staging.internal",
    "org.equipoise.harmonize.internal",
    "org.equipoise.warehouse.internal",
    "org.equipoise.comparison.internal",
    "org.equipoise.pipeline.internal"
})
public class PipelineApplication {

    /**
     * Starts the context; close it when the command is done.
     *
     * @param database login that owns the schemas
     */
    public static ConfigurableApplicationContext start(Installation installation, DatabaseAddress database) {
        return start(installation.home(), Map.of(), () -> installation, () -> database);
    }

    /**
     * Starts the context; close it when the command is done. Installation and database are asked for when everything else
     * is there, so that they may be made ready meanwhile.
     *
     * @param logging properties that say how the log is written
     * @param database login that owns the schemas
     */
    public static ConfigurableApplicationContext start(
            Home home,
            Map<String, String> logging,
            Supplier<Installation> installation,
            Supplier<DatabaseAddress> database) {
        ConfigurableApplicationContext context = new SpringApplicationBuilder(PipelineApplication.class)
                .web(WebApplicationType.NONE)
                .properties("logging.file.name=" + home.log())
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .registerShutdownHook(false)
                .initializers(unready -> {
                    GenericApplicationContext beans = (GenericApplicationContext) unready;
                    beans.registerBean(Installation.class, installation);
                    beans.registerBean(DatabaseAddress.class, database);
                })
                // As arguments, since the log is set up before the initializer runs, and to prevail over the file.
                .run(logging.entrySet().stream()
                        .map(property -> "--" + property.getKey() + "=" + property.getValue())
                        .toArray(String[]::new));
        quiet();
        try {
            connect(context.getEnvironment(), installation.get(), database.get());
            return context;
        } catch (RuntimeException e) {
            context.close();
            throw e;
        }
    }

    /** A log that cannot be written while a command is at work, as on a full disk, is not told by stack traces. */
    private static void quiet() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext log) {
            StatusManager told = log.getStatusManager();
            told.getCopyOfStatusListenerList().forEach(told::remove);
        }
    }

    /** No bean has needed the database yet: all are made when they are asked for. */
    private static void connect(
            ConfigurableEnvironment environment, Installation installation, DatabaseAddress database) {
        new DatabasePreparation(installation, database, Clock.systemUTC()).prepare();
        Map<String, Object> properties = new HashMap<>();
        properties.put("spring.datasource.url", database.jdbcUrl());
        if (database.user() != null) {
            properties.put("spring.datasource.username", database.user());
        }
        if (database.password() != null) {
            properties.put("spring.datasource.password", database.password());
        }
        environment.getPropertySources().addFirst(new MapPropertySource("database", properties));
    }

    @Bean
    ServeSettings serveSettings(ConfigurableEnvironment environment) {
        return ServeSettings.of(environment);
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
