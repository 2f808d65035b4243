package org.equipoise.staging.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.equipoise.staging.Finding;
import org.equipoise.vocabulary.FindingCode;
import org.equipoise.vocabulary.Place;

/** Finds columns by header, whatever the case; collects what is missing, doubled or new. */
final class HeaderIndex {
    private final String file;
    private final int headerLine;
    private final List<String> header;
    private final Map<String, Integer> byName = new HashMap<>();
    private final boolean[] used;
    private final List<Finding> problems = new ArrayList<>();
    private final Set<String> gone = new LinkedHashSet<>();

    HeaderIndex(String file, int headerLine, List<String> header) {
        this.file = file;
        this.headerLine = headerLine;
        this.header = header;
        used = new boolean[header.size()];
        for (int i = 0; i < header.size(); i++) {
            String name = Texts.folded(header.get(i));
            if (!name.isEmpty() && byName.putIfAbsent(name, i) != null) {
                problems.add(Finding.of(
                        FindingCode.STG_006, Place.column(file, headerLine, header.get(i)), "each header once", null));
            }
        }
    }

    /** The position of a column that must be there; -1 and a problem when it is not. */
    int need(String column) {
        Integer position = byName.get(Texts.folded(column));
        if (position == null) {
            gone.add(column);
            return -1;
        }
        used[position] = true;
        return position;
    }

    /** What keeps the file from being read. */
    List<Finding> problems() {
        Map<String, String> renamed = RenamedColumns.of(List.copyOf(gone), unused());
        List<Finding> all = new ArrayList<>(problems);
        for (String column : gone) {
            String now = renamed.get(column);
            all.add(Finding.of(
                    FindingCode.STG_007,
                    Place.column(file, headerLine, column),
                    "a column named " + column,
                    (now == null ? "" : "perhaps renamed: " + now + "; ") + "the columns "
                            + String.join(", ", header)));
        }
        return all;
    }

    /** Columns that nothing asked for. */
    List<String> unused() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < header.size(); i++) {
            if (!used[i] && !header.get(i).isEmpty()) {
                names.add(header.get(i));
            }
        }
        return names;
    }
}
