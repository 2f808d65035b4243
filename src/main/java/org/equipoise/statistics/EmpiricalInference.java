package org.equipoise.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Inference on a mixed model that does not trust its covariance structure: participants are clusters, or those who share a
 * therapist or a therapy group.
 *
 * <p>Formula: with L L' = V of a cluster, rows L^-1 X and residuals L^-1 e, H = L^-1 X Phi X'L^-T, the covariance is
 * Phi [sum X'L^-T A L^-1 e e'L^-T A L^-1 X] Phi with A = I (CR0), (I - H)^(-1/2) (CR2), (I - H)^-1 (CR3). Degrees of
 * freedom of l'b: tr(P)^2/tr(P^2), P = diag(|a|^2) - Q Phi Q', a = A L^-1 X Phi l, rows of Q = a'L^-1 X.
 *
 * <p>Reference: Pustejovsky and Tipton (2018), Journal of Business and Economic Statistics 36, 672-683,
 * doi:10.1080/07350015.2016.1247004; the square root is the one of the lower Cholesky factor, as in R's mmrm.
 */
final class EmpiricalInference implements CombinationInference {

    private final PatternSums sums;
    private final FixedEffects effects;
    private final double[][] phi;
    private final ClusterRobust correction;
    /** L^-1 of each pattern. */
    private final double[][][] roots;
    /** A L^-1 of each participant who is a cluster; empty for the others, and those without a value. */
    private final double[][][] adjusted;

    private final List<SharedCluster> shared = new ArrayList<>();
    private final double[][] covariance;
    private int single;
    private boolean singular;

    /** What some clusters come to. */
    private final class Part {

        /** Sum of squares, before Phi on either side. */
        private final double[][] meat = effects.zero();
        /** The same of shared clusters, which need no Phi. */
        private final double[][] together = effects.zero();

        private final List<SharedCluster> found = new ArrayList<>();
        private int single;
        private boolean singular;
    }

    /**
     * Adjusts the residuals.
     *
     * @param clusters the participants of each cluster
     */
    EmpiricalInference(
            PatternSums sums,
            PatternLikelihood likelihood,
            PatternLikelihood.Point point,
            ClusterRobust correction,
            List<List<Integer>> clusters) {
        this.sums = sums;
        this.effects = sums.effects();
        this.phi = point.phi;
        this.correction = correction;
        this.roots = roots(sums.patterns(), likelihood, point.theta);
        this.adjusted = new double[sums.measures().participants()][0][];
        double[][] coefficients = effects.byInterval(point.coefficients());
        List<Part> parts = Blocks.inOrder(
                Blocks.of(0, clusters.size()),
                adjusted.length,
                block -> part(clusters.subList(block.from(), block.to()), coefficients));
        double[][] meat = effects.zero();
        double[][] together = effects.zero();
        for (Part part : parts) {
            Matrices.add(part.meat, 1, meat);
            Matrices.add(part.together, 1, together);
            shared.addAll(part.found);
            single += part.single;
            singular |= part.singular;
        }
        double scale = correction.scale(clusters(), sums.measures().observations(), effects.size());
        double[][] alone = Matrices.product(Matrices.product(phi, meat), phi);
        this.covariance = Matrices.scaled(shared.isEmpty() ? alone : Matrices.sum(alone, together, 1), scale);
    }

    private Part part(List<List<Integer>> clusters, double[][] coefficients) {
        Part part = new Part();
        Member member = new Member();
        for (List<Integer> members : clusters) {
            List<Integer> seen =
                    members.stream().filter(who -> sums.patternOf(who) >= 0).toList();
            if (seen.size() == 1) {
                addOne(seen.get(0), member, coefficients, part);
            } else if (seen.size() > 1) {
                addShared(seen, member, coefficients, part);
            }
        }
        return part;
    }

    private void addOne(int who, Member member, double[][] coefficients, Part part) {
        member.read(who);
        part.single++;
        adjusted[who] = adjust(member, part);
        double[] whitened = times(member.root, member.residuals(coefficients));
        member.addSquare(member.scores(timesTransposed(adjusted[who], whitened)), part.meat);
    }

    private void addShared(List<Integer> members, Member member, double[][] coefficients, Part part) {
        double[][] gram = effects.zero();
        double[] score = new double[effects.size()];
        for (int who : members) {
            member.read(who);
            double[] whitened = times(member.root, member.residuals(coefficients));
            member.add(member.scores(timesTransposed(member.root, whitened)), score);
            for (double[] row : member.root) {
                member.addSquare(member.scores(row), gram);
            }
        }
        SharedCluster cluster = SharedCluster.of(gram, phi, correction);
        part.found.add(cluster);
        part.singular |= cluster.singular();
        addSquare(times(cluster.reach(), score), part.together);
    }

