package org.equipoise.staging;

/** Checks rows against a site's mapping and types what is usable. For one thread; make one for each. */
public interface BlockChecker {
    /**
     * Checks a block. Nothing is thrown for what a site could send: it becomes a finding.
     *
     * @return facts, findings, and how many rows were refused
     */
    StagedBlock check(RowBlock block);
}
