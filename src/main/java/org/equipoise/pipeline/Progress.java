package org.equipoise.pipeline;

/** Hears how far a run is. For any number of threads. */
public interface Progress {
    /** Says nothing. */
    Progress NONE = new Progress() {
        @Override
        public void begin(String stage, String unit, long total) {}

        @Override
        public void advance(long count) {}

        @Override
        public void end() {}
    };

    /**
     * A stage begins.
     *
     * @param total how many units there are; -1 when nobody knows
     */
    void begin(String stage, String unit, long total);

    void advance(long count);

    void end();
}