    private int clusters() {
        return single + shared.size();
    }

    private static double[][][] roots(
            List<PatternSums.Pattern> patterns, PatternLikelihood likelihood, double[] theta) {
        double[][][] roots = new double[patterns.size()][][];
        for (int r = 0; r < roots.length; r++) {
            PatternSums.Pattern pattern = patterns.get(r);
            double[][] sigma = likelihood.covariance(theta, pattern.group);
            Cholesky cholesky = Cholesky.of(PatternLikelihood.part(sigma, pattern.intervals));
            int k = pattern.intervals.length;
            double[][] columns = new double[k][];
            for (int i = 0; i < k; i++) {
                double[] unit = new double[k];
                unit[i] = 1;
                columns[i] = cholesky.forward(unit);
            }
            roots[r] = Matrices.transposed(columns);
        }
        return roots;
    }

    /** One participant's part of the design, kept in buffers that the next one reuses. */
    private final class Member {

        private final int[] position = new int[sums.design().variables()];
        private final double[] value = new double[position.length];
        /** The variables in full. */
        private final double[] u = new double[position.length];
        /** Kept columns that are not zero for this participant, and how many. */
        private final int[] columns = new int[effects.size()];

        private int count;
        private int filled;
        private PatternSums.Pattern pattern;
        private double[][] root = new double[0][0];
        private int firstRow;
        /** Position within the pattern of each observed interval. */
        private final int[] local = new int[sums.observed().length];

        private Member() {
            pattern = sums.patterns().get(0);
        }

        /** Turns to a participant who has a value. */
        private void read(int who) {
            int r = sums.patternOf(who);
            pattern = sums.patterns().get(r);
            root = roots[r];
            firstRow = sums.measures().firstRow(who);
            for (int i = 0; i < filled; i++) {
                u[position[i]] = 0;
            }
            filled = sums.design().fill(who, position, value);
            for (int i = 0; i < filled; i++) {
                u[position[i]] = value[i];
            }
            Arrays.fill(local, -1);
            for (int i = 0; i < pattern.intervals.length; i++) {
                local[pattern.intervals[i]] = i;
            }
            count = 0;
            for (int j = 0; j < columns.length; j++) {
                int span = effects.span(j);
                if (u[effects.variable(j)] != 0 && (span == 0 || local[span - 1] >= 0)) {
                    columns[count++] = j;
                }
            }
        }

        private double[] residuals(double[][] coefficients) {
            double[] residuals = new double[pattern.intervals.length];
            for (int a = 0; a < residuals.length; a++) {
                residuals[a] = sums.measures().value(firstRow + a);
                for (int i = 0; i < filled; i++) {
                    residuals[a] -= value[i] * coefficients[position[i]][pattern.intervals[a]];
                }
            }
            return residuals;
        }

        /** X'z, of the columns that are not zero. */
        private double[] scores(double[] z) {
            double[] scores = new double[count];
            double all = 0;
            for (double part : z) {
                all += part;
            }
            for (int i = 0; i < count; i++) {
                int span = effects.span(columns[i]);
                scores[i] = u[effects.variable(columns[i])] * (span == 0 ? all : z[local[span - 1]]);
            }
            return scores;
        }

        /** X v. */
        private double[] rows(double[] v) {
            double[] rows = new double[pattern.intervals.length];
            for (int i = 0; i < count; i++) {
                int span = effects.span(columns[i]);
                double part = u[effects.variable(columns[i])] * v[columns[i]];
                for (int a = 0; a < rows.length; a++) {
                    rows[a] += span == 0 || local[span - 1] == a ? part : 0;
                }
            }
            return rows;
        }

        /** target += s. */
        private void add(double[] scores, double[] target) {
            for (int i = 0; i < count; i++) {
                target[columns[i]] += scores[i];
            }
        }

        /** target += s s'. */
        private void addSquare(double[] scores, double[][] target) {
            for (int i = 0; i < count; i++) {
                for (int j = 0; j < count; j++) {
                    target[columns[i]][columns[j]] += scores[i] * scores[j];
                }
            }
        }

