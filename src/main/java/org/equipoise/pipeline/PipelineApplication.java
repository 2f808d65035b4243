package org.equipoise.pipeline;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.equipoise.database.DatabaseAddress;
import org.equipoise.pipeline.internal.DatabasePreparation;
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
        return start(installation, () -> database, Map.of());
    }

    /**
     * Starts the context; close it when the command is done.
     *
     * @param database login that owns the schemas; asked once the settings are read, so that a server may start meanwhile
     * @param logging properties that say how the log is written
     */
    public static ConfigurableApplicationContext start(
            Installation installation, Supplier<DatabaseAddress> database, Map<String, String> logging) {
        return new SpringApplicationBuilder(PipelineApplication.class)
                .web(WebApplicationType.NONE)
                .properties("logging.file.name=" + installation.home().log())
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .registerShutdownHook(false)
                .initializers(context -> connect((GenericApplicationContext) context, installation, database.get()))
                // As arguments, since the log is set up before the initializer runs, and to prevail over the file.
                .run(logging.entrySet().stream()
                        .map(property -> "--" + property.getKey() + "=" + property.getValue())
                        .toArray(String[]::new));
    }

    private static void connect(
            GenericApplicationContext context, Installation installation, DatabaseAddress database) {
        new DatabasePreparation(installation, database).prepare();
        Map<String, Object> properties = new HashMap<>();
        properties.put("spring.datasource.url", database.jdbcUrl());
        if (database.user() != null) {
            properties.put("spring.datasource.username", database.user());
        }
        if (database.password() != null) {
            properties.put("spring.datasource.password", database.password());
        }
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("installation", properties));
        context.registerBean(Installation.class, () -> installation);
        context.registerBean(DatabaseAddress.class, () -> database);
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
