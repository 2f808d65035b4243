package org.equipoise.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.equipoise.testing.TestNight;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A night with a site whose control arm is offered structured clinical management. */
class OtherComparatorTest {

    @Test
    void isComparedByItselfAndHasNoPartInTheFamily(@TempDir Path folder) throws IOException {
        try (TestNight night = new TestNight(folder)) {
            Path beta = night.jobs().resolve("sites/beta/mapping.yaml");
            Files.writeString(beta, Files.readString(beta).replace("comparator: TAU", "comparator: SCM"));
            night.put("alpha", "alpha_2021-02-01.csv", RepeatedNightTest.twelve("A"));
            night.put("beta", "beta_2021-02-01.csv", RepeatedNightTest.twelve("B"));

            String page = Files.readString(night.run().report().orElseThrow());

            assertThat(night.query(
                            "select site_code, n_treatment + n_control, options->>'comparator', p_adjusted is null"
                                    + " from comparison.estimate where method = 'ancova' and quantity = 'contrast'"
                                    + " and interval_code = 'm12' and site_code like 'ALL%' order by site_code"))
                    .containsExactly("ALL|12|null|f", "ALL:SCM|12|SCM|t");
            assertThat(page)
                    .contains("Sites whose control arm is offered SCM, together.")
                    .contains("24 participants at 4 sites");
        }
    }
}
