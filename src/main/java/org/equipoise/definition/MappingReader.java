package org.equipoise.definition;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.equipoise.definition.SiteMapping.Export;
import org.equipoise.definition.SiteMapping.FactColumn;
import org.equipoise.definition.SiteMapping.FactKind;
import org.equipoise.definition.SiteMapping.Membership;
import org.equipoise.definition.SiteMapping.VisitSource;
import org.equipoise.definition.StudyShelf.KnownStudy;
import org.equipoise.vocabulary.IntervalCode;
import org.equipoise.vocabulary.SiteCode;
import org.equipoise.vocabulary.StudyCode;

/** Reads a site's mapping and checks it against itself, its studies and the instruments. */
final class MappingReader {
    private final Part root;
    private final InstrumentShelf instruments;
    private final StudyShelf studies;
    private final List<Study> own = new ArrayList<>();
    private boolean allStudiesKnown = true;

    private MappingReader(Part root, InstrumentShelf instruments, StudyShelf studies) {
        this.root = root;
        this.instruments = instruments;
        this.studies = studies;
    }

    static SiteMapping read(YamlFile file, InstrumentShelf instruments, StudyShelf studies) {
        return new MappingReader(Part.of(file), instruments, studies).read();
    }

    private SiteMapping read() {
        root.file().scalars().forEach((pointer, text) -> tellUnanswered(root.file(), pointer, text));
        List<Membership> memberships = readMemberships();
        StudyTerms terms = new StudyTerms(own, allStudiesKnown);
        List<Export> exports = readExports(terms);
        SiteMapping mapping = new SiteMapping(
                root.at("code").code(SiteCode::new), root.at("name").text(), readZone(), memberships, exports);
        if (!root.file().isMisshapen("/exports")) {
            checkNeededFacts(exports);
        }
        return mapping;
    }

    /** What hangs on the answer is not told again. */
    private static void tellUnanswered(YamlFile file, String pointer, String text) {
        if (text.equals(SiteMapping.UNANSWERED) && !file.isMisshapen(pointer)) {
            String field = YamlFile.field(pointer);
            file.misshapen(
                    pointer,
                    DefinitionProblem.UNANSWERED.at(
                            file.name(), file.line(pointer), field, "an answer", SiteMapping.UNANSWERED, field));
        }
    }

    private ZoneId readZone() {
        Part zone = root.at("zone");
        if (zone.findText().isEmpty()) {
            return ZoneOffset.UTC;
        }
        try {
            return ZoneId.of(zone.text());
        } catch (DateTimeException e) {
            zone.tell(DefinitionProblem.BAD_ZONE, "region and city", zone.text(), zone.text());
            return ZoneOffset.UTC;
        }
    }

    private List<Membership> readMemberships() {
        Uniqueness codes = new Uniqueness("The study");
        List<Membership> memberships = new ArrayList<>();
        for (Part part : root.at("studies").elements()) {
            codes.see(part.at("study"));
            memberships.add(readMembership(part));
        }
        return memberships;
    }

    private Membership readMembership(Part part) {
        StudyCode code = part.at("study").code(StudyCode::new);
        Optional<KnownStudy> known = studies.find(code);
        if (known.isEmpty()) {
            part.at("study")
                    .tell(
                            DefinitionProblem.STUDY_UNKNOWN,
                            "the code of a study",
                            part.at("study").text(),
                            code);
        }
        Optional<Study> study = known.filter(KnownStudy::isSound).map(KnownStudy::study);
        study.ifPresent(own::add);
        allStudiesKnown &= study.isPresent();
        return new Membership(
                code,
                part.at("randomised").node().asBoolean(false),
                part.at("comparator").text(),
                readSchedule(part.at("schedule"), new StudyTerms(study.stream().toList(), study.isPresent())));
    }

    private static List<IntervalCode> readSchedule(Part part, StudyTerms terms) {
        Uniqueness codes = new Uniqueness("The interval");
        List<IntervalCode> schedule = new ArrayList<>();
        for (Part interval : part.elements()) {
            codes.see(interval);
            terms.checkInterval(interval);
            schedule.add(interval.code(IntervalCode::new));
        }
        return schedule;
    }

    private List<Export> readExports(StudyTerms terms) {
        ExportVersions versions = new ExportVersions();
        for (Part part : root.at("exports").elements()) {
            versions.add(part, new ExportReader(part, instruments, terms).read());
        }
        return versions.exports();
    }

    private void checkNeededFacts(List<Export> exports) {
        needFact("arm", exports, FactKind.ARM);
        if (exports.stream().anyMatch(export -> export.visit().source() == VisitSource.DATE)) {
            own.stream().map(Study::timeZero).distinct().forEach(fact -> needFact(fact, exports, FactKind.DATE));
        }
    }

    private void needFact(String fact, List<Export> exports, FactKind kind) {
        if (exports.stream()
                .flatMap(export -> export.facts().stream())
                .map(FactColumn::fact)
                .noneMatch(fact::equals)) {
            root.at("exports")
                    .tell(
                            DefinitionProblem.FACT_NEEDED,
                            "the fact " + fact + " with kind: " + (kind == FactKind.ARM ? "arm" : "date"),
                            null,
                            fact);
        }
    }
}
