package org.equipoise.statistics;

/** Why a quantity has no value. The reason is part of the result and is stored beside the empty number. */
public enum NotEstimable {
    /** An arm, a stratum or a sample holds no value at all. */
    EMPTY_ARM,
    /** Fewer values than the quantity needs, for example one value for a standard deviation. */
    TOO_FEW_VALUES,
    /** No residual degree of freedom is left once the model is fitted. */
    NO_RESIDUAL_DEGREES_OF_FREEDOM,
    /** The values do not vary (or only by rounding), so that nothing can be divided by their spread. */
    ZERO_VARIANCE,
    /** A denominator of the formula is zero, for example a risk ratio over a control arm without events. */
    ZERO_DENOMINATOR,
    /** No participant had the event, so that no rate, ratio or curve can be compared. */
    NO_EVENTS,
    /** The column is a linear combination of others in the model, so that its coefficient is not identified. */
    ALIASED,
    /** An outcome is separated by the covariates: the maximum-likelihood estimate is infinite. */
    SEPARATION,
    /** The iteration stopped without meeting its criterion. */
    NO_CONVERGENCE,
    /** The data do not determine a parameter of the covariance, for example no participant attended both intervals. */
    NOT_IDENTIFIED,
    /** The counts vary no more than Poisson counts do: the dispersion of a negative binomial is not identified. */
    NO_OVERDISPERSION,
    /** The exact method is defined without tied values only. */
    TIES,
    /** The exact method is offered for small samples only. */
    SAMPLE_TOO_LARGE,
    /** The sample is too small for an interval of the requested level to exist. */
    LEVEL_NOT_ATTAINABLE,
    /** The curve never reaches the level asked for, for example a median while half are still event-free. */
    NOT_REACHED,
    /** Follow-up ends before the time asked for. */
    BEYOND_FOLLOW_UP,
    /** Fewer clusters or studies than the quantity needs. */
    TOO_FEW_GROUPS,
    /** The quantity is not defined for this choice of method. */
    NOT_APPLICABLE
}
