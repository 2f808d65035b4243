package org.equipoise.bench;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.equipoise.definition.DefinitionBundle;
import org.equipoise.definition.DefinitionLoader;
import org.equipoise.definition.Instrument;
import org.equipoise.harmonize.HarmonizedParticipant;
import org.equipoise.harmonize.Harmonizer;
import org.equipoise.harmonize.StagedParticipant;
import org.equipoise.harmonize.StagedParticipant.SourcedFact;
import org.equipoise.harmonize.StagedParticipant.SourcedFragment;
import org.equipoise.staging.AssessmentFragment;
import org.equipoise.staging.ParticipantFact;
import org.equipoise.staging.StagingStore.SourcedFinding;
import org.equipoise.vocabulary.InstrumentCode;
import org.equipoise.vocabulary.ParticipantKey;
import org.equipoise.vocabulary.SiteCode;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What an assessment costs to score and to place in an interval, by itself and as part of all that is published of a
 * participant of the shipped study: outcomes, care and content hash. Times are of one assessment.
 *
 * <p>{@code mvn -q -B -Pbench test-compile exec:exec@jmh -Djmh.benchmarks=HarmonizeBenchmark}
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class HarmonizeBenchmark {
    private static final Map<String, Integer> FORMS = Map.of("ZAN-BPD", 9, "BDI-II", 21, "GAF", 1, "WSAS", 5);
    private static final int VISITS = 8;
    private static final int ASSESSMENTS = 32;
    private static final ParticipantKey KEY = new ParticipantKey(new UUID(1, 1));
    private static final LocalDate ZERO = LocalDate.of(2020, 1, 31);

    private final DefinitionBundle definitions = DefinitionLoader.load(
                    Path.of("jobs"), Path.of("jobs/studies/mbt-tau.yaml"))
            .bundle()
            .orElseThrow();
    private final Harmonizer harmonizer = new Harmonizer(definitions);
    private final StagedParticipant participant = staged();

    /** Someone at the sample site whose files have a row an answer, seen every three months. */
    private StagedParticipant staged() {
        Random random = new Random(1);
        List<SourcedFragment> fragments = new ArrayList<>();
        for (int visit = 0; visit < VISITS; visit++) {
            LocalDate day = ZERO.plusMonths(3L * visit).minusDays(random.nextInt(10));
            for (Map.Entry<String, Integer> form : FORMS.entrySet()) {
                fragments.add(new SourcedFragment(
                        answers(form.getKey(), form.getValue(), day, random), 1, 1, false));
            }
        }
        return new StagedParticipant(
                KEY,
                "LH0001",
                new SiteCode("lindholm"),
                fragments,
                List.of(
                        new SourcedFact(new ParticipantFact(KEY, Harmonizer.ARM, "MBT", null, 2, "arm"), 1, 1),
                        new SourcedFact(new ParticipantFact(KEY, "randomised_on", null, ZERO, 2, "randomised"), 1, 1)),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                LocalDate.of(2026, 10, 2));
   }

    private AssessmentFragment answers(String code, int items, LocalDate day, Random random) {
        Instrument instrument = Objects.requireNonNull(definitions.instruments().get(new InstrumentCode(code)));
        short[] values = new short[items];
        for (int i = 0; i < items; i++) {
            Instrument.Item item = instrument.items().get(i);
            values[i] = (short) (item.min() + random.nextInt(item.max() - item.min() + 1));
        }
        return new AssessmentFragment(
                KEY,
                new InstrumentCode(code),
                "responses",
                null,
                null,
                day,
                2,
                values,
                new byte[items],
                null,
                List.of());
    }

    /** A time counts only if everything was placed. */
    @Setup
    public void check() {
        if (harmonize().assessments().size() != ASSESSMENTS) {
            throw new IllegalStateException("not every assessment was placed");
        }
    }

    /** Fragments put together, scored, placed in an interval; what is wrong with them told. */
    @Benchmark
    @OperationsPerInvocation(ASSESSMENTS)
    public List<SourcedFinding> scoreAndPlace() {
        return harmonizer.findFindings(participant);
    }

    /** The same, and every outcome of the study, what care was used, and the content hash. */
    @Benchmark
    @OperationsPerInvocation(ASSESSMENTS)
    public HarmonizedParticipant harmonize() {
        return harmonizer.harmonize(participant);
    }
}
