package org.equipoise.comparison;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whose participants a question is about.
 *
 * @param code the site, or {@value #OVER_SITES}
 * @param sites codes of the sites in it
 * @param population who is in it, as estimates name it
 */
public record Scope(String code, Set<String> sites, String population) {
    /** The code of a scope over sites. */
    public static final String OVER_SITES = "ALL";

    /** Everyone allocated, as allocated, whatever treatment followed. */
    static final String ALLOCATED = "all_allocated";

    /** Everyone at sites that did not allocate at random. */
    static final String NOT_RANDOMISED = "not_randomised";

    public Scope {
        sites = Set.copyOf(sites);
    }

    /** One site. */
    public static Scope of(String site) {
        return new Scope(site, Set.of(site), ALLOCATED);
    }

    /** Several sites as one. */
    public static Scope over(Collection<String> sites) {
        return new Scope(OVER_SITES, new TreeSet<>(sites), ALLOCATED);
    }

    /** Several sites that did not allocate at random. */
    static Scope notRandomised(Collection<String> sites) {
        return new Scope(OVER_SITES, new TreeSet<>(sites), NOT_RANDOMISED);
    }

    /** Whether it is one over sites. */
    public boolean isOverSites() {
        return code.equals(OVER_SITES);
    }
}
