package org.equipoise.report;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.equipoise.comparison.StoredEstimate;
import org.equipoise.definition.Study;
import org.equipoise.definition.Study.Baseline;
import org.equipoise.definition.Study.Role;

/** The methods in words: those whose numbers are on the page, and no others. */
final class MethodsSection {
    private static final List<Map.Entry<String, String>> METHODS = List.of(
            Map.entry(
                    "descriptives",
                    "Each arm is described by the mean and standard deviation of the values observed; the interval of the"
                            + " mean is Student's."),
            Map.entry(
                    "mmrm",
                    "The adjusted difference in a score is that of a mixed model for repeated measures over all intervals"
                            + " with ten people seen in each arm: arm and baseline by interval, with the site where there are"
                            + " several, fitted by restricted likelihood. People who missed an interval count by their other"
                            + " scores; a missing baseline is the mean of both arms. Which covariance was used, and why, is"
                            + " in comparison.model."),
            Map.entry(
                    "ancova",
                    "The adjusted difference is that of an analysis of covariance of the value on arm and baseline, with"
                            + " the site as a factor where there are several, among those who have both values."),
            Map.entry(
                    "welch_t",
                    "The unadjusted difference is that of the two means, its interval Welch's, which lets the arms differ"
                            + " in spread."),
            Map.entry(
                    "standardised_mean_difference",
                    "Hedges\u2019 g is the unadjusted difference in pooled standard deviations, with the exact correction"
                            + " for small samples; 0.2 is often called small, 0.5 medium, 0.8 large."),
            Map.entry(
                    "linear_model",
                    "Time spent in a state is compared by its mean over everyone, those without any included; the adjusted"
                            + " difference is that of a linear model with the site."),
            Map.entry(
                    "binary_two_arm",
                    "Shares of people have Wilson\u2019s interval, their unadjusted difference Newcombe\u2019s; where no other"
                            + " p is told, it is Fisher\u2019s."),
            Map.entry(
                    "mantel_haenszel_by_site",
                    "Over all sites the risk difference is that of Mantel and Haenszel, with the sites as strata."),
            Map.entry(
                    "event_rate",
                    "Rates are events over the years in which they would have been known; a period counts for those known"
                            + " about for nearly all of it. The interval allows for people who have many."),
            Map.entry(
                    "negative_binomial_rate_ratio",
                    "The rate ratio is that of a negative binomial model with the site and the logarithm of the time at"
                            + " risk, with robust standard errors."),
            Map.entry(
                    "permutation",
                    "Where few people had the event, p comes from dealing the arms anew within sites, many times."),
            Map.entry(
                    "cumulative_incidence",
                    "The cumulative incidence is that of Aalen and Johansen: a death that is not the event ends the chance"
                            + " of having it."),
            Map.entry(
                    "cox_ph_stratified_by_site",
                    "The hazard ratio is that of a Cox model with the sites as strata, a death ending the follow-up; the"
                            + " log-rank test has the same strata."),
            Map.entry(
                    "propensity_weighted",
                    "At sites that did not allocate at random people are weighted by their propensity to be treated, a"
                            + " logistic regression of the arm on the confounders that the study named beforehand; the"
                            + " standard errors include that it was estimated. Rates are compared by their ratio, times by"
                            + " the mean months without the event up to a horizon."),
            Map.entry(
                    "multiple_imputation",
                    "Where the study asks for it, missing values of whether something is so are filled in many times, by"
                            + " logistic regressions within the arm on the earlier intervals, and the results are pooled by"
                            + " Rubin\u2019s rules. People who had died have no value to be filled in."),
            Map.entry(
                    "jump_to_reference",
                    "Where the study asks for it, missing scores are filled in many times from a multivariate normal model of"
                            + " each arm. Jump to reference supposes that people of the treatment arm go on like the control arm"
                            + " once they are no longer seen; the tipping point is how much worse filled-in scores would have to"
                            + " be before p passes 0.05. Results are pooled by Rubin\u2019s rules."),
            Map.entry(
                    "meta_hartung_knapp_floored",
                    "In two stages, the sites\u2019 own effects are pooled with a variance between sites (restricted"
                            + " likelihood) and the interval of Hartung and Knapp, never narrower than without it."),
            Map.entry(
                    "meta_regression",
                    "Where the study names something about sites, their effects are held against it by a regression with a"
                            + " variance between sites (restricted likelihood), its interval and p by Knapp and Hartung, from"
                            + " the number of sites that the study names."));

    private final Study study;
    private final Set<String> used;

    MethodsSection(Study study, List<StoredEstimate> estimates) {
        this.study = study;
        this.used = estimates.stream().map(StoredEstimate::method).collect(Collectors.toSet());
    }

    String render() {
        return "<section id=\"methods\">\n<h2>Methods</h2>\n" + paragraph(comparison()) + paragraph(measurement())
                + METHODS.stream()
                        .filter(method -> used.contains(method.getKey()))
                        .map(method -> paragraph(method.getValue()))
                        .collect(Collectors.joining())
                + paragraph(reading()) + "</section>\n";
    }

    private static String paragraph(String text) {
        return "<p>" + Html.text(text) + "</p>\n";
    }

    private String comparison() {
        return "People allocated to " + name(Role.TREATMENT) + " are compared with those allocated to "
                + name(Role.CONTROL)
                + ", whatever treatment they then had. Over all sites means over those that allocate at random and offer their"
                + " control arm the same, or without regard to randomisation if none does allocate so. After a death there is no score: it is neither imputed nor carried forward.";
    }

    private String name(Role role) {
        return study.arm(role).name() + " (" + study.arm(role).code().value() + ")";
    }

    private String measurement() {
        Baseline baseline = study.baseline();
        return "Follow-up counts from time zero (" + study.timeZero() + "). The baseline is the last value in the "
                + baseline.daysBefore() + " days up to it"
                + baseline.notAfter().map(fact -> ", and before " + fact).orElse("")
                + ". At each interval counts the value nearest to its target date within the interval's window.";
    }

    private static String reading() {
        return "A confidence interval holds the effects that the data are compatible with: if it reaches across no"
                + " effect, the data do not settle which arm did better. People who were not seen are not in the line;"
                + " if those who stay away differ between the arms, the comparison may mislead, so compare the numbers of"
                + " people before the means.";
    }
}
