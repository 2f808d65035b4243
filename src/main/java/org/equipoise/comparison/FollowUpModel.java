package org.equipoise.comparison;

import org.equipoise.comparison.RepeatedComparison.Stopwatch;
import org.equipoise.statistics.Estimate;

/** A fitted model of a whole follow-up. */
interface FollowUpModel {

    /** Treatment minus control at one of its intervals. */
    Estimate difference(String interval);

    /** Adds what it says to the rows, and describes it. */
    FittedModel answer(RepeatedRows rows, Stopwatch watch);
}
