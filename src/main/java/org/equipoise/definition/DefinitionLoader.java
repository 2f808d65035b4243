package org.equipoise.definition;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.equipoise.definition.Crosswalk.Point;
import org.equipoise.definition.LoadedSite.Standing;
import org.equipoise.definition.StudyShelf.KnownStudy;
import org.equipoise.vocabulary.CrosswalkCode;
import org.equipoise.vocabulary.InstrumentCode;
import org.equipoise.vocabulary.SiteCode;
import org.equipoise.vocabulary.StudyCode;
import org.jspecify.annotations.Nullable;

/**
 * Reads the definitions of one study: its file, all instruments, and the mappings of all sites. Tells
 * every problem of every file at once; a mapping with errors leaves the other sites as they are. What was right when a
 * snapshot was last published may stand in for what is wrong now.
 */
public final class DefinitionLoader {
    private static final String ENDING = ".yaml";

    private final Path jobs;
    private final Path studyFile;
    /** Made while the first files are read: half of a short command's wait. */
    private final CompletableFuture<SchemaCheck> schemas = CompletableFuture.supplyAsync(SchemaCheck::new);

    private final List<YamlFile> shared = new ArrayList<>();
    /** Instruments' files in whose place a published text stands. */
    private final Set<YamlFile> replaced = new HashSet<>();

    private final Map<StudyCode, Optional<KnownStudy>> studies = new HashMap<>();
    private final SortedMap<String, String> instrumentTexts = new TreeMap<>();
    private final SortedMap<String, String> crosswalkTexts = new TreeMap<>();
    private final SortedMap<String, String> costTexts = new TreeMap<>();
    private final Function<StudyCode, Map<String, PublishedText>> published;
    private @Nullable Map<String, PublishedText> lastPublished;
    private final Map<String, List<String>> chainSteps = new HashMap<>();

    /** Which instruments, crosswalks and unit costs to read. */
    private final Predicate<Path> needed;

    /** Whether what is referred to must be there. */
    private final boolean isWhole;

    private DefinitionLoader(Path jobs, Path studyFile, Predicate<Path> needed) {
        this(jobs, studyFile, needed, study -> Map.of(), true);
    }

    private DefinitionLoader(
            Path jobs,
            Path studyFile,
            Predicate<Path> needed,
            Function<StudyCode, Map<String, PublishedText>> published,
            boolean isWhole) {
        this.jobs = jobs;
        this.studyFile = studyFile;
        this.needed = needed;
        this.published = published;
        this.isWhole = isWhole;
    }

    /**
     * Reads everything the study goes by.
     *
     * @param jobs folder with {@code instruments} and {@code sites}
     * @param studyFile the study, in {@code jobs/studies} or elsewhere
     */
    public static LoadedDefinitions load(Path jobs, Path studyFile) {
        return new DefinitionLoader(whole(jobs), whole(studyFile), path -> true).load(folder -> true);
    }

    /**
     * The same, but a mapping or an instrument that has mistakes now and had none when a snapshot was last published
     * stands as it was then.
     *
     * @param published texts of the bundle by which the study was last published, by kind and code; asked only if
     *     something has mistakes
     */
    public static LoadedDefinitions load(
            Path jobs, Path studyFile, Function<StudyCode, Map<String, PublishedText>> published) {
        return new DefinitionLoader(whole(jobs), whole(studyFile), path -> true, published, true).load(folder -> true);
    }

    /** Reads what a bundle was made of: other studies of its sites, and longer forms that nobody uses, are not there. */
    static LoadedDefinitions loadPart(Path jobs, Path studyFile) {
        return new DefinitionLoader(whole(jobs), whole(studyFile), path -> true, study -> Map.of(), false)
                .load(folder -> true);
    }

    private static Path whole(Path path) {
        return path.toAbsolutePath().normalize();
    }

