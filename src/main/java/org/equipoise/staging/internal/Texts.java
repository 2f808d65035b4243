package org.equipoise.staging.internal;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.equipoise.definition.SiteMapping.Missing;
import org.equipoise.vocabulary.FoldedText;

/** Texts of cells and mappings in the form in which they are compared. */
final class Texts {
    private Texts() {}

    /** The form in which labels and headers are compared. Most cells are in it already. */
    static String folded(String text) {
        return FoldedText.of(text);
    }

    /** The same texts, folded. */
    static Set<String> folded(Set<String> texts) {
        return texts.stream().map(Texts::folded).collect(Collectors.toUnmodifiableSet());
    }

    /** What stands for no value in every column of an export, folded. */
    static Set<String> missing(Missing ofExport) {
        Set<String> texts = new HashSet<>(ofExport.tokens());
        texts.addAll(ofExport.codes().keySet());
        return folded(texts);
    }

    /** The same map with its keys folded. */
    static <V> Map<String, V> foldedKeys(Map<String, V> map) {
        Map<String, V> folded = new HashMap<>();
        map.forEach((key, value) -> folded.put(folded(key), value));
        return folded;
    }
}
