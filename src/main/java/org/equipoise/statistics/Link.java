package org.equipoise.statistics;

/** A correlation as a function of a number without bounds, with its derivatives. */
interface Link {

    /** t/sqrt(1 + t^2), between -1 and 1. */
    Link ROOT = new Link() {
        @Override
        public double value(double t) {
            return t / Math.sqrt(1 + t * t);
        }

        @Override
        public double slope(double t) {
            return Math.pow(1 + t * t, -1.5);
        }

        @Override
        public double bend(double t) {
            return -3 * t * Math.pow(1 + t * t, -2.5);
        }

        @Override
        public double inverse(double rho) {
            return rho / Math.sqrt(1 - rho * rho);
        }
    };

    /** low + (1 - low)/(1 + exp(-t)), between low and 1. */
    static Link logistic(double low) {
        return new Link() {
            private double curve(double t) {
                return 1 / (1 + Math.exp(-t));
            }

            @Override
            public double value(double t) {
                return low + (1 - low) * curve(t);
            }

            @Override
            public double slope(double t) {
                return (1 - low) * curve(t) * curve(-t);
            }

            @Override
            public double bend(double t) {
                return slope(t) * (1 - 2 * curve(t));
            }

            @Override
            public double inverse(double rho) {
                return Math.log((rho - low) / (1 - rho));
            }
        };
    }

    double value(double t);

    double slope(double t);

    double bend(double t);

    double inverse(double rho);
}