    /**
     * Reads the study and the mapping of one site only, with what they refer to, as a check of that site's files
     * needs it. The bundle's hash differs from that of the whole study. All instruments, crosswalks and costs are read if
     * anything is wrong, so that what is told names all there are.
     */
    public static LoadedDefinitions load(Path jobs, Path studyFile, SiteCode site) {
        Path folder = whole(jobs);
        Path study = whole(studyFile);
        List<Path> candidates = Stream.of("instruments", "crosswalks", "costs", "studies")
                .flatMap(kind -> list(folder.resolve(kind), DefinitionLoader::isYaml).stream())
                .toList();
        Path mapping = folder.resolve("sites").resolve(site.value()).resolve("mapping.yaml");
        Set<Path> needed = NeededFiles.of(List.of(study, mapping), candidates);
        Predicate<String> thisSite = site.value()::equals;
        LoadedDefinitions few = new DefinitionLoader(folder, study, needed::contains).load(thisSite);
        boolean sound = few.problems().isEmpty()
                && few.sites().values().stream()
                        .allMatch(loaded -> loaded.problems().isEmpty());
        return sound ? few : new DefinitionLoader(folder, study, path -> true).load(thisSite);
    }

    /**
     * Reads the study and one site, with another mapping in place of the site's own: to try it before it is used. The
     * site need not have a folder yet.
     */
    public static LoadedDefinitions load(Path jobs, Path studyFile, SiteCode site, Path mapping) {
        return new DefinitionLoader(whole(jobs), whole(studyFile), path -> true).load(Map.of(site.value(), mapping));
    }

    /** All instruments without mistakes, by code, whether a study uses them or not. */
    public static List<Instrument> loadInstruments(Path jobs) {
        return List.copyOf(new DefinitionLoader(whole(jobs), whole(jobs), path -> true)
                .readInstruments()
                .sound()
                .values());
    }

    private LoadedDefinitions load(Predicate<String> wanted) {
        Map<String, Path> mappings = new LinkedHashMap<>();
        list(jobs.resolve("sites"), Files::isDirectory).stream()
                .filter(folder -> wanted.test(fileName(folder)))
                .forEach(folder -> mappings.put(fileName(folder), folder.resolve("mapping.yaml")));
        return load(mappings);
    }

    /** @param mappingFiles of the sites that are wanted, by the site's folder */
    private LoadedDefinitions load(Map<String, Path> mappingFiles) {
        InstrumentShelf instruments = readInstruments();
        CrosswalkShelf crosswalks = readCrosswalks(instruments);
        UnitCostsShelf costs = readUnitCosts();
        StudyShelf shelf = code -> findStudy(code, instruments, crosswalks, costs);
        YamlFile studyYaml = read(studyFile);
        shared.add(0, studyYaml);
        schemas.join().check("study", studyYaml);
        Study study = StudyReader.read(studyYaml, instruments, crosswalks, costs);
        if (studyFile.startsWith(jobs)) {
            checkName(studyYaml, study.code().value(), baseName(studyFile));
        }
        studies.put(study.code(), Optional.of(new KnownStudy(study, studyYaml.isSound())));

        Map<SiteCode, SiteMapping> mappings = new LinkedHashMap<>();
        SortedMap<String, String> texts = new TreeMap<>();
        SortedMap<String, LoadedSite> sites = new TreeMap<>();
        for (Map.Entry<String, Path> entry : mappingFiles.entrySet()) {
            String name = entry.getKey();
            YamlFile file = read(entry.getValue());
            LoadedSite site = readSite(file, name, instruments, shelf, study.code());
            if (site.standing() == Standing.BROKEN) {
                site = standing(file, site, instruments, shelf, study.code());
            }
            sites.put(name, site);
            if (site.standing() == Standing.TAKES_PART || site.standing() == Standing.STANDS) {
                site.mapping().ifPresent(mapping -> mappings.put(mapping.site(), mapping));
                texts.put("site/" + name, textInUse(site, file));
            }
        }
        boolean sound = shared.stream().allMatch(file -> file.isSound() || replaced.contains(file));
        return new LoadedDefinitions(
                sound
                        ? Optional.of(bundle(study, studyYaml.text(), instruments, crosswalks, mappings, texts))
                        : Optional.empty(),
                shared.stream().flatMap(file -> file.problems().stream()).toList(),
                sites);
    }

