package org.equipoise.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.equipoise.testing.ChildProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PostgresBinariesTest {
    @TempDir
    private Path temporary;

    @Test
    void twoAtOnceUnpackOnceAndRemoveWhatAKilledOneLeft() throws IOException {
        Path cache = temporary.resolve("cache");
        Path spare = temporary.resolve("spare");
        Files.createDirectories(cache.resolve("unpack-killed").resolve("bin"));
        var other = CompletableFuture.supplyAsync(() -> PostgresBinaries.in(cache, spare));
        PostgresBinaries binaries = PostgresBinaries.in(cache, spare);
        assertThat(other.join()).isEqualTo(binaries);
        assertThat(binaries.majorVersion()).isEqualTo("18");
        assertThat(Programs.run(List.of(binaries.postgres().toString(), "--version"), "")
                        .output())
                .startsWith("postgres (PostgreSQL) 18.");
        try (var entries = Files.list(cache)) {
            assertThat(entries).containsExactlyInAnyOrder(binaries.root(), cache.resolve("unpack.lock"));
        }
        assertThat(spare).doesNotExist();
    }

    @Test
    void aCommandKilledWhileUnpackingLeavesNothingThatDisturbsTheNext() throws IOException {
        Path cache = temporary.resolve("cache");
        try (ChildProgram command = LeaseHolder.inAnotherProcess(temporary.resolve("home"), cache)) {
            ChildProgram.await(() -> unpacking(cache));
            command.kill();
        }
        assertThat(unpacking(cache)).isTrue();
        PostgresBinaries binaries = PostgresBinaries.in(cache, temporary.resolve("spare"));
        assertThat(binaries.majorVersion()).isEqualTo("18");
        assertThat(unpacking(cache)).isFalse();
    }

    private static boolean unpacking(Path cache) {
        String[] names = cache.toFile().list((directory, name) -> name.startsWith("unpack-"));
        return names != null && names.length > 0;
    }

    @Test
    void cacheIsTheUsersUnlessChosen() {
        assertThat(PostgresBinaries.defaultCache(temporary, Map.of("EQUIPOISE_CACHE", "/elsewhere")))
                .isEqualTo(Path.of("/elsewhere"));
        Path byDefault = PostgresBinaries.defaultCache(temporary, Map.of("XDG_CACHE_HOME", "/xdg"));
        assertThat(byDefault).isEqualTo(Path.of(Platform.isRoot() ? "/var/cache/equipoise" : "/xdg/equipoise"));
    }
}
