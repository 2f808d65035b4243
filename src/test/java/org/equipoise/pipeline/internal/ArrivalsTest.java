package org.equipoise.pipeline.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.equipoise.pipeline.internal.Arrivals.Arrival;
import org.equipoise.testing.TickingClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArrivalsTest {
    private static final Instant NOW = Instant.parse("2026-11-25T02:00:00Z");

    @TempDir
    private Path inbox;

    private int pauses;
    private Runnable meanwhile = () -> {};
    private final Arrivals arrivals = new Arrivals(new TickingClock(NOW), pause -> {
        pauses++;
        meanwhile.run();
    });

    private Path put(String name, Instant modified) throws IOException {
        Path file = Files.writeString(inbox.resolve(name), "id\n");
        return Files.setLastModifiedTime(file, FileTime.from(modified));
    }

    private List<String> taken() throws InterruptedException {
        List<String> names = new ArrayList<>();
        while (!arrivals.isEmpty()) {
            Optional<Arrival> next = arrivals.next();
            next.ifPresent(arrival -> names.add(arrival.file().getFileName().toString()));
        }
        return names;
    }

    @Test
    void takesFilesThatHaveComeToRestAtOnce() throws Exception {
        arrivals.add("alpha", put("a.csv", NOW.minusSeconds(6)));
        arrivals.add("alpha", put("b.csv", NOW.minusSeconds(86_400)));
        assertThat(taken()).containsExactly("a.csv", "b.csv");
        assertThat(pauses).isZero();
    }

    @Test
    void looksTwiceAtYoungFilesAfterAllOthers() throws Exception {
        arrivals.add("alpha", put("a.csv", NOW));
        arrivals.add("alpha", put("b.csv", NOW.minusSeconds(60)));
        arrivals.add("beta", put("c.csv", NOW.plusSeconds(60))); // the share's clock is ahead of ours
        assertThat(taken()).containsExactly("b.csv", "a.csv", "c.csv");
        assertThat(pauses).isEqualTo(1);
    }

    @Test
    void leavesAFileThatIsStillBeingCopied() throws Exception {
        Path growing = put("a.csv", NOW);
        arrivals.add("alpha", growing);
        arrivals.add("alpha", put("b.csv", NOW));
        meanwhile = () -> {
            try {
                Files.writeString(growing, "1\n", StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
        assertThat(taken()).containsExactly("b.csv");
    }

    @Test
    void hasNothingWhereAllIsStillBeingCopied() throws Exception {
        Path going = put("a.csv", NOW);
        arrivals.add("alpha", going);
        meanwhile = () -> {
            try {
                Files.delete(going);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
        assertThat(taken()).isEmpty();
        assertThat(arrivals.isEmpty()).isTrue();
    }
}
