package org.equipoise.database;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;
import java.util.Properties;

/** {@code server.properties}: the port and the passwords of one home's server. Never shown. */
record ServerRecord(int port, String superuserPassword, String ownerPassword, String readerPassword) {
    static final String HOST = "127.0.0.1";
    static final String DATABASE = "equipoise";
    static final String SUPERUSER = "postgres";

    static ServerRecord withNewPasswords(int port) {
        SecureRandom random = new SecureRandom();
        return new ServerRecord(port, newPassword(random), newPassword(random), newPassword(random));
    }

    private static String newPassword(SecureRandom random) {
        byte[] bytes = new byte[24];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    ServerRecord onPort(int another) {
        return new ServerRecord(another, superuserPassword, ownerPassword, readerPassword);
    }

    static ServerRecord read(ServerFiles files) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(files.record(), StandardCharsets.UTF_8)) {
            properties.load(reader);
            return new ServerRecord(
                    Integer.parseInt(required(properties, "port")),
                    required(properties, "superuser-password"),
                    required(properties, "password"),
                    required(properties, "reader-password"));
        } catch (IOException | NumberFormatException e) {
            throw new DatabaseProblem(
                    "DB-015",
                    "Cannot read the database's passwords in " + files.record() + ": " + PlainWords.sentence(e),
                    "Use the account that made this home, or put the file back from a copy.",
                    e);
        }
    }

    private static String required(Properties properties, String key) throws IOException {
        String value = properties.getProperty(key);
        if (value == null || value.isBlank()) {
            throw new IOException("the line " + key + "= is missing");
        }
        return value;
    }

    void write(ServerFiles files) throws IOException {
        ServerFiles.writeSecret(
                files.record(),
                String.format(
                        Locale.ROOT,
                        """
                # Written by equipoise. Keep it secret: it opens the database.
                port=%s
                database=%s
                user=%s
                password=%s
                superuser=%s
                superuser-password=%s
                reader=%s
                reader-password=%s
                """,
                        Integer.toString(port),
                        DATABASE,
                        DatabaseRoles.OWNER,
                        ownerPassword,
                        SUPERUSER,
                        superuserPassword,
                        DatabaseRoles.READER,
                        readerPassword));
        ServerFiles.writeSecret(
                files.readerPasswords(), PasswordFile.line(HOST, port, DATABASE, DatabaseRoles.READER, readerPassword));
    }

    DatabaseAddress owner() {
        return address(DatabaseRoles.OWNER, ownerPassword);
    }

    DatabaseAddress reader() {
        return address(DatabaseRoles.READER, readerPassword);
    }

    DatabaseAddress superuser() {
        return address(SUPERUSER, superuserPassword);
    }

    /** Loopback needs neither TLS nor Kerberos; saying so saves the round trips that ask for them. */
    private DatabaseAddress address(String user, String password) {
        String url = "jdbc:postgresql://" + HOST + ":" + port + "/" + DATABASE
                + "?sslmode=disable&gssEncMode=disable&ApplicationName=equipoise";
        return new DatabaseAddress(url, user, password);
    }

    @Override
    public String toString() {
        return "port " + port;
    }
}
