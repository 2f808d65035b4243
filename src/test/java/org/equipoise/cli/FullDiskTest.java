package org.equipoise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.equipoise.pipeline.Home;
import org.equipoise.testing.ChildProgram;
import org.equipoise.testing.TestNight;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/**
 * A night whose home lies on a disk that fills up says so in a sentence; with room again, the next one ends as if nothing
 * had been. The disk is one of memory, which only root on Linux can mount.
 */
@Timeout(600)
class FullDiskTest {
    private static final Pattern CONTENT = Pattern.compile("\"content_hash\":\"([0-9a-f]{64})\"");
    private static final int DISK_MEGABYTES = 400;

    /** How much room the nights find, in megabytes. */
    private static final List<Integer> ROOM = List.of(0, 1, 2, 3);

    @TempDir
    private Path folder;

    private Path disk;
    private Path jobs;
    private boolean mounted;

    private record Said(int code, String text) {
        String content() {
            Matcher hash = CONTENT.matcher(text);
            assertThat(hash.find()).as(text).isTrue();
            return hash.group(1);
        }
    }

    @BeforeEach
    void mount() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        disk = Files.createDirectory(folder.resolve("disk"));
        mounted = done("mount", "-t", "tmpfs", "-o", "size=" + DISK_MEGABYTES + "m", "tmpfs", disk.toString());
        if (!mounted) {
            String why =
                    "Skipped: nights on a full disk, as no disk of memory can be mounted here (it takes root on Linux)";
            System.out.println(why);
            abort(why);
        }
        jobs = folder.resolve("jobs");
        FileSystemUtils.copyRecursively(
                Path.of(TestNight.class.getResource("jobs").toURI()), jobs);
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted) {
            assertThat(done("umount", disk.toString())).isTrue();
        }
    }

    private static boolean done(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void aNightWithoutRoomSaysSoAndTheNextWithRoomEndsAsIfNothingHadBeen() throws Exception {
        Path before = folder.resolve("before");
        put(before, "alpha", export("A", 20));
        assertThat(night(before).code()).isZero();
        Path undisturbed = copied(before, folder.resolve("undisturbed"));
        put(undisturbed, "gamma", export("C", 2_000));
        String content = night(undisturbed).content();
        List<Integer> failed = new ArrayList<>();
        for (int room : ROOM) {
            Path home = copied(before, disk.resolve("home"));
            put(home, "gamma", export("C", 2_000));
            Path ballast = fill(room);
            Said said = night(home);
            if (said.code() != 0) {
                failed.add(room);
                assertThat(said.code()).as(said.text()).isEqualTo(1);
                assertThat(said.text())
                        .contains("disk")
                        .contains("is full")
                        .contains("Make room")
                        .doesNotContain("xception")
                        .doesNotContain("\tat ");
            }
            Files.delete(ballast);
            assertThat(night(home).content()).as("after %d MB of room", room).isEqualTo(content);
            FileSystemUtils.deleteRecursively(home);
        }
        assertThat(failed).contains(0, 1);
    }

    private Said night(Path home) throws Exception {
        try (ChildProgram program = ChildProgram.complaining(
                Equipoise.class,
                "--home",
                home.toString(),
                "--jobs",
                jobs.toString(),
                "--study",
                jobs.resolve("studies/mini.yaml").toString(),
                "--format",
                "json",
                "nightly")) {
            String text = program.rest();
            return new Said(program.exitCode(), text);
        }
    }

    private static void put(Path home, String site, String text) throws IOException {
        Path file = Files.createDirectories(new Home(home).inbox(site)).resolve(site + "_2021-01-31.csv");
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(60)));
    }

    private static String export(String prefix, int participants) {
        StringBuilder text = new StringBuilder(TestNight.HEADER);
        for (int i = 1; i <= participants; i++) {
            String id = prefix + i;
            text.append(id)
                    .append(i % 2 == 0 ? ",b,TAU" : ",b,MBT")
                    .append(",2020-01-10,2020-01-10,")
                    .append(40 + i % 9)
                    .append('\n');
            text.append(id).append(",six,,,2020-07-10,").append(45 + i % 11).append('\n');
        }
        return text.toString();
    }

    /** The files of PostgreSQL keep their owner. */
    private static Path copied(Path from, Path to) throws InterruptedException {
        assertThat(done("cp", "-a", from.toString(), to.toString())).isTrue();
        return to;
    }

    /** Leaves so many megabytes on the disk. */
    private Path fill(int room) throws IOException {
        Path ballast = disk.resolve("ballast");
        byte[] megabyte = "x".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
        try (OutputStream out = Files.newOutputStream(ballast)) {
            long pieces = (Files.getFileStore(disk).getUsableSpace() >> 20) - room;
            for (long piece = 0; piece < pieces; piece++) {
                out.write(megabyte);
            }
        }
        return ballast;
    }
}