        /** q'Phi q. */
        private double quadratic(double[] q) {
            double sum = 0;
            for (int i = 0; i < count; i++) {
                double[] row = phi[columns[i]];
                for (int j = 0; j < count; j++) {
                    sum += q[i] * row[columns[j]] * q[j];
                }
            }
            return sum;
        }

        /** H. */
        private double[][] leverage() {
            int k = pattern.intervals.length;
            double[][] inner = new double[k][];
            double[] dense = new double[effects.size()];
            for (int a = 0; a < k; a++) {
                double[] unit = new double[k];
                unit[a] = 1;
                double[] row = scores(unit);
                Arrays.fill(dense, 0);
                for (int i = 0; i < count; i++) {
                    for (int j = 0; j < count && row[i] != 0; j++) {
                        dense[columns[j]] += row[i] * phi[columns[i]][columns[j]];
                    }
                }
                inner[a] = rows(dense);
            }
            return CombinationInference.between(inner, root);
        }
    }

    /** A L^-1. */
    private double[][] adjust(Member member, Part part) {
        if (correction != ClusterRobust.CR2 && correction != ClusterRobust.CR3) {
            return member.root;
        }
        SymmetricEigen eigen = SymmetricEigen.of(member.leverage());
        boolean own = correction == ClusterRobust.CR3 && ClusterRobust.singular(eigen);
        part.singular |= own;
        return own ? member.root : Matrices.product(eigen.apply(correction::adjustment), member.root);
    }

    /** target += s s'. */
    private static void addSquare(double[] s, double[][] target) {
        for (int i = 0; i < s.length; i++) {
            for (int j = 0; j < s.length; j++) {
                target[i][j] += s[i] * s[j];
            }
        }
    }

    private static double[] times(double[][] matrix, double[] vector) {
        double[] product = new double[matrix.length];
        for (int i = 0; i < product.length; i++) {
            product[i] = Matrices.dot(matrix[i], vector);
        }
        return product;
    }

    private static double[] timesTransposed(double[][] matrix, double[] vector) {
        double[] product = new double[vector.length];
        for (int i = 0; i < vector.length; i++) {
            for (int j = 0; j < product.length; j++) {
                product[j] += matrix[i][j] * vector[i];
            }
        }
        return product;
    }

    @Override
    public Optional<NotEstimable> failure() {
        if (clusters() < 2) {
            return Optional.of(NotEstimable.TOO_FEW_GROUPS);
        }
        return singular ? Optional.of(NotEstimable.ALIASED) : Optional.empty();
    }

    @Override
    public double[][] covariance() {
        return covariance;
    }

    @Override
    public double degreesOfFreedom(double[] l) {
        double[] projected = Matrices.times(phi, l);
        List<Traces> parts =
                Blocks.inOrder(Blocks.of(0, adjusted.length), adjusted.length, block -> traces(block, projected));
        Traces all = new Traces();
        for (SharedCluster cluster : shared) {
            double[] reached = times(cluster.reach(), l);
            double[] q = times(cluster.gram(), reached);
            all.add(Matrices.dot(reached, q), Matrices.dot(q, times(phi, q)));
            addSquare(q, all.cross);
        }
        for (Traces part : parts) {
            all.trace += part.trace;
            all.ofSquare += part.ofSquare;
            Matrices.add(part.cross, 1, all.cross);
        }
        double[][] product = Matrices.product(phi, all.cross);
        double[][] transposed = Matrices.transposed(product);
        double ofSquare = all.ofSquare;
        for (int i = 0; i < product.length; i++) {
            ofSquare += Matrices.dot(product[i], transposed[i]);
        }
        return all.trace * all.trace / ofSquare;
    }

    /** tr(P) and tr(P^2) of some clusters, without what they share with others: that is Phi times the squares of q. */
    private final class Traces {

        private final double[][] cross = effects.zero();
        private double trace;
        private double ofSquare;

        private void add(double length, double overlap) {
            trace += length - overlap;
            ofSquare += length * (length - 2 * overlap);
        }
    }

    private Traces traces(Blocks.Block block, double[] projected) {
        Traces traces = new Traces();
        Member member = new Member();
        for (int who = block.from(); who < block.to(); who++) {
            if (adjusted[who].length > 0) {
                member.read(who);
                double[] a = times(adjusted[who], member.rows(projected));
                double[] q = member.scores(timesTransposed(member.root, a));
                traces.add(Matrices.dot(a, a), member.quadratic(q));
                member.addSquare(q, traces.cross);
            }
        }
        return traces;
    }
}
