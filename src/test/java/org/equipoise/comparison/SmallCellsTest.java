package org.equipoise.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.equipoise.comparison.SmallCells.Table;
import org.equipoise.comparison.SmallCells.Withheld;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Small tables, worked out on paper, with 5 as the least count that may be told. */
class SmallCellsTest {
    private static final long LEAST = 5;

    private static Table site(String question, String site, long with, long without) {
        return new Table(question, site, true, Map.of("with", with, "without", without));
    }

    private static Table total(String question, long with, long without) {
        return new Table(question, "ALL", false, Map.of("with", with, "without", without));
    }

    private static Set<Withheld> find(Table... tables) {
        return SmallCells.find(List.of(tables), List.of(), LEAST);
    }

    private static Withheld withheld(String site) {
        return new Withheld("q", site);
    }

    @Test
    void nothingIsWithheldWhereNoCountIsSmall() {
        assertThat(find(site("q", "a", 5, 20), site("q", "b", 0, 12), total("q", 5, 32)))
                .isEmpty();
    }

    /** b's 3 alone would be 17 - 8 - 6: the site with the fewest people goes with it, a with 28; 3 and 8 are 11. */
    @Test
    void aSecondSiteIsWithheldSoThatTheFirstDoesNotFollowFromTheTotal() {
        assertThat(find(site("q", "a", 8, 20), site("q", "b", 3, 20), site("q", "c", 6, 40), total("q", 17, 80)))
                .containsExactlyInAnyOrder(withheld("b"), withheld("a"));
    }

    /** 3 and c's 0 are still 3: a goes too, and 3 + 0 + 8 = 11 may follow. */
    @Test
    void moreSitesAreWithheldUntilWhatFollowsIsNotSmall() {
        assertThat(find(
                        site("q", "a", 8, 30),
                        site("q", "b", 3, 20),
                        site("q", "c", 0, 10),
                        site("q", "d", 9, 40),
                        total("q", 20, 100)))
                .containsExactlyInAnyOrder(withheld("b"), withheld("c"), withheld("a"));
    }

    /** 2 and 4 are 6, and 20 and 30 are 50: neither follows from 6 and 50. */
    @Test
    void twoSmallSitesProtectEachOther() {
        assertThat(find(site("q", "a", 2, 20), site("q", "b", 4, 30), site("q", "c", 9, 30), total("q", 15, 80)))
                .containsExactlyInAnyOrder(withheld("a"), withheld("b"));
    }

    @Test
    void theTotalIsWithheldWhereNothingElseHelps() {
        assertThat(find(site("q", "a", 3, 20), total("q", 3, 20)))
                .containsExactlyInAnyOrder(withheld("a"), withheld("ALL"));
        assertThat(find(site("q", "a", 1, 9), site("q", "b", 0, 9), total("q", 1, 18)))
                .containsExactlyInAnyOrder(withheld("a"), withheld("ALL"));
    }

    /** A site that allocates otherwise is in no total: nothing follows of it. */
    @Test
    void aSiteOutsideTheTotalIsWithheldAlone() {
        assertThat(find(
                        site("q", "a", 8, 20),
                        new Table("q", "b", false, Map.of("with", 3L, "without", 20L)),
                        total("q", 8, 20)))
                .containsExactly(withheld("b"));
    }

    /** Recovered, improved and the rest share out the same people: 20 less 9 and 8 would be the 3 who deteriorated. */
    @Test
    void whatIsWithheldOfOneCategoryIsWithheldOfAll() {
        Set<Withheld> found = SmallCells.find(
                List.of(
                        site("recovered", "a", 9, 11),
                        site("improved", "a", 8, 12),
                        site("deteriorated", "a", 3, 17),
                        site("other", "a", 9, 11)),
                List.of(Set.of("recovered", "improved", "deteriorated")),
                LEAST);
        assertThat(found)
                .containsExactlyInAnyOrder(
                        new Withheld("recovered", "a"),
                        new Withheld("improved", "a"),
                        new Withheld("deteriorated", "a"));
    }

    /** Whoever subtracts all that is told from the totals finds no small count, in a thousand random tables. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 8})
    void noSmallCountFollowsFromWhatIsTold(int sites) {
        Random random = new Random(20261129 + sites);
        for (int i = 0; i < 200; i++) {
            List<Table> tables = new ArrayList<>();
            Map<String, Long> sum = new TreeMap<>();
            for (int s = 0; s < sites; s++) {
                Map<String, Long> counts = Map.of(
                        "MBT with", (long) random.nextInt(9),
                        "MBT without", (long) random.nextInt(40),
                        "TAU with", (long) random.nextInt(9),
                        "TAU without", (long) random.nextInt(40));
                counts.forEach((name, count) -> sum.merge(name, count, Long::sum));
                tables.add(new Table("q", "s" + s, true, counts));
            }
            tables.add(new Table("q", "ALL", false, sum));

            Set<Withheld> found = SmallCells.find(tables, List.of(), LEAST);

            Map<String, Long> rest = new TreeMap<>(sum);
            for (Table table : tables) {
                if (!found.contains(withheld(table.site()))) {
                    assertThat(table.counts().values()).noneMatch(SmallCellsTest::isSmall);
                    if (table.inTotal()) {
                        table.counts().forEach((name, count) -> rest.merge(name, -count, Long::sum));
                    }
                }
            }
            if (!found.contains(withheld("ALL"))) {
                assertThat(rest.values()).noneMatch(SmallCellsTest::isSmall);
            }
        }
    }

    private static boolean isSmall(long count) {
        return count >= 1 && count < LEAST;
    }
}
