package org.equipoise.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.equipoise.feedback.InboxCheck;
import org.equipoise.feedback.InboxCheck.Answered;
import org.equipoise.submission.Reception;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks into the inboxes now and then and answers what has newly come: a file that looked the same in so many looks
 * in a row is checked, without loading it. Looking is all that works on every file system: network shares send no
 * notices. Times of files are only compared with each other, never with our clock. For one thread; the figures may
 * be asked from any.
 */
public final class InboxWatch {
    private static final Logger LOG = LoggerFactory.getLogger(InboxWatch.class);

    /** How a file looked, and in how many further looks it looked the same. */
    private record Look(long size, Instant modified, int same) {
        boolean equalsFile(InboxMemory.Answered file) {
            return size == file.size() && modified.equals(file.modified());
        }
    }

    /**
     * What lies in the inboxes.
     *
     * @param arriving files that may still be growing, or could not be checked yet
     * @param waiting checked, and the next night takes them in
     * @param taken seen by a night
     * @param ok checks since the start after which there was nothing to mend
     * @param mend checks since the start after which there was
     * @param lookedAt end of the last look
     */
    public record Figures(int arriving, int waiting, int taken, long ok, long mend, Instant lookedAt) {}

    private final Home home;
    private final InboxCheck check;
    private final int stablePolls;
    private final Clock clock;
    private final InboxMemory memory;
    private final Map<String, Look> arriving = new TreeMap<>();
    private final Set<String> unreadable = new HashSet<>();
    private long ok;
    private long mend;
    private volatile Figures figures;
    private volatile boolean nightBegan;

    /**
     * @param stablePolls looks in a row, after the first, that must find a file unchanged
     * @throws IOException if what an earlier process has left in the home cannot be read
     */
    public InboxWatch(Home home, InboxCheck check, int stablePolls, Clock clock) throws IOException {
        this.home = home;
        this.check = check;
        this.stablePolls = stablePolls;
        this.clock = clock;
        memory = new InboxMemory(home.inboxMemory());
        figures = count();
    }

    /** Looks once through all inboxes. Trouble with one leaves the others alone. */
    public void poll() {
        boolean changed = takeNotice();
        Map<String, Look> found = new HashMap<>();
        for (String site : sites()) {
            try {
                look(site, found);
                unreadable.remove(site);
            } catch (IOException e) {
                tellOnce(site, "the inbox cannot be looked into", e);
                keep(site, found);
            }
        }
        changed |= forgetGone(found.keySet());
        arriving.keySet().retainAll(found.keySet());
        for (Map.Entry<String, Look> file : found.entrySet()) {
            changed |= follow(file.getKey(), file.getValue());
        }
        if (changed) {
            save();
        }
        figures = count();
    }

    /** A night is beginning: it takes in whatever has been answered so far. */
    public void nightBegins() {
        nightBegan = true;
    }

    public Figures figures() {
        return figures;
    }

    private boolean takeNotice() {
        if (!nightBegan) {
            return false;
        }
        nightBegan = false;
        memory.answered().replaceAll((file, answered) -> answered.taken());
        return true;
    }

