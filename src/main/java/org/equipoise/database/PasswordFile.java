package org.equipoise.database;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** PostgreSQL's password file: {@code host:port:database:user:password}, {@code *} for any, {@code \} before a colon. */
final class PasswordFile {
    private PasswordFile() {}

    /** The first line that fits, as libpq reads it; empty when the file or a fitting line is missing. */
    static Optional<String> find(Path file, String host, String port, String database, String user) {
        List<String> lines;
        try {
            if (!Files.isReadable(file)) {
                return Optional.empty();
            }
            lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new DatabaseProblem(
                    "DB-005",
                    "Cannot read the password file " + file + ": " + PlainWords.sentence(e),
                    "Make it readable for you, or unset PGPASSFILE.",
                    e);
        }
        List<String> wanted = List.of(host, port, database, user);
        for (String line : lines) {
            List<String> fields = fields(line);
            if (!line.startsWith("#") && fields.size() == 5 && fits(fields, wanted)) {
                return Optional.of(fields.get(4));
            }
        }
        return Optional.empty();
    }

    static String line(String host, int port, String database, String user, String password) {
        return String.join(":", escaped(host), Integer.toString(port), escaped(database), escaped(user), password)
                + "\n";
    }

    private static boolean fits(List<String> fields, List<String> wanted) {
        for (int i = 0; i < wanted.size(); i++) {
            if (!fields.get(i).equals("*") && !fields.get(i).equals(wanted.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\' && i + 1 < line.length()) {
                field.append(line.charAt(++i));
            } else if (c == ':') {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace(":", "\\:");
    }
}