    private DefinitionBundle bundle(
            Study study,
            String studyText,
            InstrumentShelf instruments,
            CrosswalkShelf crosswalks,
            Map<SiteCode, SiteMapping> mappings,
            SortedMap<String, String> texts) {
        Map<CrosswalkCode, Crosswalk> conversions = new LinkedHashMap<>();
        metrics(study)
                .flatMap(metric -> metric.crosswalks().stream())
                .sorted(Comparator.comparing(CrosswalkCode::value))
                .forEach(code -> {
                    conversions.put(
                            code, Objects.requireNonNull(crosswalks.sound().get(code.value())));
                    Stream.concat(Stream.of(code.value()), chainSteps.getOrDefault(code.value(), List.of()).stream())
                            .forEach(used -> texts.put("crosswalk/" + used, crosswalkTexts.getOrDefault(used, "")));
                });
        Map<InstrumentCode, Instrument> used = new LinkedHashMap<>();
        for (String code : usedInstruments(study, conversions.values(), mappings.values())) {
            Instrument instrument = instruments.sound().get(code);
            if (instrument != null) {
                used.put(instrument.code(), instrument);
                texts.put("instrument/" + code, instrumentTexts.getOrDefault(code, ""));
            }
        }
        study.outcomes().stream()
                .map(Study.Outcome::source)
                .filter(OutcomeSource.OfCosts.class::isInstance)
                .map(source -> ((OutcomeSource.OfCosts) source).table().code())
                .forEach(code -> texts.put("costs/" + code, costTexts.getOrDefault(code, "")));
        texts.put("study/" + study.code(), studyText);
        return new DefinitionBundle(
                study,
                Collections.unmodifiableMap(used),
                Collections.unmodifiableMap(conversions),
                Collections.unmodifiableMap(mappings),
                Collections.unmodifiableSortedMap(texts),
                Sha256.of(texts));
    }

    private static Stream<OutcomeSource.OfMetric> metrics(Study study) {
        return study.outcomes().stream()
                .map(Study.Outcome::source)
                .filter(OutcomeSource.OfMetric.class::isInstance)
                .map(OutcomeSource.OfMetric.class::cast);
    }

    private static Collection<String> usedInstruments(
            Study study, Collection<Crosswalk> crosswalks, Collection<SiteMapping> mappings) {
        Stream<InstrumentCode> byForms = mappings.stream()
                .flatMap(mapping -> mapping.exports().stream())
                .flatMap(export -> Stream.concat(
                        export.forms().stream().map(SiteMapping.Form::instrument),
                        export.itemRow().stream().flatMap(row -> row.instruments().values().stream())));
        Stream<OutcomeSource.OfScale> byOutcomes =
                study.outcomes().stream().map(Study.Outcome::source).flatMap(source -> source.scales().stream());
        Stream<OutcomeSource.OfScale> byCrosswalks = crosswalks.stream().map(Crosswalk::source);
        Collection<String> codes = new TreeSet<>();
        Stream.concat(byForms, Stream.concat(byOutcomes, byCrosswalks).map(OutcomeSource.OfScale::instrument))
                .map(InstrumentCode::value)
                .forEach(codes::add);
        return codes;
    }

    /** Chains come last, since they are put together from the others. */
    private CrosswalkShelf readCrosswalks(InstrumentShelf instruments) {
        Map<String, Crosswalk> sound = new TreeMap<>();
        Set<String> broken = new TreeSet<>();
        Map<Path, YamlFile> files = readAll("crosswalks");
        for (boolean chains : new boolean[] {false, true}) {
            CrosswalkShelf before = new CrosswalkShelf(Map.copyOf(sound), Set.copyOf(broken));
            files.forEach((path, file) -> {
                if (CrosswalkReader.isChain(file) == chains) {
                    Crosswalk crosswalk = readCrosswalk(path, file, instruments, before);
                    if (file.isSound()) {
                        sound.put(crosswalk.code().value(), crosswalk);
                    } else {
                        broken.add(baseName(path));
                    }
                }
            });
        }
        return new CrosswalkShelf(sound, broken);
    }

    private Crosswalk readCrosswalk(Path path, YamlFile file, InstrumentShelf instruments, CrosswalkShelf before) {
        shared.add(file);
        schemas.join().check("crosswalk", file);
        Optional<CsvFile> csv = readTable(path.resolveSibling(baseName(path) + ".csv"), file);
        Crosswalk crosswalk = CrosswalkReader.read(file, csv.map(CsvFile::points), instruments, before);
        checkName(file, crosswalk.code().value(), baseName(path));
        chainSteps.put(crosswalk.code().value(), CrosswalkReader.steps(file));
        crosswalkTexts.put(
                crosswalk.code().value(), file.text() + csv.map(CsvFile::text).orElse(""));
        return crosswalk;
    }

    /** The table beside a crosswalk. */
    private record CsvFile(String text, List<Point> points) {}

