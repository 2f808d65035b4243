package org.equipoise.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DatabasePageTest {
    private static final Pattern CODE = Pattern.compile("DB-0\\d\\d");

    @Test
    void explainsEveryCodeTheProgramCanSay() throws IOException {
        Set<String> said = new TreeSet<>();
        try (var sources = Files.newDirectoryStream(Path.of("src/main/java/org/equipoise/database"), "*.java")) {
            for (Path source : sources) {
                codes(source, said);
            }
        }
        Set<String> explained = new TreeSet<>();
        codes(Path.of("src/site/markdown/database.md"), explained);
        assertThat(said).isNotEmpty().isEqualTo(explained);
    }

    private static void codes(Path file, Set<String> found) throws IOException {
        Matcher matcher = CODE.matcher(Files.readString(file));
        while (matcher.find()) {
            found.add(matcher.group());
        }
    }
}
