package org.equipoise.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.equipoise.testing.TestNight.standing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.equipoise.pipeline.Withdrawing.Done;
import org.equipoise.pipeline.Withdrawing.Request;
import org.equipoise.staging.Withdrawals.Kind;
import org.equipoise.testing.Traces;
import org.junit.jupiter.api.Test;

/** Files whose rows cannot be told apart, at a site where somebody withdrew consent. */
class RefusedFileErasureTest extends NewHome {
    private static final Request REQUEST = new Request("alpha", "A7", Kind.CONSENT, null, "the test");
    private static final String GOOD = RepeatedNightTest.twelve("A");
    private static final String REFUSED = GOOD.replace("id,visit", "person,visit");

    private Done withdraw() {
        return night.context().getBean(Withdrawing.class).withdraw(REQUEST);
    }

    @Test
    void aRefusedFileIsRemovedWholeAndALaterOneToo() {
        night.put("alpha", "alpha_2021-02-01.csv", GOOD);
        night.put("alpha", "alpha_2021-03-01.csv", REFUSED);
        night.publish();

        Done done = withdraw();

        assertThat(done.files()).isEqualTo(2);
        assertThat(done.removed()).isEqualTo(1);
        assertThat(Traces.of(night, "A7,")).isEmpty();
        assertThat(Traces.of(night, "A8,")).isNotEmpty().allMatch(trace -> trace.startsWith("archive/"));
        night.put("alpha", "alpha_2021-04-01.csv", REFUSED.replace("2021-01-10", "2021-01-11"));
        assertThat(standing(night.publish()))
                .containsExactly(
                        "alpha_2021-02-01.csv effective 36=33+3+0+0",
                        "alpha_2021-03-01.csv rejected 0=0+0+0+0",
                        "alpha_2021-04-01.csv rejected 0=0+0+0+0");
        assertThat(Traces.inFiles(night.home().archive(), "A7,")).isEmpty();
        assertThat(Traces.inFiles(night.home().outbox("alpha"), "A7,")).isEmpty();
        assertThat(night.query("select archive_sha256 is null from submission.submission order by submission_id"))
                .containsExactly("f", "t", "t");
    }

    /** Which rows are whose can be told, whatever else is wrong with it. */
    @Test
    void ofARefusedFileThatSaysWhomRowsAreAboutTheseAreBlanked() {
        night.put("alpha", "alpha_2021-02-01.csv", GOOD);
        night.put("alpha", "alpha_2021-03-01.csv", GOOD.replace(",gaf\n", ",points\n"));
        night.publish();

        Done done = withdraw();

        assertThat(done.files()).isEqualTo(2);
        assertThat(done.removed()).isZero();
        assertThat(night.query("select status, erased_lines from submission.submission order by submission_id"))
                .containsExactly("received|{20,21,22}", "rejected|{20,21,22}");
        assertThat(Traces.of(night, "A7,")).isEmpty();
    }

    /** What a refused file is kept for: it is read when the mapping is mended, out of the inbox then. */
    @Test
    void aRefusedFileInTheInboxIsReadWhenItsMappingIsMended() throws IOException {
        night.put("alpha", "alpha_2021-02-01.csv", GOOD);
        night.publish();
        withdraw();
        night.put("alpha", "alpha_2021-03-01.csv", REFUSED);
        night.publish();
        mapping("record: id", "record: person");

        assertThat(standing(night.publish())).contains("alpha_2021-03-01.csv effective 36=33+3+0+0");

        assertThat(Traces.inFiles(night.home().archive(), "A7,")).isEmpty();
        assertThat(night.hashes("alpha")).hasSize(11);
        assertThat(night.publish().nothingNew()).isTrue();
        assertThat(Traces.inFiles(night.home().archive(), "A7,")).isEmpty();
    }

    @Test
    void aFileInUseThatCannotBeReadIsToldBeforeAnythingIsErased() throws IOException {
        night.put("alpha", "alpha_2021-02-01.csv", GOOD);
        night.publish();
        mapping("record: id", "record: person");

        assertThatThrownBy(this::withdraw)
                .isInstanceOf(RunRefused.class)
                .hasMessage(
                        "These files of alpha cannot be read by its mapping as it is now, so the participant's rows in their"
                                + " archived copies cannot be found: alpha_2021-02-01.csv. Mend the mapping, then withdraw again."
                                + " Nothing was changed.");
        assertThat(night.query("select count(*) from identity.withdrawal")).containsExactly("0");
        assertThat(Traces.inFiles(night.home().archive(), "A7,")).hasSize(1);
    }

    private void mapping(String before, String after) throws IOException {
        Path mapping = night.jobs().resolve("sites/alpha/mapping.yaml");
        String text = Files.readString(mapping);
        assertThat(text).contains(before);
        Files.writeString(mapping, text.replace(before, after));
        night.restart();
    }
}
