package org.equipoise.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.equipoise.testing.TestNight.HEADER;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.equipoise.pipeline.Rendering.Rendered;
import org.equipoise.testing.TestNight;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of a night, and the same page written again from what is stored. */
class RenderedReportTest {
    @TempDir
    private Path folder;

    private static String withoutMoment(Path page) throws IOException {
        return Files.readString(page).replaceFirst("Written [0-9: -]+ UTC", "Written");
    }

    /**
     * One seen every time, one at the baseline only, one not at 12 months, whose window is still open on the day of the
     * export.
     */
    @Test
    void countsWhoCameToEachInterval() throws IOException {
        try (TestNight night = new TestNight(folder)) {
            night.put(
                    "alpha",
                    "alpha_2021-02-01.csv",
                    HEADER + "A1,b,MBT,2020-01-10,2020-01-10,40\nA1,six,,,2020-07-10,45\nA1,twelve,,,2021-01-10,50\n"
                            + "A2,b,MBT,2020-01-10,2020-01-10,41\n"
                            + "A3,b,TAU,2020-01-10,2020-01-10,42\nA3,six,,,2020-07-10,43\n");

            assertThat(Files.readString(night.run().report().orElseThrow()))
                    .contains(
                            "<th scope=\"row\">alpha</th><td data-column=\"MBT\">2</td><td data-column=\"TAU\">1</td>")
                    .contains("<th scope=\"row\">6 months</th>" + people("MBT", 2, 1, 1, 0, 0, 0)
                            + people("TAU", 1, 1, 0, 0, 0, 0))
                    .contains("<th scope=\"row\">12 months</th>" + people("MBT", 1, 1, 0, 0, 0, 1)
                            + people("TAU", 0, 0, 0, 0, 0, 1));
        }
    }

    private static String people(String arm, int due, int observed, int missing, int withdrawn, int dead, int notDue) {
        return "<td data-column=\"" + arm + ", due and alive\">" + due + "</td><td data-column=\"" + arm
                + ", observed\">" + observed + "</td><td data-column=\"" + arm + ", missing\">" + missing
                + "</td><td data-column=\"" + arm + ", withdrawn\">" + withdrawn + "</td><td data-column=\"" + arm
                + ", dead\">" + dead + "</td><td data-column=\"" + arm + ", not due\">" + notDue + "</td>";
    }

    @Test
    void writesTheSamePageAgainFromWhatIsStored() throws IOException {
        try (TestNight night = new TestNight(folder)) {
            night.put("alpha", "alpha_2021-02-01.csv", RepeatedNightTest.twelve("A"));
            night.put("beta", "beta_2021-02-01.csv", RepeatedNightTest.twelve("B"));
            Path page = night.run().report().orElseThrow();
            String before = withoutMoment(page);
            Files.delete(page);

            Rendered again =
                    night.context().getBean(Rendering.class).renderCurrent().orElseThrow();

            assertThat(again).isEqualTo(new Rendered(page, 1, true));
            assertThat(withoutMoment(page)).isEqualTo(before).contains("<figcaption><b>Figure 3.</b>");
        }
    }

    @Test
    void saysWhenDefinitionsHaveChangedSince() throws IOException {
        try (TestNight night = new TestNight(folder)) {
            night.put("alpha", "alpha_2021-02-01.csv", RepeatedNightTest.twelve("A"));
            night.run();
            Path study = night.jobs().resolve("studies/mini.yaml");
            Files.writeString(study, Files.readString(study).replace("name: Functioning", "name: How people fare"));
            night.restart();

            assertThat(night.context().getBean(Rendering.class).renderCurrent())
                    .hasValueSatisfying(
                            rendered -> assertThat(rendered.asDefinedNow()).isFalse());
        }
    }

    @Test
    void hasNothingToShowBeforeTheFirstNight() {
        try (TestNight night = new TestNight(folder)) {
            assertThat(night.context().getBean(Rendering.class).renderCurrent()).isEmpty();
        }
    }
}
