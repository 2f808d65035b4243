package org.equipoise.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.equipoise.testing.ReferencePacks;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/**
 * The public reference packs, record by record. They lie outside the repository; {@code -Dequipoise.reference=DIR} says
 * where. Without them {@link OwnReferenceTest} still proves each method.
 */
class ReferencePackTest {

    @TestFactory
    Stream<DynamicTest> btheb() {
        return pack("btheb");
    }

    @TestFactory
    Stream<DynamicTest> fev() {
        return pack("fev");
    }

    @TestFactory
    Stream<DynamicTest> edge() {
        return pack("edge");
    }

    @TestFactory
    Stream<DynamicTest> bladder() {
        return pack("bladder");
    }

    @TestFactory
    Stream<DynamicTest> respiratory() {
        return pack("respiratory");
    }

    @TestFactory
    Stream<DynamicTest> bcg() {
        return pack("bcg");
    }

    @TestFactory
    Stream<DynamicTest> veteran() {
        return pack("veteran");
    }

    @TestFactory
    Stream<DynamicTest> lung() {
        return pack("lung");
    }

    @TestFactory
    Stream<DynamicTest> myeloid() {
        return pack("myeloid");
    }

    @TestFactory
    Stream<DynamicTest> lalonde() {
        return pack("lalonde");
    }

    @TestFactory
    Stream<DynamicTest> imputed() {
        return pack("mi_btheb");
    }

    @TestFactory
    Stream<DynamicTest> endometrial() {
        return pack("endometrial");
    }

    private static Stream<DynamicTest> pack(String name) {
        Path folder = ReferencePacks.folder(name);
        if (!Files.isDirectory(folder)) {
            String skipped = "reference pack " + name + " not compared: no folder " + folder
                    + "; give the packs' place with -Dequipoise.reference=DIR";
            System.getLogger(ReferencePackTest.class.getName()).log(System.Logger.Level.WARNING, skipped);
            return Stream.of(dynamicTest(name, () -> assumeTrue(false, skipped)));
        }
        ReferencePack pack = ReferencePack.read(folder);
        return pack.records().stream()
                .map(expected -> dynamicTest(expected.get("id").asString(), () -> agree(pack, expected)));
    }

    static void agree(ReferencePack pack, JsonNode expected) {
        Object actual = ReferenceMethods.compute(pack, expected);
        assertThat(Agreement.differences(expected, actual, ReferenceMethods.notOffered(expected)))
                .isEmpty();
    }
}
