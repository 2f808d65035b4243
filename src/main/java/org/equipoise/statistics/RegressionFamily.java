package org.equipoise.statistics;

/** A one-parameter response with its own link: how mean, variance and likelihood follow from the linear predictor. */
interface RegressionFamily {

    /** Mean at a linear predictor. */
    double mean(double predictor);

    /** Derivative of the mean by the linear predictor. */
    double slope(double predictor);

    /** Variance of the response at a mean. */
    double variance(double predictor);

    /** Contribution of one response to the log-likelihood. */
    double logLikelihood(double response, double predictor);

    /** A linear predictor to start from. */
    double start(double response);

    /** P(event) = 1/(1 + exp(-predictor)). */
    RegressionFamily LOGISTIC = new RegressionFamily() {
        @Override
        public double mean(double predictor) {
            return Logistic.probability(predictor);
        }

        @Override
        public double slope(double predictor) {
            return Logistic.probability(predictor) * Logistic.probability(-predictor);
        }

        @Override
        public double variance(double predictor) {
            return slope(predictor);
        }

        @Override
        public double logLikelihood(double response, double predictor) {
            return -Logistic.softplus(response > 0 ? -predictor : predictor);
        }

        @Override
        public double start(double response) {
            return Math.log((response + 0.5) / (1.5 - response));
        }
    };

    /** Counts with mean exp(predictor). */
    RegressionFamily POISSON = new RegressionFamily() {
        @Override
        public double mean(double predictor) {
            return Math.exp(predictor);
        }

        @Override
        public double slope(double predictor) {
            return Math.exp(predictor);
        }

        @Override
        public double variance(double predictor) {
            return Math.exp(predictor);
        }

        @Override
        public double logLikelihood(double response, double predictor) {
            return response * predictor - Math.exp(predictor) - GammaFunctions.logGamma(response + 1);
        }

        @Override
        public double start(double response) {
            return Math.log(response + 0.1);
        }
    };

    /** Counts with mean exp(predictor) and variance mean + mean^2/theta. */
    static RegressionFamily negativeBinomial(double theta) {
        return new RegressionFamily() {
            @Override
            public double mean(double predictor) {
                return Math.exp(predictor);
            }

            @Override
            public double slope(double predictor) {
                return Math.exp(predictor);
            }

            @Override
            public double variance(double predictor) {
                double mean = Math.exp(predictor);
                return mean + mean * mean / theta;
            }

            @Override
            public double logLikelihood(double y, double predictor) {
                double mean = Math.exp(predictor);
                return GammaFunctions.logGamma(y + theta)
                        - GammaFunctions.logGamma(theta)
                        - GammaFunctions.logGamma(y + 1)
                        + y * (predictor - Math.log(mean + theta))
                        - theta * Math.log1p(mean / theta);
            }

            @Override
            public double start(double response) {
                return POISSON.start(response);
            }
        };
    }
}
