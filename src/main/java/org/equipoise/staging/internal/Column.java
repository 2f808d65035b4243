package org.equipoise.staging.internal;

import org.jspecify.annotations.Nullable;

/** A column of a file. */
record Column(int position, String header) {
    private static final String VISIT = "{visit}";

    /**
     * Finds a column that must be there.
     *
     * @param template its name, in which the visit's may have to be put
     */
    static Column find(HeaderIndex index, String template, @Nullable String visit) {
        String header = named(template, visit);
        return new Column(index.need(header), header);
    }

    /** The name of a column for a visit. */
    static String named(String template, @Nullable String visit) {
        return visit == null ? template : template.replace(VISIT, visit);
    }

    static boolean isOfVisit(String template) {
        return template.contains(VISIT);
    }

    String text(String[] cells) {
        return cells[position].strip();
    }
}
