package org.equipoise.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.equipoise.testing.TestNight.standing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.equipoise.pipeline.Withdrawing.Done;
import org.equipoise.pipeline.Withdrawing.Request;
import org.equipoise.staging.Withdrawals.Kind;
import org.equipoise.testing.TestNight;
import org.equipoise.testing.Traces;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Somebody withdraws consent after nights, a freeze and a release: whatever is kept afterwards knows nothing of them. */
class ConsentTest extends NewHome {
    private static final String RECORD = "QX7731";

    /** Days and values of nobody else. */
    private static final String[] THEIRS = {RECORD, "2020-01-23", "2020-07-19", "2020-12-29"};

    private static final String ROWS = RECORD + ",b,MBT,2020-01-23,2020-01-23,41\n"
            + RECORD + ",six,,,2020-07-19,not seen\n"
            + RECORD + ",twelve,,,2020-12-29,47\n";

    private static String without(String text) {
        return Stream.of(text.split("(?<=\n)"))
                .filter(line -> !line.startsWith(RECORD))
                .collect(Collectors.joining());
    }

    /** Rows in the middle, so that lines after them could be lost. */
    private static String with(String prefix) {
        String twelve = RepeatedNightTest.twelve(prefix);
        int middle = twelve.indexOf(prefix + "7,");
        return twelve.substring(0, middle) + ROWS + twelve.substring(middle);
    }

    private Done withdraw(TestNight from, Kind kind, @Nullable LocalDate day) {
        return from.context().getBean(Withdrawing.class).withdraw(new Request("alpha", RECORD, kind, day, "the test"));
    }

    private static void deliver(TestNight to, boolean all) {
        String later = with("A").replace(",six,,,2020-07-10,", ",six,,,2020-07-11,");
        to.put("alpha", "alpha_2021-02-01.csv", all ? with("A") : without(with("A")));
        to.put("beta", "beta_2021-02-01.csv", RepeatedNightTest.twelve("B"));
        to.run();
        to.put("alpha", "alpha_2021-03-01.csv", all ? later : without(later));
        to.run();
    }

    @Test
    void nothingIsLeftAndEverybodyElseIsAsInAFreshLoadWithoutThem() {
        deliver(night, true);
        String key = night.query("select participant_key from identity.participant where record_id = '" + RECORD + "'")
                .get(0);
        Pinned frozen = night.context().getBean(Freezing.class).freeze("board", 1L);
        Path release = night.context()
                .getBean(Releasing.class)
                .release(Releasing.Kind.ANALYSIS, "the test")
                .folder();
        assertThat(Traces.of(night, THEIRS)).isNotEmpty();

        Done done = withdraw(night, Kind.CONSENT, null);

        assertThat(done.before()).isFalse();
        assertThat(done.files()).isEqualTo(2);
        assertThat(done.rows()).isEqualTo(6);
        assertThat(done.snapshots()).containsExactly(1L, 2L);
        assertThat(done.frozen()).containsExactly(frozen.name());
        assertThat(done.releases()).hasSize(1);
        assertThat(Traces.of(night, THEIRS)).isEmpty();
        assertThat(Traces.of(night, key)).containsExactly("identity.withdrawal: " + key);
        assertThat(release).doesNotExist();
        assertThat(night.query("select status from comparison.release")).containsExactly("redacted");
        assertThat(night.query("select snapshot_id, status, participants from warehouse.snapshot order by 1"))
                .containsExactly("1|redacted|24", "2|redacted|24");

        Compared compared = night.context().getBean(Comparing.class).compareFrozen("board", true, Progress.NONE);
        assertThat(compared.redacted()).isTrue();
        assertThat(compared.participants()).isEqualTo(24);
        assertThat(compared.differences()).anyMatch(difference -> difference.changed() > 0);
        assertThatThrownBy(() -> night.context().getBean(Releasing.class).release(Releasing.Kind.RESULTS, "the test"))
                .isInstanceOf(RunRefused.class)
                .hasMessage(
                        "A participant who withdrew consent has been erased from the current snapshot, 2; its results"
                                + " still rest on them. Run nightly first.");

        NightSummary next = night.run();

        assertThat(Traces.of(night, THEIRS)).isEmpty();
        assertThat(night.compare(null, true).redacted()).isFalse();
        assertThat(standing(next))
                .containsExactly(
                        "alpha_2021-02-01.csv superseded 39=0+3+0+36",
                        "beta_2021-02-01.csv effective 36=36+0+0+0",
                        "alpha_2021-03-01.csv effective 39=36+3+0+0");
        assertThat(night.query("select line, severity, record_ref, found from staging.finding where code = 'STG-019'"
                        + " and submission_id = 3 order by 1"))
                .containsExactly("20|info|null|null", "21|info|null|null", "22|info|null|null");
        assertThat(next.snapshotId()).isEqualTo(3);
        try (TestNight fresh = new TestNight(folder.resolve("fresh"))) {
            deliver(fresh, false);
            assertThat(night.hashes("alpha")).isEqualTo(fresh.hashes("alpha"));
            assertThat(night.hashes("beta")).isEqualTo(fresh.hashes("beta"));
            assertThat(Traces.rows(night)).isEqualTo(Traces.rows(fresh));
            assertThat(night.query("select distinct code from staging.finding")).containsExactly("STG-019");
            assertThat(night.query("select content_hash from warehouse.snapshot order by 1"))
                    .as("each snapshot's hash is that of those who are left")
                    .containsExactlyInAnyOrderElementsOf(Stream.concat(
                                    fresh.query("select content_hash from warehouse.snapshot").stream(),
                                    Stream.of(next.contentHash()))
                            .toList());
        }
        NightSummary quiet = night.run();
        assertThat(quiet.nothingNew()).isTrue();
        assertThat(quiet.snapshotId()).isEqualTo(next.snapshotId());
        assertThat(Traces.of(night, THEIRS)).isEmpty();
    }

