package org.equipoise.database;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.List;
import org.postgresql.util.PasswordUtil;

/** Makes a home's data directory: beside its place, complete with logins and database, then by one rename. */
final class DataDirectory {
    private static final int SCRAM_ITERATIONS = 64;

    private final ServerFiles files;
    private final PostgresBinaries binaries;
    private final RunAs runAs;

    DataDirectory(ServerFiles files, PostgresBinaries binaries) {
        this.files = files;
        this.binaries = binaries;
        this.runAs = RunAs.forNewData(files.base(), binaries.initdb());
    }

    /** The caller holds the home's lock. */
    void create() {
        try {
            Path temporary = Files.createTempDirectory(files.base(), "init-");
            try {
                runAs.own(temporary);
                ServerRecord record = ServerRecord.withNewPasswords(ServerPort.choose(files.base()));
                Path data = temporary.resolve("data");
                initialise(data, record);
                ServerConfiguration.include(data);
                ServerConfiguration.write(data, record.port());
                addLogins(data, record);
                // First the passwords, then the data they open: the other order could lock us out.
                record.write(files);
                Files.move(data, files.data(), StandardCopyOption.ATOMIC_MOVE);
                force(files.base());
            } finally {
                ServerFiles.deleteTree(temporary);
            }
        } catch (IOException e) {
            throw ServerFiles.unwritable(files.base(), e);
        }
    }

    private void initialise(Path data, ServerRecord record) throws IOException {
        Path passwords = ServerFiles.parent(data).resolve("password");
        ServerFiles.writeSecret(passwords, record.superuserPassword());
        runAs.own(passwords);
        check(Programs.run(
                runAs.command(
                        binaries.initdb(),
                        "--pgdata=" + data,
                        "--username=" + ServerRecord.SUPERUSER,
                        "--pwfile=" + passwords,
                        "--auth-host=scram-sha-256",
                        "--auth-local=scram-sha-256",
                        "--encoding=UTF8",
                        // The builtin locale needs nothing of the machine, so text sorts alike everywhere.
                        "--locale=C",
                        "--locale-provider=builtin",
                        "--builtin-locale=C.UTF-8",
                        "--data-checksums",
                        "--no-instructions"),
                ""));
    }

    /** Single-user mode: no port is open while the logins are made. Passwords go in as SCRAM verifiers, on stdin. */
    private void addLogins(Path data, ServerRecord record) throws IOException {
        List<String> sql = List.of(
                "create role equipoise_owner login createrole password '" + verifier(record.ownerPassword()) + "';",
                "alter role equipoise_owner set createrole_self_grant = 'set';",
                "create role equipoise_reader login password '" + verifier(record.readerPassword()) + "';",
                "alter role equipoise_reader set default_transaction_read_only = on;",
                "create database equipoise owner equipoise_owner;");
        check(Programs.run(
                runAs.command(
                        binaries.postgres(), "--single", "-D", data.toString(), "-c", "exit_on_error=on", "postgres"),
                String.join("\n", sql) + "\n"));
    }

    /** Few iterations: they slow down guessing, which 192 random bits rule out, and cost each connection 10 ms. */
    private static String verifier(String password) {
        byte[] salt = new byte[16];
        new SecureRandom().nextBytes(salt);
        return PasswordUtil.encodeScramSha256(password.toCharArray(), SCRAM_ITERATIONS, salt);
    }

    private void check(Programs.Result result) {
        if (!result.ok()) {
            throw new DatabaseProblem(
                    "DB-021",
                    "Making a new database in " + files.base() + " failed: "
                            + (result.exit() > 128
                                    ? "it was stopped by signal " + (result.exit() - 128) + "."
                                    : result.complaint()),
                    "Mend the cause and run the command again; nothing of this attempt is kept.");
        }
    }

    private static void force(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