    private Optional<CsvFile> readTable(Path path, YamlFile teller) {
        if (!Files.isRegularFile(path)) {
            return Optional.empty();
        }
        String name = nameOf(path);
        try {
            String text = Files.readString(path).lines().collect(Collectors.joining("\n"));
            return Optional.of(new CsvFile(text, new CrosswalkTable(name, teller).read(text)));
        } catch (IOException e) {
            teller.add(DefinitionProblem.FILE_MISSING.at(name, 0, null, "a readable file", null));
            return Optional.empty();
        }
    }

    private UnitCostsShelf readUnitCosts() {
        Map<String, UnitCosts> sound = new TreeMap<>();
        Set<String> broken = new TreeSet<>();
        readAll("costs").forEach((path, file) -> {
            shared.add(file);
            schemas.join().check("costs", file);
            UnitCosts costs = UnitCostsShelf.read(file);
            checkName(file, costs.code(), baseName(path));
            if (file.isSound()) {
                sound.put(costs.code(), costs);
                costTexts.put(costs.code(), file.text());
            } else {
                broken.add(baseName(path));
            }
        });
        return new UnitCostsShelf(sound, broken);
    }

    private InstrumentShelf readInstruments() {
        Map<String, Instrument> sound = new TreeMap<>();
        Collection<String> broken = new TreeSet<>();
        Map<Path, YamlFile> files = readAll("instruments");
        Map<YamlFile, Instrument> read = new LinkedHashMap<>();
        files.forEach((path, file) -> {
            shared.add(file);
            schemas.join().check("instrument", file);
            Instrument instrument = InstrumentReader.read(file);
            checkName(file, InstrumentShelf.fileName(instrument.code().value()), baseName(path));
            read.put(file, instrument);
            if (file.isSound()) {
                sound.put(instrument.code().value(), instrument);
                instrumentTexts.put(instrument.code().value(), file.text());
            } else if (!stand(file, baseName(path), sound)) {
                broken.add(baseName(path));
                broken.add(InstrumentShelf.fileName(instrument.code().value()));
            }
        });
        InstrumentShelf shelf = new InstrumentShelf(sound, Set.copyOf(broken), isWhole);
        read.forEach((file, instrument) -> {
            if (file.isSound()) {
                InstrumentReader.checkEmbeddings(file, instrument, shelf);
                if (!file.isSound()) {
                    stand(file, InstrumentShelf.fileName(instrument.code().value()), sound);
                }
            }
        });
        return shelf;
    }

    /** Puts the published version of an instrument in the place of a file that has mistakes, if there is one. */
    private boolean stand(YamlFile file, String fileName, Map<String, Instrument> sound) {
        for (Map.Entry<String, PublishedText> text : lastPublished().entrySet()) {
            String code = text.getKey().substring(text.getKey().indexOf('/') + 1);
            if (text.getKey().equals("instrument/" + code)
                    && InstrumentShelf.fileName(code).equals(fileName)) {
                YamlFile then = YamlFile.of(file.name(), text.getValue().text().getBytes(StandardCharsets.UTF_8));
                schemas.join().check("instrument", then);
                Instrument instrument = InstrumentReader.read(then);
                if (then.isSound()) {
                    sound.put(code, instrument);
                    instrumentTexts.put(code, then.text());
                    replaced.add(file);
                    LocalDate day =
                            text.getValue().asOf().atZone(ZoneOffset.UTC).toLocalDate();
                    file.add(DefinitionProblem.INSTRUMENT_STANDS.at(
                            file.name(), 0, null, "an instrument without mistakes", null, day));
                    return true;
                }
            }
        }
        return false;
    }

    private Map<String, PublishedText> lastPublished() {
        Map<String, PublishedText> known = lastPublished;
        if (known == null) {
            known = published.apply(Part.of(read(studyFile)).at("code").code(StudyCode::new));
            lastPublished = known;
        }
        return known;
    }

    private LoadedSite readSite(
            YamlFile file, String folder, InstrumentShelf instruments, StudyShelf shelf, StudyCode study) {
        schemas.join().check("site", file);
        SiteMapping mapping = MappingReader.read(file, instruments, shelf);
        checkName(file, mapping.site().value(), folder);
        boolean named = mapping.findMembership(study).isPresent();
        boolean readable = !mapping.studies().isEmpty() && !file.isMisshapen("/studies");
        Standing standing = named || !readable
                ? (file.isSound() && named ? Standing.TAKES_PART : Standing.BROKEN)
                : Standing.OTHER_STUDY;
        return new LoadedSite(
                folder, standing, file.isSound() ? Optional.of(mapping) : Optional.empty(), file.problems());
    }