    @Test
    void aLaterFileCannotBringThemBack() throws Exception {
        deliver(night, true);
        withdraw(night, Kind.CONSENT, null);
        night.run();
        String hash = night.run().contentHash();

        Path again = night.put("alpha", "alpha_2021-04-01.csv", with("A").replace("2020-07-10", "2020-07-12"));
        NightSummary summary = night.run();

        assertThat(standing(summary)).endsWith("alpha_2021-04-01.csv effective 39=36+3+0+0");
        assertThat(night.query("select line, severity, record_ref, found from staging.finding where code = 'STG-018'"))
                .containsExactly("20|error|null|null", "21|error|null|null", "22|error|null|null");
        assertThat(night.hashes("alpha")).hasSize(12);
        assertThat(summary.contentHash()).isNotEqualTo(hash);
        assertThat(Traces.inFiles(night.home().folder(), THEIRS))
                .as("the site's own file is the site's to replace")
                .allMatch(trace -> trace.startsWith("sites/alpha/inbox/alpha_2021-04-01.csv: "));
        Files.delete(again);
        assertThat(Traces.of(night, THEIRS)).isEmpty();
        assertThat(night.query("select received_sha256 = archive_sha256, erased_lines from submission.submission"
                        + " order by submission_id"))
                .containsExactly("f|{20,21,22}", "t|null", "f|{20,21,22}", "f|{20,21,22}");

        // an old file again, which was checked before the night as if nobody had withdrawn
        Path checked = Files.createDirectories(
                night.home().outbox("alpha").resolve("checked").resolve("alpha_2021-02-01.csv"));
        Files.writeString(checked.resolve("returned.csv"), with("A"));
        night.put("alpha", "alpha_2021-02-01.csv", with("A"));
        night.run();
        assertThat(Traces.inFiles(night.home().outbox("alpha"), THEIRS)).isEmpty();
        assertThat(Traces.inFiles(night.home().archive(), THEIRS)).isEmpty();

        // read again, by other definitions: the blank rows are known for what they are
        night.redefine("{code: MBT, name: Treatment", "{code: MBT, name: The treatment");
        night.run();
        assertThat(night.hashes("alpha")).hasSize(12);
        assertThat(Traces.inFiles(night.home().archive(), THEIRS)).isEmpty();
    }

    /** Another study may not have taken the file in yet. */
    @Test
    void inAnInboxThatStudiesShareTheSitesFileStays() throws Exception {
        Path mapping = night.jobs().resolve("sites/alpha/mapping.yaml");
        Files.writeString(
                mapping,
                Files.readString(mapping)
                        .replace(
                                "studies:\n",
                                "studies:\n  - {study: other, randomised: true, comparator: TAU, schedule: [baseline]}\n"));
        Path file = night.put("alpha", "alpha_2021-02-01.csv", with("A"));
        night.publish();

        withdraw(night, Kind.CONSENT, null);

        assertThat(file).exists();
        assertThat(Traces.inFiles(night.home().archive(), THEIRS)).isEmpty();
        night.publish();
        assertThat(night.hashes("alpha")).hasSize(12);
        assertThat(Traces.inFiles(night.home().archive(), THEIRS)).isEmpty();
    }

    @Test
    void whatCannotBeUndoneIsToldBeforeAndTwiceIsOnce() {
        deliver(night, true);
        List<String> before = Traces.of(night, THEIRS);
        Request request = new Request("alpha", RECORD, Kind.CONSENT, null, "the test");

        Done would = night.context().getBean(Withdrawing.class).foresee(request);

        assertThat(would.rows()).isEqualTo(6);
        assertThat(would.snapshots()).containsExactly(1L, 2L);
        assertThat(Traces.of(night, THEIRS)).isEqualTo(before);
        assertThat(withdraw(night, Kind.CONSENT, null)).isEqualTo(would);
        assertThat(withdraw(night, Kind.CONSENT, null).before()).isTrue();
        assertThatThrownBy(() -> withdraw(night, Kind.FOLLOW_UP, LocalDate.of(2020, 3, 1)))
                .isInstanceOf(RunRefused.class)
                .hasMessage(
                        "This participant has withdrawn consent and was erased. There is nothing left to withdraw.");
    }
}
