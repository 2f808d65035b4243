package org.equipoise;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.io.FileReader;
import java.io.FileWriter;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Formatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Scanner;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;

/**
 * What the build holds of the shape of the code, by name. The rules take the root package, so that the wrong examples
 * under {@code org.equipoise.wrong} are judged by the very rules that hold for the program.
 */
final class HouseRules {
    /** The JDK, and annotations that say something of a package and bring nothing along. */
    private static final String[] MARKS = {
        "java..", "javax.crypto..", "org.jspecify.annotations..", "org.springframework.modulith"
    };

    private static final Set<Class<?>> BYTES_AND_TEXT = Set.of(
            FileReader.class,
            FileWriter.class,
            InputStreamReader.class,
            OutputStreamWriter.class,
            PrintStream.class,
            PrintWriter.class,
            Scanner.class,
            String.class);

    private final String root;

    HouseRules(String root) {
        this.root = root;
    }

    Map<String, ArchRule> all() {
        Map<String, ArchRule> rules = new LinkedHashMap<>();
        rules.put("statistics knows only itself", knowsOnlyItself("statistics", "org.apache.commons.statistics.."));
        rules.put("vocabulary knows only itself", knowsOnlyItself("vocabulary"));
        rules.put("no feature knows the doors", noFeatureKnowsTheDoors());
        rules.put("JDBC only in internal", jdbcOnlyInInternal());
        rules.put("Batch only in the pipeline", batchOnlyInThePipeline());
        rules.put("no skip without a finding", noSkipWithoutAFinding());
        rules.put("no now without a clock", noNowWithoutAClock());
        rules.put("no unseeded random", noUnseededRandom());
        rules.put("nothing printed outside cli", nothingPrintedOutsideCli());
        rules.put("no format without a locale", noFormatWithoutALocale());
        rules.put("no default charset", noDefaultCharset());
        rules.put("no field injection", GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION);
        return rules;
    }

    private String in(String module) {
        return root + "." + module + "..";
    }

    /** The estimators must stay usable on their own; a distribution library is their one named exception. */
    private ArchRule knowsOnlyItself(String module, String... libraries) {
        return classes()
                .that()
                .resideInAPackage(in(module))
                .should()
                .onlyDependOnClassesThat(resideInAPackage(in(module))
                        .or(resideInAnyPackage(MARKS))
                        .or(resideInAnyPackage(libraries))
                        .or(arraysOfPrimitives()))
                .allowEmptyShould(true);
    }

    private static DescribedPredicate<JavaClass> arraysOfPrimitives() {
        return DescribedPredicate.describe(
                "primitive",
                type -> type.isPrimitive() || type.getBaseComponentType().isPrimitive());
    }

