package org.equipoise.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Rows by the name of their cluster, stratum or site, in the order of the names, so that results do not depend on which
 * group comes first.
 */
final class Groups {

    private Groups() {}

    static Map<String, List<Integer>> rows(List<String> names) {
        Map<String, List<Integer>> rows = new TreeMap<>();
        for (int i = 0; i < names.size(); i++) {
            rows.computeIfAbsent(names.get(i), name -> new ArrayList<>()).add(i);
        }
        return rows;
    }
}
