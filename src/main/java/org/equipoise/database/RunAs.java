package org.equipoise.database;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How to run PostgreSQL, which refuses to be root. Root drops to the uid of {@code postgres} or {@code nobody}; where
 * that uid cannot reach the home or may not be taken, a user namespace leaves root's rights behind instead.
 *
 * @param prefix what stands before the program on the command line
 * @param uid owner of the data directory; -1 for whoever runs this
 */
record RunAs(List<String> prefix, int uid, int gid) {
    private static final int UNREACHABLE = 72;
    private static final String PROBE =
            "test \"$(id -u)\" != 0 || exit 71; cd \"$1\" && test -x \"$2\" || exit " + UNREACHABLE;

    private static final RunAs MYSELF = new RunAs(List.of(), -1, -1);

    /** An account of the machine. */
    record Account(String name, int uid, int gid) {}

    List<String> command(Path program, String... arguments) {
        List<String> command = new ArrayList<>(prefix);
        command.add(program.toString());
        command.addAll(List.of(arguments));
        return command;
    }

    /** Gives the file to the account PostgreSQL runs under. */
    void own(Path path) throws IOException {
        if (uid >= 0) {
            ServerFiles.own(path, uid, gid);
        }
    }

    /** For a new data directory inside {@code directory}. */
    static RunAs forNewData(Path directory, Path program) {
        return Platform.isRoot() ? forRoot(directory, program, accounts("postgres", "nobody")) : MYSELF;
    }

    /** For a data directory that exists: its owner, whoever made it. */
    static RunAs forOwnerOf(Path data) {
        if (!Platform.isRoot()) {
            return MYSELF;
        }
        try {
            int uid = Platform.ownerOf(data);
            int gid = (int) Files.getAttribute(data, "unix:gid");
            if (uid == 0) {
                return namespace();
            }
            List<String> setpriv = setpriv(uid, gid);
            return setpriv.isEmpty() ? withoutSetpriv(uid, gid) : new RunAs(setpriv, uid, gid);
        } catch (IOException e) {
            throw ServerFiles.unwritable(data, e);
        }
    }

    private static RunAs withoutSetpriv(int uid, int gid) {
        List<List<String>> ways = ways(new Account(nameOf(uid), uid, gid));
        return ways.isEmpty() ? namespace() : new RunAs(ways.get(0), uid, gid);
    }

    /** Empty where it is missing. */
    private static List<String> setpriv(int uid, int gid) {
        return Platform.program("setpriv")
                .map(setpriv -> List.of(setpriv.toString(), "--reuid=" + uid, "--regid=" + gid, "--clear-groups", "--"))
                .orElse(List.of());
    }

    /** Says why the chosen way does not work, if it is the way that does not. */
    void check(Path directory, Path program) {
        if (!prefix.isEmpty() && !probe(prefix, directory, program).ok()) {
            forRoot(directory, program, List.of());
            throw closed(directory, program);
        }
    }

    private static RunAs forRoot(Path directory, Path program, List<Account> accounts) {
        boolean unreachable = false;
        for (Account account : accounts) {
            for (List<String> prefix : ways(account)) {
                Programs.Result result = probe(prefix, directory, program);
                if (result.ok()) {
                    return new RunAs(prefix, account.uid(), account.gid());
                }
                unreachable |= result.exit() == UNREACHABLE;
            }
        }
        if (probe(namespace().prefix(), directory, program).ok()) {
            return namespace();
        }
        throw unreachable ? closed(directory, program) : notAllowed();
    }

    private static RunAs namespace() {
        return new RunAs(List.of("unshare", "-U"), 0, 0);
    }

    private static List<List<String>> ways(Account account) {
        List<List<String>> ways = new ArrayList<>();
        List<String> setpriv = setpriv(account.uid(), account.gid());
        if (!setpriv.isEmpty()) {
            ways.add(setpriv);
        }
        Platform.program("runuser")
                .ifPresent(runuser -> ways.add(List.of(runuser.toString(), "-u", account.name(), "--")));
        Platform.program("su")
                .ifPresent(su -> ways.add(
                        List.of(su.toString(), "-s", "/bin/sh", "-c", "exec \"$0\" \"$@\"", "--", account.name())));
        return ways;
    }

    private static Programs.Result probe(List<String> prefix, Path directory, Path program) {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of("/bin/sh", "-c", PROBE, "sh", directory.toString(), program.toString()));
        try {
            return Programs.run(command, "");
        } catch (IOException notThere) {
            return new Programs.Result(127, "");
        }
    }

    private static DatabaseProblem notAllowed() {
        return new DatabaseProblem(
                "DB-016",
                "PostgreSQL refuses to run as root, and this machine lets root neither take another uid (setpriv,"
                        + " runuser, su) nor open a user namespace (unshare -U).",
                "Run equipoise as an ordinary user, or set PGHOST and friends to a PostgreSQL server.");
    }

    static DatabaseProblem closed(Path directory, Path program) {
        Path closed = firstClosed(directory);
        Path shown = closed != null ? closed : firstClosed(program);
        return new DatabaseProblem(
                "DB-017",
                "PostgreSQL refuses to run as root, and the uid it would run under cannot pass through "
                        + (shown == null ? directory : shown) + ".",
                "Use a --home elsewhere, let others pass (chmod o+x), or run equipoise as an ordinary user.");
    }

    private static @Nullable Path firstClosed(Path path) {
        for (int names = 0; names <= path.getNameCount(); names++) {
            Path ancestor = names == 0 ? Path.of("/") : Path.of("/").resolve(path.subpath(0, names));
            try {
                if (!Files.getPosixFilePermissions(ancestor).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                    return ancestor;
                }
            } catch (IOException notThere) {
                return ancestor;
            }
        }
        return null;
    }

    private static String nameOf(int uid) {
        return accounts().stream()
                .filter(account -> account.uid() == uid)
                .findFirst()
                .map(Account::name)
                .orElse(Integer.toString(uid));
    }

    private static List<Account> accounts(String... names) {
        List<Account> all = accounts();
        List<Account> found = new ArrayList<>();
        for (String name : names) {
            all.stream()
                    .filter(account -> account.name().equals(name))
                    .findFirst()
                    .ifPresent(found::add);
        }
        return found;
    }

    private static List<Account> accounts() {
        List<Account> accounts = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(Path.of("/etc/passwd"), StandardCharsets.ISO_8859_1)) {
                account(line).ifPresent(accounts::add);
            }
        } catch (IOException none) {
            return List.of();
        }
        return accounts;
    }

    private static Optional<Account> account(String line) {
        String[] fields = line.split(":", -1);
        return fields.length > 3 && fields[2].matches("[0-9]{1,9}") && fields[3].matches("[0-9]{1,9}")
                ? Optional.of(new Account(fields[0], Integer.parseInt(fields[2]), Integer.parseInt(fields[3])))
                : Optional.empty();
    }
}
