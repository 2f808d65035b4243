package org.equipoise.database;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which server to use. The environment decides: {@code SPRING_DATASOURCE_URL} first, then {@code PGHOST},
 * {@code PGPORT} or {@code PGDATABASE}; with none of them the home's embedded server. {@code PGUSER},
 * {@code PGPASSWORD} and {@code PGPASSFILE} alone name no server and so choose nothing.
 */
public sealed interface DatabaseSettings {

    /** A server somebody else runs. */
    record External(DatabaseAddress address) implements DatabaseSettings {
        @Override
        public Lease lease() {
            return new ExternalLease(address);
        }
    }

    /**
     * The home's own server.
     *
     * @param home the home directory; the server lives in {@code <home>/database}
     * @param cache directory for the unpacked programs, shared by all homes of a user
     */
    record Embedded(Path home, Path cache) implements DatabaseSettings {
        /** The server, not started. */
        public EmbeddedPostgres server() {
            return EmbeddedPostgres.at(home, cache);
        }

        @Override
        public Lease lease() {
            return server().lease();
        }
    }

    /** Attaches to the server, starting it first if it is ours and stopped. Close it when the command is done. */
    Lease lease();

    /** Reads the environment; touches neither disk (except a password file) nor network. */
    static DatabaseSettings resolve(Path home, Map<String, String> environment) {
        Environment env = new Environment(environment);
        Optional<String> url = env.find("SPRING_DATASOURCE_URL");
        if (url.isPresent()) {
            return new External(DatabaseAddress.ofUrl(
                    url.get(), env.get("SPRING_DATASOURCE_USERNAME"), env.get("SPRING_DATASOURCE_PASSWORD")));
        }
        if (env.has("PGHOST") || env.has("PGPORT") || env.has("PGDATABASE")) {
            return new External(fromLibpq(env));
        }
        return new Embedded(home, PostgresBinaries.defaultCache(home, environment));
    }

    private static DatabaseAddress fromLibpq(Environment env) {
        String host = env.find("PGHOST").orElse("localhost");
        if (host.startsWith("/") || host.startsWith("@")) {
            throw new DatabaseProblem(
                    "DB-003",
                    "PGHOST is a socket directory (" + host + "), which Java cannot use.",
                    "Set PGHOST to a host name such as localhost.");
        }
        String port = env.find("PGPORT").orElse("5432");
        if (!port.matches("[0-9]{1,5}")) {
            throw new DatabaseProblem(
                    "DB-004", "PGPORT is not a port number: " + port + ".", "Set it to a number such as 5432.");
        }
        String user = env.find("PGUSER").orElseGet(() -> System.getProperty("user.name", "postgres"));
        String database = env.find("PGDATABASE").orElse(user);
        Path passwords = env.find("PGPASSFILE")
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home", "."), ".pgpass"));
        String password = env.find("PGPASSWORD")
                .or(() -> PasswordFile.find(passwords, host, port, database, user))
                .orElse(null);
        StringBuilder url = new StringBuilder("jdbc:postgresql://")
                .append(host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host)
                .append(':')
                .append(port)
                .append('/')
                .append(encoded(database))
                .append("?ApplicationName=equipoise");
        env.find("PGSSLMODE").ifPresent(mode -> url.append("&sslmode=").append(encoded(mode)));
        env.find("PGSSLROOTCERT").ifPresent(file -> url.append("&sslrootcert=").append(encoded(file)));
        return new DatabaseAddress(url.toString(), user, password);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Variables that are set but empty count as unset, as in libpq. */
    record Environment(Map<String, String> variables) {
        Optional<String> find(String name) {
            return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
        }

        @Nullable
        String get(String name) {
            return find(name).orElse(null);
        }

        boolean has(String name) {
            return find(name).isPresent();
        }
    }
}
