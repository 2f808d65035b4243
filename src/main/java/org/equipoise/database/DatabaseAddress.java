package org.equipoise.database;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/**
 * Where one login finds one database. The password travels beside the URL, never in it, so that both URLs may be shown.
 *
 * @param jdbcUrl {@code jdbc:postgresql:} URL without a password
 * @param user login; null leaves the choice to the driver (the operating system's user)
 * @param password null when the server asks for none or the driver finds it in the user's own password file
 */
public record DatabaseAddress(
        String jdbcUrl, @Nullable String user, @Nullable String password) {

    /** Refuses a URL that is not PostgreSQL's; moves a user and password out of the URL's parameters. */
    static DatabaseAddress ofUrl(String url, @Nullable String user, @Nullable String password) {
        Properties parsed = url.startsWith("jdbc:postgresql:") ? Driver.parseURL(url, null) : null;
        if (parsed == null) {
            throw new DatabaseProblem(
                    "DB-001",
                    "SPRING_DATASOURCE_URL does not name a PostgreSQL database.",
                    "Write it as jdbc:postgresql://host:5432/database, or unset it to use the embedded database.");
        }
        return new DatabaseAddress(
                withoutParameters(url, "user", "password"),
                user != null ? user : parsed.getProperty("user"),
                password != null ? password : parsed.getProperty("password"));
    }

    private static String withoutParameters(String url, String... names) {
        int question = url.indexOf('?');
        if (question < 0) {
            return url;
        }
        StringBuilder kept = new StringBuilder();
        for (String parameter : url.substring(question + 1).split("&", -1)) {
            boolean drop = false;
            for (String name : names) {
                drop |= parameter.startsWith(name + "=");
            }
            if (!drop && !parameter.isEmpty()) {
                kept.append(kept.isEmpty() ? '?' : '&').append(parameter);
            }
        }
        return url.substring(0, question) + kept;
    }

    /** The address for libpq's programs (psql, R, pandas): {@code postgresql://user@host:port/database}, no password. */
    public String libpqUrl() {
        Properties parsed = Driver.parseURL(jdbcUrl, null);
        if (parsed == null) {
            throw new IllegalStateException("a jdbc:postgresql: URL was expected");
        }
        String[] hosts = parsed.getProperty("PGHOST", "localhost").split(",", -1);
        String[] ports = parsed.getProperty("PGPORT", "5432").split(",", -1);
        StringBuilder url = new StringBuilder("postgresql://");
        if (user != null) {
            url.append(encoded(user)).append('@');
        }
        for (int i = 0; i < hosts.length; i++) {
            url.append(i == 0 ? "" : ",").append(hosts[i]).append(':').append(ports[Math.min(i, ports.length - 1)]);
        }
        String database = parsed.getProperty("PGDBNAME", user);
        return database == null
                ? url.toString()
                : url.append('/').append(encoded(database)).toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Opens one connection; says in plain words why not. */
    public Connection connect() {
        Properties properties = new Properties();
        if (user != null) {
            properties.setProperty("user", user);
        }
        if (password != null) {
            properties.setProperty("password", password);
        }
        try {
            Connection connection = new Driver().connect(jdbcUrl, properties);
            if (connection == null) {
                throw new SQLException("the driver does not know this URL");
            }
            return connection;
        } catch (SQLException e) {
            throw new DatabaseProblem(
                    "DB-002", "Cannot connect to " + libpqUrl() + ": " + PlainWords.sentence(e), remedy(e), e);
        }
    }

    /** Whether the database can be reached now and answers a question within some seconds. */
    public boolean answers(int seconds) {
        try (Connection connection = connect()) {
            return connection.isValid(seconds);
        } catch (DatabaseProblem | SQLException e) {
            return false;
        }
    }

    private static String remedy(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        if (state.startsWith("28") || state.equals("08004")) {
            return "Check the user name and the password (SPRING_DATASOURCE_PASSWORD, PGPASSWORD or the password file).";
        }
        if (state.startsWith("08")) {
            return "Check host and port, and that the server is running.";
        }
        if (state.equals("3D000")) {
            return "Create that database, or name an existing one.";
        }
        if (state.equals("53300")) {
            return "Close other programs that use this database, or raise the server's max_connections.";
        }
        return "Mend the cause and run the command again.";
    }

    /** Without the password. */
    @Override
    public String toString() {
        return libpqUrl();
    }
}
