package org.equipoise.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.equipoise.testing.TestNight.HEADER;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.equipoise.feedback.InboxCheck;
import org.equipoise.testing.TickingClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looks are made by hand, so time passes only when a test says so. */
class InboxWatchTest {
    private static final Path JOBS = Path.of("src/test/resources/org/equipoise/testing/jobs");
    private static final String NAME = "alpha_2021-02-01.csv";
    private static final String GOOD =
            HEADER + "A1,b,MBT,2020-01-10,2020-01-10,41\nA2,b,TAU,2020-01-12,2020-01-12,43\n";
    /** GAF ends at 100. */
    private static final String BAD = GOOD.replace(",41\n", ",555\n");

    @TempDir
    private Path folder;

    private final TickingClock clock = new TickingClock(Instant.parse("2026-11-25T20:00:00Z"));
    private Home home;
    private InboxWatch watch;
    private Path inbox;

    @BeforeEach
    void newHome() throws IOException {
        home = new Home(folder);
        inbox = Files.createDirectories(home.inbox("alpha"));
        watch = start();
    }

    private InboxWatch start() throws IOException {
        InboxCheck check =
                new InboxCheck(folder, JOBS, JOBS.resolve("studies/mini.yaml"), "java -jar equipoise.jar", clock);
        return new InboxWatch(home, check, 2, clock);
    }

    private void look(int times) {
        for (int i = 0; i < times; i++) {
            clock.pass(Duration.ofSeconds(10));
            watch.poll();
        }
    }

    /** A file as it stood on the share at a second of that hour. */
    private Path put(String name, String text, int second) throws IOException {
        Path file = Files.writeString(inbox.resolve(name), text);
        return Files.setLastModifiedTime(
                file, FileTime.from(Instant.parse("2026-01-10T19:00:00Z").plusSeconds(second)));
    }

    private List<String> inbox() throws IOException {
        return names(inbox);
    }

    private static List<String> names(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private Path checked() {
        return home.outbox("alpha").resolve("checked").resolve(NAME);
    }

    @Test
    void answersAFileThatHasComeToRestAndNotBefore() throws IOException {
        put(NAME, GOOD, 0);
        look(2);
        assertThat(inbox()).containsExactly(NAME);
        assertThat(watch.figures().arriving()).isEqualTo(1);
        look(1);
        assertThat(inbox()).containsExactly(NAME, NAME + " OK.html");
        assertThat(names(checked())).containsExactly("findings.csv", "receipt.html", "receipt.txt", "returned.csv");
        assertThat(Files.readString(checked().resolve("receipt.txt")))
                .contains("WOULD BE ACCEPTED\n")
                .contains("The next night takes the file in. There is nothing more to do.");
        assertThat(watch.figures())
                .isEqualTo(new InboxWatch.Figures(0, 1, 0, 1, 0, Instant.parse("2026-11-25T20:00:30Z")));
    }

    @Test
    void saysWhatToMend() throws IOException {
        put(NAME, BAD, 0);
        look(3);
        assertThat(inbox()).containsExactly(NAME, NAME + " PLEASE MEND.html");
        assertThat(watch.figures().mend()).isEqualTo(1);
    }

    @Test
    void waitsForAFileThatGrowsOrIsTouched() throws IOException {
        put(NAME, HEADER, 0);
        look(2);
        put(NAME, GOOD, 0);
        look(2);
        put(NAME, GOOD, 5);
        look(2);
        assertThat(inbox()).containsExactly(NAME);
        look(1);
        assertThat(inbox()).containsExactly(NAME, NAME + " OK.html");
    }

    @Test
    void passesOverUnfinishedFilesAndItsOwnFeedback() throws IOException {
        List<String> unfinished = List.of(
                "a.csv.tmp", "b.csv.part", "~$c.csv", "d.csv.filepart", ".e.csv", "f.csv.crdownload", "g.csv.TMP");
        for (String name : unfinished) {
            put(name, GOOD, 0);
        }
        put(NAME, GOOD, 0);
        look(10);
        assertThat(inbox())
                .hasSize(unfinished.size() + 2)
                .containsAll(unfinished)
                .contains(NAME, NAME + " OK.html");
        assertThat(watch.figures().ok()).isEqualTo(1);
    }

    /** The new bytes are as many, and their time is older, as when a copy keeps its time: they differ all the same. */
    @Test
    void answersAReplacedFileAnew() throws IOException {
        put(NAME, BAD, 100);
        look(3);
        put(NAME, BAD.replace(",555\n", ",055\n"), 50);
        look(3);
        assertThat(inbox()).containsExactly(NAME, NAME + " OK.html");
        assertThat(watch.figures().mend()).isEqualTo(1);
        assertThat(watch.figures().ok()).isEqualTo(1);
    }

    @Test
    void leavesAnAnswerAloneThatANightHasGivenSince() throws IOException {
        put(NAME, GOOD, 0);
        look(3);
        watch.nightBegins();
        Files.writeString(inbox.resolve(NAME + " OK.html"), "the night's");
        look(1);
        watch = start();
        look(5);
        assertThat(inbox.resolve(NAME + " OK.html")).hasContent("the night's");
        assertThat(watch.figures().taken()).isEqualTo(1);
        assertThat(watch.figures().ok()).isZero();
    }

    @Test
    void takesFeedbackThatIsThereBeforeItsFirstStartForGood() throws IOException {
        put(NAME, GOOD, 0);
        Files.writeString(inbox.resolve(NAME + " PLEASE MEND.html"), "an earlier night's");
        look(5);
        assertThat(inbox()).containsExactly(NAME, NAME + " PLEASE MEND.html");
    }

    @Test
    void removesTheFeedbackToAFileThatHasGone() throws IOException {
        Path file = put(NAME, GOOD, 0);
        look(3);
        Files.delete(file);
        look(1);
        assertThat(inbox()).isEmpty();
        assertThat(checked()).doesNotExist();
        assertThat(watch.figures().waiting()).isZero();
    }

    @Test
    void tellsASiteWhoseNameFitsNoExport() throws IOException {
        put("notes.txt", "hello\n", 0);
        look(3);
        assertThat(inbox()).containsExactly("notes.txt", "notes.txt PLEASE MEND.html");
    }

    @Test
    void waitsForDefinitionsThatHaveMistakes() throws IOException {
        Path study = Files.writeString(folder.resolve("study.yaml"), "code: mini\n");
        watch = new InboxWatch(home, new InboxCheck(folder, JOBS, study, "equipoise", clock), 2, clock);
        put(NAME, GOOD, 0);
        look(5);
        assertThat(inbox()).containsExactly(NAME);
        assertThat(watch.figures().arriving()).isEqualTo(1);
    }
}
