package org.equipoise.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class NumeralsTest {
    @Test
    void roundsAsTheFormatterOfTheJdkDoes() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(2016);
        double[] values = DoubleStream.concat(
                        DoubleStream.of(
                                0.05, 0.15, 0.25, -1.35, 2.5, 1.005, 1.0005, 1e-9, 1e17, Double.POSITIVE_INFINITY),
                        random.doubles(2000, 1, 1000).map(value -> Math.pow(value, 3) * (value < 500 ? -1 : 1)))
                .toArray();

        for (double value : values) {
            for (int decimals = 0; decimals < 4; decimals++) {
                assertThat(Numerals.fixed(value, decimals))
                        .isEqualTo(String.format(Locale.ROOT, "%." + decimals + "f", value));
            }
        }
    }

    @Test
    void hasNoMinusBeforeNothing() {
        assertThat(Numerals.number(-0.04, 1)).isEqualTo("0.0");
        assertThat(Numerals.number(-0.05, 1)).isEqualTo("−0.1");
    }
}
