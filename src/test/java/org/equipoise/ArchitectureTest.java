package org.equipoise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.stream.Stream;
import org.equipoise.vocabulary.SiteCode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.modulith.core.ApplicationModules;
import org.springframework.modulith.core.Violations;

/** The shape of the code: who may know whom, and what no class may do. Each rule is also shown to fail. */
class ArchitectureTest {
    private static final String ROOT = "org.equipoise";
    private static final String WRONG = "org.equipoise.wrong";

    /** The wrong example that each rule must refuse, by the rule's name. */
    private static final Map<String, String> REFUSED = Map.ofEntries(
            Map.entry("statistics knows only itself", "statistics.KnowsTheStore"),
            Map.entry("vocabulary knows only itself", "vocabulary.KnowsALibrary"),
            Map.entry("no feature knows the doors", "staging.KnowsTheDoors"),
            Map.entry("JDBC only in internal", "statistics.KnowsTheStore"),
            Map.entry("Batch only in the pipeline", "staging.SkipsRows"),
            Map.entry("no skip without a finding", "staging.SkipsRows"),
            Map.entry("no now without a clock", "staging.AsksTheMachine.now"),
            Map.entry("no unseeded random", "staging.AsksTheMachine.draw"),
            Map.entry("nothing printed outside cli", "staging.AsksTheMachine.print"),
            Map.entry("no format without a locale", "staging.AsksTheMachine.format"),
            Map.entry("no default charset", "staging.AsksTheMachine.bytes"),
            Map.entry("no field injection", "staging.HasFieldsFilled"));

    /** What lies where the program lies: whatever a build names the folder of its tests, they are not in it. */
    private static final ImportOption OWN = location -> location.contains(ArchitectureTest.folderOfProgram());

    private static final JavaClasses PROGRAM =
            new ClassFileImporter().withImportOption(OWN).importPackages(ROOT);
    private static final JavaClasses WRONGS = new ClassFileImporter().importPackages(WRONG);

    @Test
    void modulesKnowOnlyWhomTheyMayKnow() {
        ApplicationModules.of(ROOT, OWN).verify();
    }

    private static String folderOfProgram() {
        return SiteCode.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath();
    }

    @Test
    void refusesAModuleThatKnowsWhomItMayNot() {
        ApplicationModules wrong = ApplicationModules.of(WRONG, location -> true);

        assertThatThrownBy(wrong::verify)
                .isInstanceOf(Violations.class)
                .hasMessageContaining("Module 'staging' depends on module 'pipeline'");
    }

    @TestFactory
    Stream<DynamicTest> program() {
        return new HouseRules(ROOT)
                .all().entrySet().stream()
                        .map(rule -> DynamicTest.dynamicTest(
                                rule.getKey(), () -> rule.getValue().check(PROGRAM)));
    }

    @TestFactory
    Stream<DynamicTest> eachRuleRefusesItsWrongExample() {
        return new HouseRules(WRONG)
                .all().entrySet().stream()
                        .map(rule -> DynamicTest.dynamicTest(
                                rule.getKey(),
                                () -> assertThat(rule.getValue()
                                                .evaluate(WRONGS)
                                                .getFailureReport()
                                                .getDetails())
                                        .anySatisfy(detail -> assertThat(detail)
                                                .contains(WRONG + "." + REFUSED.get(rule.getKey())))));
    }
}