    private List<String> sites() {
        if (!Files.isDirectory(home.sites())) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(home.sites())) {
            return all.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            tellOnce("", "the folder of sites cannot be looked into", e);
            return List.of();
        }
    }

    private void look(String site, Map<String, Look> found) throws IOException {
        for (Path file : Reception.contents(home.inbox(site))) {
            try {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                if (!attributes.isDirectory()) {
                    found.put(
                            site + "/" + file.getFileName(),
                            new Look(
                                    attributes.size(),
                                    attributes.lastModifiedTime().toInstant(),
                                    0));
                }
            } catch (NoSuchFileException e) {
                LOG.debug("A file of {} went while we looked", site);
            }
        }
    }

    /** An inbox that cannot be seen has not lost its files. */
    private void keep(String site, Map<String, Look> found) {
        memory.answered().forEach((file, answered) -> {
            if (siteOf(file).equals(site)) {
                found.put(file, new Look(answered.size(), answered.modified(), 0));
            }
        });
    }

    private boolean forgetGone(Set<String> there) {
        List<String> gone = memory.answered().keySet().stream()
                .filter(file -> !there.contains(file))
                .toList();
        for (String file : gone) {
            memory.answered().remove(file);
            try {
                check.forget(siteOf(file), nameOf(file));
            } catch (IOException e) {
                tellOnce(file, "its feedback cannot be removed", e);
            }
        }
        return !gone.isEmpty();
    }

    /** Returns whether the memory changed. */
    private boolean follow(String file, Look now) {
        InboxMemory.Answered before = memory.answered().get(file);
        if (before != null && now.equalsFile(before)) {
            arriving.remove(file);
            return false;
        }
        Look last = arriving.get(file);
        boolean same =
                last != null && last.size() == now.size() && last.modified().equals(now.modified());
        Look look = new Look(now.size(), now.modified(), same && last != null ? last.same() + 1 : 0);
        arriving.put(file, look);
        if (before == null && last == null && wasAnswered(file, now)) {
            return remember(file, look, false);
        }
        return look.same() >= stablePolls && answer(file, look);
    }

    /** Whether a file that this process sees first has feedback from a night or another process. */
    private boolean wasAnswered(String file, Look look) {
        try {
            Optional<FileTime> answer = check.findAnswer(siteOf(file), nameOf(file));
            return answer.filter(time -> time.toInstant().isAfter(look.modified()))
                    .isPresent();
        } catch (IOException e) {
            return false;
        }
    }

    private boolean remember(String file, Look look, boolean waits) {
        arriving.remove(file);
        memory.answered().put(file, new InboxMemory.Answered(look.size(), look.modified(), waits));
        return true;
    }

    private boolean answer(String file, Look look) {
        String site = siteOf(file);
        if (check.isOtherStudys(site)) {
            return remember(file, look, false);
        }
        try {
            Optional<Answered> answered = check.answer(site, nameOf(file));
            if (answered.isEmpty()) {
                tellOnce(file, "it cannot be checked as long as the study's definitions have mistakes", null);
                return false;
            }
            unreadable.remove(file);
            tell(file, answered.get());
            return !changedMeanwhile(file, look) && remember(file, look, true);
        } catch (IOException e) {
            tellOnce(file, "its feedback cannot be written", e);
            return false;
        }
    }

    /** A file that was exchanged during its check is answered again when it has come to rest. */
    private boolean changedMeanwhile(String file, Look look) throws IOException {
        Path path = home.inbox(siteOf(file)).resolve(nameOf(file));
        if (!Files.exists(path)) {
            return false;
        }
        BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
        return now.size() != look.size() || !now.lastModifiedTime().toInstant().equals(look.modified());
    }

    private void tell(String file, Answered answered) {
        if (answered.mend()) {
            mend++;
        } else {
            ok++;
        }
        LOG.atInfo()
                .addKeyValue("site", siteOf(file))
                .addKeyValue("file", nameOf(file))
                .addKeyValue("verdict", answered.verdict())
                .addKeyValue("rows_received", answered.counts().received())
                .addKeyValue("rows_rejected", answered.counts().rejected())
                .log(
                        "Checked {}: {}, {} rows received, {} rejected",
                        file,
                        answered.mend() ? "please mend" : "ok",
                        answered.counts().received(),
                        answered.counts().rejected());
    }

    private void tellOnce(String what, String trouble, @org.jspecify.annotations.Nullable IOException cause) {
        if (unreadable.add(what)) {
            LOG.warn(
                    "{}: {}{}; tried again at each look",
                    what,
                    trouble,
                    cause == null ? "" : " (" + cause.getClass().getSimpleName() + ")");
        }
    }

    private void save() {
        try {
            memory.save();
        } catch (IOException e) {
            tellOnce("serve/inbox.json", "it cannot be written", e);
        }
    }

    private Figures count() {
        int waiting = (int) memory.answered().values().stream()
                .filter(InboxMemory.Answered::waits)
                .count();
        return new Figures(arriving.size(), waiting, memory.answered().size() - waiting, ok, mend, clock.instant());
    }

    private static String siteOf(String file) {
        return file.substring(0, file.indexOf('/'));
    }

    private static String nameOf(String file) {
        return file.substring(file.indexOf('/') + 1);
    }
}
