package org.equipoise.simulation;

/**
 * How answers to an instrument come out of latent severity: a graded response model with evenly spaced
 * cuts. An answer is the latent item, stretched by {@code step} around {@code middle}, rounded and kept
 * within the allowed answers. Holds no item text.
 *
 * <p>The numbers behind the constants were set so that means and internal consistency come near the
 * published ones; {@code simulation.md} tells both.
 *
 * @param code the instrument's code
 * @param lowest lowest allowed answer
 * @param highest highest allowed answer
 * @param middle answer to the average item at latent zero, about the mean person at baseline
 * @param step answer points for one standard deviation of the latent item; negative where higher is better
 * @param loading correlation of an item with its instrument's latent severity, 0 to 1
 * @param share correlation of the instrument's latent severity with overall severity, 0 to 1
 * @param firstItemSkipped share of people to whom the first item is never put
 * @param selfReport whether the participant fills it in, often some days before the visit
 */
public record Questionnaire(
        String code,
        int items,
        int lowest,
        int highest,
        double middle,
        double step,
        double loading,
        double share,
        double firstItemSkipped,
        boolean selfReport) {

    public static final Questionnaire ZAN_BPD = new Questionnaire("ZAN-BPD", 9, 0, 4, 1.82, 1.20, 0.67, 0.90, 0, false);
    public static final Questionnaire BDI_II = new Questionnaire("BDI-II", 21, 0, 3, 1.36, 1.05, 0.62, 0.80, 0, true);
    public static final Questionnaire PHQ_9 = new Questionnaire("PHQ-9", 9, 0, 3, 1.70, 1.10, 0.66, 0.80, 0, true);
    public static final Questionnaire GAF = new Questionnaire("GAF", 1, 1, 100, 47, -10, 0.95, 0.90, 0, false);

    /** Its first item is about work, and is not put to people who do not work for other reasons. */
    public static final Questionnaire WSAS = new Questionnaire("WSAS", 5, 0, 8, 5.1, 2.1, 0.74, 0.80, 0.12, true);

    /** Spread of item difficulty over the instrument, in latent standard deviations. */
    private static final double DIFFICULTY = 0.7;

    /**
     * The answer to an item.
     *
     * @param item from 0
     * @param latent the latent item, standard normal at baseline
     */
    int answer(int item, double latent) {
        long rounded = Math.round(middle + step * (latent - difficulty(item)));
        return (int) Math.max(lowest, Math.min(highest, rounded));
    }

    /** Items differ, without order along the form: seven steps through it visit every place once. */
    private double difficulty(int item) {
        return items == 1 ? 0 : DIFFICULTY * ((item * 7.0 + 3) % items / (items - 1) - 0.5);
    }
}
