package org.equipoise.statistics;

/**
 * What {@link EmpiricalInference} needs of several participants who are one cluster, in the size of the model and not of
 * the cluster.
 *
 * <p>Formula: with R R' = Phi and B = L^-1 X R of the cluster, (I - B B')^k B = B (I - B'B)^k, so that X'L^-T A L^-1 e comes
 * to Phi^-1 M X'V^-1 e with M = R f(B'B) R', and a = A L^-1 X Phi l to L^-1 X M l.
 *
 * @param gram X'V^-1 X of the cluster
 * @param reach M
 * @param singular whether the cluster determines a column of its own
 */
record SharedCluster(double[][] gram, double[][] reach, boolean singular) {

    /**
     * Finds M.
     *
     * @param root R, lower triangular
     */
    static SharedCluster of(double[][] gram, double[][] root, ClusterRobust correction) {
        double[][] turned = Matrices.transposed(root);
        SymmetricEigen eigen = SymmetricEigen.of(CombinationInference.between(gram, turned));
        boolean singular = correction == ClusterRobust.CR3 && ClusterRobust.singular(eigen);
        double[][] middle = singular ? gram : eigen.apply(correction::adjustment);
        return new SharedCluster(gram, CombinationInference.between(middle, root), singular);
    }
}