    /** What becomes of a site whose mapping has mistakes: it stands by the mapping it was last published with. */
    private LoadedSite standing(
            YamlFile file, LoadedSite broken, InstrumentShelf instruments, StudyShelf shelf, StudyCode study) {
        PublishedText text = lastPublished().get("site/" + broken.folder());
        if (text == null) {
            return broken;
        }
        YamlFile then = YamlFile.of(file.name(), text.text().getBytes(StandardCharsets.UTF_8));
        LoadedSite last = readSite(then, broken.folder(), instruments, shelf, study);
        String expected = "a mapping without mistakes";
        if (last.standing() != Standing.TAKES_PART) {
            file.add(DefinitionProblem.SITE_LEFT_OUT.at(file.name(), 0, null, expected, null));
            return new LoadedSite(broken.folder(), Standing.BROKEN, broken.mapping(), file.problems());
        }
        SiteMapping mapping = last.mapping().orElseThrow();
        LocalDate day = text.asOf().atZone(mapping.zone()).toLocalDate();
        file.add(DefinitionProblem.SITE_STANDS.at(file.name(), 0, null, expected, null, day));
        return new LoadedSite(broken.folder(), Standing.STANDS, Optional.of(mapping), file.problems());
    }

    /** The text of the mapping that counts. */
    private String textInUse(LoadedSite site, YamlFile file) {
        return site.standing() == Standing.STANDS
                ? Objects.requireNonNull(lastPublished().get("site/" + site.folder()))
                        .text()
                : file.text();
    }

    /** Other studies are read as far as mappings refer to them; their own problems are told when they are loaded. */
    private Optional<KnownStudy> findStudy(
            StudyCode code, InstrumentShelf instruments, CrosswalkShelf crosswalks, UnitCostsShelf costs) {
        return studies.computeIfAbsent(code, wanted -> {
            Path path = jobs.resolve("studies").resolve(wanted + ENDING);
            if (!Files.isRegularFile(path)) {
                return isWhole
                        ? Optional.empty()
                        : studies.values().stream()
                                .flatMap(Optional::stream)
                                .findFirst()
                                .map(known -> new KnownStudy(known.study(), false));
            }
            YamlFile file = read(path);
            schemas.join().check("study", file);
            Study study = StudyReader.read(file, instruments, crosswalks, costs);
            return Optional.of(new KnownStudy(study, file.isSound()));
        });
    }

    private static void checkName(YamlFile file, String code, String name) {
        if (!code.equals(name)) {
            Part.of(file).at("code").tell(DefinitionProblem.NAME_DIFFERS, "the code " + name, code, code);
        }
    }

    private YamlFile read(Path path) {
        String name = nameOf(path);
        try {
            return YamlFile.of(name, Files.readAllBytes(path));
        } catch (IOException e) {
            return YamlFile.unreadable(name, DefinitionProblem.FILE_MISSING.at(name, 0, null, "a readable file", null));
        }
    }

    private String nameOf(Path path) {
        return path.startsWith(jobs) ? jobs.relativize(path).toString().replace('\\', '/') : fileName(path);
    }

    private static List<Path> list(Path folder, Predicate<Path> wanted) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.filter(wanted)
                    .filter(path -> !fileName(path).startsWith("."))
                    .sorted(Comparator.comparing(DefinitionLoader::fileName))
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** The needed files of a folder, by name; several are read at once. */
    private Map<Path, YamlFile> readAll(String kind) {
        List<Path> paths = list(jobs.resolve(kind), DefinitionLoader::isYaml).stream()
                .filter(needed)
                .toList();
        List<YamlFile> read = paths.parallelStream().map(this::read).toList();
        Map<Path, YamlFile> files = new LinkedHashMap<>();
        for (int i = 0; i < read.size(); i++) {
            files.put(paths.get(i), read.get(i));
        }
        return files;
    }

    private static boolean isYaml(Path path) {
        return fileName(path).endsWith(ENDING);
    }

    private static String baseName(Path path) {
        String name = fileName(path);
        return name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
    }

    private static String fileName(Path path) {
        return String.valueOf(path.getFileName());
    }
}
