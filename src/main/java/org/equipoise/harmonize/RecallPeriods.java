package org.equipoise.harmonize;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.equipoise.harmonize.DaySpans.Span;
import org.jspecify.annotations.Nullable;

/**
 * What each record of one kind adds to what the others tell of the same days, so that no act counts twice.
 *
 * <p>Whatever is told by its own day stands. A number told for a recall period adds only what exceeds the acts already
 * told of the days asked about: by their own days, and by the assessments before it. Those that end earlier come
 * first, of those that end together the shorter. Of a number told before, the part that lies in the later period
 * is taken as told of it too, spread evenly over its days and in whole acts: floor(n o/d + 1/2) of n acts for o of d
 * days, as sessions are. Days in a state are spread likewise, without rounding. What is added lies in the days that
 * nobody had asked about before; where there are none, or fewer than days to lie in them, in all of the period.
 *
 * <p>A number told of the whole kind includes its details. One told of a detail may be among those told of the whole
 * kind; in one period no act stands for two details.
 */
final class RecallPeriods {
    /**
     * Something told.
     *
     * @param span days it can have been on
     * @param amount acts, or days in a state
     * @param recalled whether the span is a recall period
     */
    record Claim(@Nullable String detail, Span span, double amount, boolean recalled) {}

    /** What it adds, and on which days that lies. */
    record Addition(double amount, Span on) {}

    /** Own days first; then periods in the order in which they speak, in each the details before the whole kind. */
    private static final Comparator<Claim> ORDER = Comparator.comparing(Claim::recalled)
            .thenComparing(Claim::span, RecallPeriods::compare)
            .thenComparing(Claim::detail, Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(Claim::amount);

    private final List<Span> asked;
    private final boolean wholeActs;

    private RecallPeriods(List<Span> asked, boolean wholeActs) {
        this.asked = asked;
        this.wholeActs = wholeActs;
    }

    /** For acts, which are whole. */
    static RecallPeriods ofActs(List<Span> asked) {
        return new RecallPeriods(asked, true);
    }

    /** For days in a state. */
    static RecallPeriods ofDays(List<Span> asked) {
        return new RecallPeriods(asked, false);
    }

    private static int compare(Span one, Span other) {
        return one.to() != other.to()
                ? Integer.compare(one.to(), other.to())
                : Integer.compare(other.from(), one.from());
    }

    /** What each claim adds, in the order of the claims. */
    List<Addition> additions(List<Claim> claims) {
        Map<Integer, Addition> added = new LinkedHashMap<>();
        Map<Integer, Double> drawn = new HashMap<>();
        Span period = null;
        for (int i : IntStream.range(0, claims.size())
                .boxed()
                .sorted(Comparator.comparing(claims::get, ORDER))
                .toList()) {
            Claim claim = claims.get(i);
            if (!claim.span().equals(period)) {
                drawn.clear();
                period = claim.span();
            }
            added.put(i, addition(claim, claim.recalled() ? before(claim, claims, added, drawn) : 0));
        }
        return IntStream.range(0, claims.size()).mapToObj(added::get).toList();
    }

    private Addition addition(Claim claim, double before) {
        double amount = Math.max(0, claim.amount() - before);
        Span unasked = claim.recalled() ? unasked(claim.span()) : claim.span();
        boolean fits = wholeActs || amount <= unasked.length();
        return new Addition(amount, fits ? unasked : claim.span());
    }

    private double before(Claim claim, List<Claim> claims, Map<Integer, Addition> added, Map<Integer, Double> drawn) {
        double same = 0;
        List<Map.Entry<Integer, Addition>> ofTheKind = new ArrayList<>();
        for (Map.Entry<Integer, Addition> earlier : added.entrySet()) {
            String detail = claims.get(earlier.getKey()).detail();
            if (claim.detail() == null || claim.detail().equals(detail)) {
                same += inside(claim.span(), earlier.getValue());
            } else if (detail == null) {
                ofTheKind.add(earlier);
            }
        }
        for (Map.Entry<Integer, Addition> earlier : ofTheKind) {
            double there = inside(claim.span(), earlier.getValue()) - drawn.getOrDefault(earlier.getKey(), 0.0);
            double taken = Math.min(there, Math.max(0, claim.amount() - same));
            drawn.merge(earlier.getKey(), taken, Double::sum);
            same += taken;
        }
        return same;
    }

    private double inside(Span period, Addition earlier) {
        Span on = earlier.on();
        int days = Math.min(period.to(), on.to()) - Math.max(period.from(), on.from());
        double share = days <= 0 ? 0 : earlier.amount() * days / on.length();
        return wholeActs ? Math.floor(share + 0.5) : share;
    }

    /** The days of a period, from the first to the last that no assessment before it had asked about. */
    private Span unasked(Span period) {
        List<Span> earlier =
                asked.stream().filter(span -> compare(span, period) < 0).toList();
        List<Span> left = DaySpans.of(period.from(), period.to())
                .without(DaySpans.union(earlier))
                .spans();
        return left.isEmpty()
                ? period
                : new Span(left.get(0).from(), left.get(left.size() - 1).to());
    }

    /** The last day before it that an assessment has asked about, if its period reaches into that one's. */
    Optional<Integer> findAskedUntil(Span period) {
        return asked.stream()
                .filter(span -> compare(span, period) < 0 && span.to() > period.from())
                .map(span -> span.to() - 1)
                .max(Comparator.naturalOrder());
    }
}
