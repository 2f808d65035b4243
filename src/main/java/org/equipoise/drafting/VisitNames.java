package org.equipoise.drafting;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds visits in the names of columns: T0 and T1 in {@code BDI2T0_1} and {@code BDI2T1_1}, which are one field then.
 *
 * @param fields in order of the header
 * @param visits names of visits, by number; empty when names hold none
 */
record VisitNames(List<Field> fields, List<String> visits) {
    private static final Pattern VISIT = Pattern.compile("(?:T|V|M|FU|t|v|m|fu)\\d{1,3}(?![0-9])");
    private static final int FEWEST_TEMPLATES = 3;

    static VisitNames of(Sample sample) {
        String best = "";
        int most = 0;
        for (String mark : List.of("T", "V", "M", "FU", "t", "v", "m", "fu")) {
            Map<String, Set<String>> visits = new HashMap<>();
            for (String name : sample.header()) {
                Matcher matcher = matcher(name);
                while (matcher.find()) {
                    if (mark(matcher.group()).equals(mark)) {
                        visits.computeIfAbsent(template(name, matcher), template -> new TreeSet<>())
                                .add(matcher.group());
                    }
                }
            }
            int covered = 0;
            int templates = 0;
            for (Set<String> at : visits.values()) {
                covered += at.size() > 1 ? at.size() : 0;
                templates += at.size() > 1 ? 1 : 0;
            }
            if (templates >= FEWEST_TEMPLATES && covered > most) {
                best = mark;
                most = covered;
            }
        }
        return best.isEmpty() ? plain(sample) : split(sample, best);
    }

    private static VisitNames plain(Sample sample) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < sample.header().size(); i++) {
            fields.add(new Field(sample.header().get(i), List.of(i), sample));
        }
        return new VisitNames(fields, List.of());
    }

    private static VisitNames split(Sample sample, String mark) {
        Map<String, List<Integer>> columns = new LinkedHashMap<>();
        Map<Integer, String> visits = new TreeMap<>();
        for (int i = 0; i < sample.header().size(); i++) {
            String name = sample.header().get(i);
            String template = name;
            Matcher matcher = matcher(name);
            while (matcher.find()) {
                if (mark(matcher.group()).equals(mark)) {
                    template = template(name, matcher);
                    visits.put(Integer.valueOf(matcher.group().substring(mark.length())), matcher.group());
                    break;
                }
            }
            columns.computeIfAbsent(template, key -> new ArrayList<>()).add(i);
        }
        List<Field> fields = new ArrayList<>();
        columns.forEach((template, places) -> fields.add(new Field(template, places, sample)));
        return new VisitNames(fields, List.copyOf(visits.values()));
    }

    private static Matcher matcher(String name) {
        return VISIT.matcher(name);
    }

    private static String mark(String visit) {
        return visit.replaceAll("\\d", "");
    }

    private static String template(String name, Matcher at) {
        return name.substring(0, at.start()) + "{visit}" + name.substring(at.end());
    }
}
