package org.equipoise.comparison;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whose participants a question is about.
 *
 * @param code the site, or {@value #OVER_SITES}, or that with the comparator of other sites: {@code ALL:SCM}
 * @param sites codes of the sites in it
 * @param population who is in it, as estimates name it
 */
public record Scope(String code, Set<String> sites, String population) {
    /** The code of a scope over sites. */
    public static final String OVER_SITES = "ALL";

    private static final String OF = ":";

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

    /** Several sites whose control arm is offered something else. */
    static Scope over(String comparator, Collection<String> sites) {
        return new Scope(OVER_SITES + OF + comparator, new TreeSet<>(sites), ALLOCATED);
    }

    /** The same sites, which did not allocate at random. */
    Scope notRandomised() {
        return new Scope(code, sites, NOT_RANDOMISED);
    }

    /** Whether it is one over sites. */
    public boolean isOverSites() {
        return isOverSites(code);
    }

    /** Whether it is the one over sites that the study is about. */
    boolean isMain() {
        return code.equals(OVER_SITES);
    }

    /** Whether a site's code as it is stored stands for several sites. */
    public static boolean isOverSites(String code) {
        return code.equals(OVER_SITES) || code.startsWith(OVER_SITES + OF);
    }

    /** The comparator of a scope's code, where it is not the study's main one. */
    public static Optional<String> findComparator(String code) {
        return code.startsWith(OVER_SITES + OF)
                ? Optional.of(code.substring(OVER_SITES.length() + OF.length()))
                : Optional.empty();
    }
}
