package org.equipoise.comparison;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whose participants a question is about.
 *
 * @param code the site, or {@value #OVER_SITES}
 * @param sites codes of the sites in it
 */
public record Scope(String code, Set<String> sites) {
    /** The code of a scope over sites. */
    public static final String OVER_SITES = "ALL";

    public Scope {
        sites = Set.copyOf(sites);
    }

    /** One site. */
    public static Scope of(String site) {
        return new Scope(site, Set.of(site));
    }

    /** Several sites as one. */
    public static Scope over(Collection<String> sites) {
        return new Scope(OVER_SITES, new TreeSet<>(sites));
    }

    /** Whether it is one over sites. */
    public boolean isOverSites() {
        return code.equals(OVER_SITES);
    }
}
