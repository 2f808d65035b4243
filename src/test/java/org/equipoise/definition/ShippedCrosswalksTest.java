package org.equipoise.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShippedCrosswalksTest {
    private static List<String> names() {
        return ShippedCrosswalks.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void loadsWithoutAProblem(String name) {
        assertThat(ShippedCrosswalks.problems(name)).isEmpty();
        assertThat(ShippedCrosswalks.get(name).code().value()).isEqualTo(name);
    }
}
