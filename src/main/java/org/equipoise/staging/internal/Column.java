package org.equipoise.staging.internal;

import org.equipoise.definition.SiteMapping;
import org.jspecify.annotations.Nullable;

/** A column of a file. */
record Column(int position, String header) {
    /**
     * Finds a column that must be there.
     *
     * @param template its name, in which the visit's may have to be put
     */
    static Column find(HeaderIndex index, String template, @Nullable String visit) {
        String header = SiteMapping.columnOf(template, visit);
        return new Column(index.need(header), header);
    }

    static boolean isOfVisit(String template) {
        return template.contains(SiteMapping.VISIT);
    }

    String text(String[] cells) {
        return cells[position].strip();
    }
}