    private ArchRule noFeatureKnowsTheDoors() {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .and()
                .resideOutsideOfPackages(in("cli"), in("pipeline"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(in("cli"), in("pipeline"))
                .allowEmptyShould(true);
    }

    /**
     * Two exceptions. {@code database} is JDBC: connections, copying, read-only questions. {@code staging.FragmentRows}
     * turns rows of staging into fragments for the room that reads that relation, so it must see the result set.
     */
    private ArchRule jdbcOnlyInInternal() {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .and()
                .resideOutsideOfPackages("..internal..", in("database"))
                .and()
                .doNotHaveFullyQualifiedName(root + ".staging.FragmentRows")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..", "org.springframework.jdbc..", "org.postgresql..")
                .allowEmptyShould(true);
    }

    private ArchRule batchOnlyInThePipeline() {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .and()
                .resideOutsideOfPackage(root + ".pipeline.internal..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework.batch..")
                .allowEmptyShould(true);
    }

    /** A skip limit would drop rows that nobody hears of; what is wrong with a row is a finding. */
    private ArchRule noSkipWithoutAFinding() {
        return callsNothing("make a step fault tolerant", call -> call.getName().equals("faultTolerant"));
    }

    private ArchRule noNowWithoutAClock() {
        return callsNothing("read the machine's clock", call -> {
            CodeUnitCallTarget target = call.getTarget();
            boolean now = target.getName().equals("now")
                    && call.getTargetOwner().getPackageName().equals("java.time")
                    && !takes(target, Clock.class);
            boolean millis = call.getTargetOwner().isEquivalentTo(System.class)
                    && target.getName().equals("currentTimeMillis");
            boolean date = call.getTargetOwner().isEquivalentTo(java.util.Date.class)
                    && target.getName().equals("<init>")
                    && target.getRawParameterTypes().isEmpty();
            return now || millis || date;
        });
    }

    /** {@code SecureRandom} makes the installation's secret and the database's passwords, which must not repeat. */
    private ArchRule noUnseededRandom() {
        return callsNothing("draw without a seed", call -> {
            CodeUnitCallTarget target = call.getTarget();
            boolean unseeded = List.of(Random.class, SplittableRandom.class).stream()
                            .anyMatch(call.getTargetOwner()::isEquivalentTo)
                    && target.getName().equals("<init>")
                    && target.getRawParameterTypes().isEmpty();
            boolean hidden = (call.getTargetOwner().isEquivalentTo(Math.class)
                            && target.getName().equals("random"))
                    || call.getTargetOwner().isEquivalentTo(ThreadLocalRandom.class)
                    || (call.getTargetOwner().isEquivalentTo(UUID.class)
                            && target.getName().equals("randomUUID"));
            boolean secure = call.getTargetOwner().isEquivalentTo(SecureRandom.class)
                    && !call.getOriginOwner().getPackageName().equals(root + ".database")
                    && !call.getOriginOwner().getName().equals(root + ".pipeline.Secret");
            return unseeded || hidden || secure;
        });
    }

    private ArchRule nothingPrintedOutsideCli() {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .and()
                .resideOutsideOfPackage(in("cli"))
                .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
                .allowEmptyShould(true);
    }

    private ArchRule noFormatWithoutALocale() {
        return callsNothing("format as the machine does", call -> {
            CodeUnitCallTarget target = call.getTarget();
            boolean format = Set.of("format", "formatted", "printf").contains(target.getName())
                    && List.of(String.class, PrintStream.class, PrintWriter.class).stream()
                            .anyMatch(call.getTargetOwner()::isEquivalentTo);
            boolean formatter = call.getTargetOwner().isEquivalentTo(Formatter.class)
                    && target.getName().equals("<init>");
            boolean changesCase = call.getTargetOwner().isEquivalentTo(String.class)
                    && Set.of("toLowerCase", "toUpperCase").contains(target.getName());
            return (format || formatter || changesCase) && !takes(target, Locale.class);
        });
    }

    private ArchRule noDefaultCharset() {
        return callsNothing("use the machine's charset", call -> {
            CodeUnitCallTarget target = call.getTarget();
            boolean asks = call.getTargetOwner().isEquivalentTo(Charset.class)
                    && target.getName().equals("defaultCharset");
            boolean getsBytes = call.getTargetOwner().isEquivalentTo(String.class)
                    && target.getName().equals("getBytes")
                    && target.getRawParameterTypes().isEmpty();
            boolean bridges = target.getName().equals("<init>")
                    && BYTES_AND_TEXT.stream().anyMatch(call.getTargetOwner()::isEquivalentTo)
                    && target.getRawParameterTypes().stream().anyMatch(HouseRules::isBytes)
                    && !namesItsCharset(target);
            return asks || getsBytes || bridges;
        });
    }

    private static boolean isBytes(JavaClass type) {
        return type.isEquivalentTo(byte[].class)
                || type.isEquivalentTo(InputStream.class)
                || type.isEquivalentTo(OutputStream.class);
    }

    private static boolean namesItsCharset(CodeUnitCallTarget target) {
        return takes(target, Charset.class)
                || takes(target, CharsetEncoder.class)
                || takes(target, CharsetDecoder.class)
                || takes(target, String.class);
    }

    private static boolean takes(CodeUnitCallTarget target, Class<?> parameter) {
        return target.getRawParameterTypes().stream().anyMatch(type -> type.isEquivalentTo(parameter));
    }

    private ArchRule callsNothing(String does, Predicate<JavaCall<?>> wrong) {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .should()
                .callCodeUnitWhere(DescribedPredicate.describe(does, wrong))
                .allowEmptyShould(true);
    }
}
