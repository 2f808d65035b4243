package org.equipoise.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The committed cases: constructed data and the numbers R 4.2.2 gives for them. {@code reference/reference.R} builds
 * them, {@code reference/mixed-model.R} and {@code reference/mixed-model-clusters.R} those of mixed models,
 * {@code reference/meta-regression.R} those of moderators; the versions of the R packages, the call and the tolerance stand beside each number.
 */
class OwnReferenceTest {

    @TestFactory
    Stream<DynamicTest> agreesWithR() {
        return Stream.of(
                        "samples",
                        "tables",
                        "scores",
                        "status",
                        "counts",
                        "times",
                        "competing",
                        "followup",
                        "therapists",
                        "trials",
                        "moderators",
                        "imputed",
                        "propensity",
                        "decisions",
                        "imputation")
                .flatMap(OwnReferenceTest::tests);
    }

    private static Stream<DynamicTest> tests(String name) {
        ReferencePack pack = pack(name);
        return pack.records().stream()
                .map(expected -> dynamicTest(
                        name + "/" + expected.get("id").asString(), () -> ReferencePackTest.agree(pack, expected)));
    }

    static ReferencePack pack(String name) {
        try {
            return ReferencePack.read(Path.of(Objects.requireNonNull(OwnReferenceTest.class.getResource("reference"))
                            .toURI())
                    .resolve(name));
        } catch (URISyntaxException e) {
            throw new IllegalStateException("place of the reference cases", e);
        }
    }

    /** The comparison itself must be able to fail: a number off by more than its tolerance is reported. */
    @ParameterizedTest
    @ValueSource(doubles = {1 + 3e-8, 1 - 3e-8, 0, Double.POSITIVE_INFINITY})
    void reportsNumberOutsideTolerance(double factor) {
        ReferencePack pack = pack("samples");
        var welch = pack.records().get(1);
        var computed = ReferenceMethods.object(
                "diff", 1, "se", welch.get("result").get("se").doubleValue() * factor);
        assertThat(Agreement.differences(welch, computed, Set.of())).anyMatch(line -> line.startsWith("se: expected"));
    }

    @Test
    void reportsMainKeyThatIsMissing() {
        var welch = pack("samples").records().get(1);
        assertThat(Agreement.differences(welch, ReferenceMethods.object("p", 1), Set.of()))
                .anyMatch(line -> line.startsWith("ci_lower: expected"));
    }
}
