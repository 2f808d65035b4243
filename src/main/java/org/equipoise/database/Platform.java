package org.equipoise.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Facts about this machine. */
final class Platform {
    private Platform() {}

    static boolean isWindows() {
        return System.getProperty("os.name", "").startsWith("Windows");
    }

    static boolean isMac() {
        return System.getProperty("os.name", "").startsWith("Mac");
    }

    static boolean isRoot() {
        return !isWindows() && isRoot(Path.of("/proc/self/status"));
    }

    /** By the effective uid: {@code Uid: real effective saved file-system}. */
    static boolean isRoot(Path processStatus) {
        try (Stream<String> lines = Files.lines(processStatus)) {
            return lines.anyMatch(line -> line.matches("Uid:\\s+\\d+\\s+0\\s.*"));
        } catch (IOException notLinux) {
            return "root".equals(System.getProperty("user.name", ""));
        }
    }

    static int ownerOf(Path path) throws IOException {
        return (int) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    }

    /** Names under which the published binaries of this machine may lie on the class path. */
    static List<String> binaryResources() {
        String system = isWindows() ? "windows" : isMac() ? "darwin" : "linux";
        String machine = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        String arch = machine.equals("aarch64") || machine.equals("arm64") ? "arm_64" : "x86_64";
        return List.of("postgres-" + system + "-" + arch + ".txz");
    }

    /** The program's path: PATH first, then where system programs live even if PATH is short. */
    static Optional<Path> program(String name) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.concat(Stream.of(path.split(":", -1)), Stream.of("/usr/bin", "/bin", "/usr/sbin", "/sbin"))
                .filter(directory -> directory.startsWith("/"))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * Memory in bytes that this process may use: the machine's, or its container's limit if lower. Read from files,
     * because the JDK's management beans cost 50 ms to load. Unknown is 0.
     */
    static long memoryBytes() {
        long machine = 0;
        try (Stream<String> lines = Files.lines(Path.of("/proc/meminfo"))) {
            machine = lines.filter(line -> line.startsWith("MemTotal:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException | NumberFormatException notLinux) {
            return 0;
        }
        long version2 = limit("/sys/fs/cgroup/memory.max");
        return Math.min(machine, Math.min(version2, limit("/sys/fs/cgroup/memory/memory.limit_in_bytes")));
    }

    private static long limit(String file) {
        try {
            String text = Files.readString(Path.of(file)).strip();
            return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : Long.MAX_VALUE;
        } catch (IOException noLimitThere) {
            return Long.MAX_VALUE;
        }
    }

    /** Bytes of shared memory for parallel queries, as containers often give only 64 MB; unknown is {@code MAX_VALUE}. */
    static long sharedMemoryBytes() {
        try {
            return Files.getFileStore(Path.of("/dev/shm")).getTotalSpace();
        } catch (IOException notLinux) {
            return Long.MAX_VALUE;
        }
    }
}
