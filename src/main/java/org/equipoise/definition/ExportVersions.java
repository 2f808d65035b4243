package org.equipoise.definition;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.equipoise.definition.SiteMapping.Export;

/** The exports of a mapping, of which several may be versions of one. Tells whatever leaves it unclear how a file is read. */
final class ExportVersions {
    /** What must be the same in all versions, since it says what one file does to another. */
    private static final List<String> OF_ALL = List.of("mode", "drop_limit");

    private record Written(Part part, Export export) {}

    private final List<Export> exports = new ArrayList<>();
    private final Map<String, List<Written>> byCode = new HashMap<>();
    private final Map<String, String> codeOfFiles = new HashMap<>();

    void add(Part part, Export export) {
        String files = part.at("files").text();
        if (!codeOfFiles.computeIfAbsent(files, name -> export.code()).equals(export.code())) {
            part.at("files").tell(DefinitionProblem.FILES_CLASH, "names of its own", files);
        }
        List<Written> others = byCode.computeIfAbsent(export.code(), code -> new ArrayList<>());
        Written written = new Written(part, export);
        others.forEach(other -> compare(other, written));
        others.add(written);
        exports.add(export);
    }

    List<Export> exports() {
        return exports;
    }

    private static void compare(Written before, Written written) {
        Export export = written.export;
        Part part = written.part;
        String name = export.version().name();
        if (before.export.version().name().equals(name)) {
            Part told = part.at("version").isPresent() ? part.at("version") : part.at("code");
            told.tell(
                    DefinitionProblem.CODE_TWICE,
                    "each only once",
                    told.text(),
                    part.at("version").isPresent()
                            ? "The version " + name + " of the export " + export.code()
                            : "The export " + export.code());
            return;
        }
        for (String key : OF_ALL) {
            if (!before.part.at(key).text().equals(part.at(key).text())) {
                tellDifference(part, key, before.part.at(key).text());
            }
        }
        if (before.export.rowKey().declared() != export.rowKey().declared()) {
            tellDifference(part, "row_key", before.export.rowKey().declared() ? "row_key" : "");
        }
        if (before.export.shape() != export.shape()) {
            tellDifference(part, "item_row", before.part.at("item_row").isPresent() ? "item_row" : "no item_row");
        }
        if (before.export.fileNames().equals(export.fileNames())
                && before.export.version().isUnclearAgainst(export.version())) {
            part.at("version")
                    .tell(
                            DefinitionProblem.VERSIONS_UNCLEAR,
                            "valid_from and valid_to, or header, that tell them apart",
                            export.version().days(),
                            before.export.version().name(),
                            name,
                            export.code());
        }
    }

    private static void tellDifference(Part part, String key, String expected) {
        part.at(key)
                .tell(
                        DefinitionProblem.VERSION_DIFFERS,
                        expected.isEmpty() ? "no " + key : expected,
                        part.at(key).findText().orElse(null),
                        part.at("code").text(),
                        key);
    }
}
