package org.equipoise.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.equipoise.database.DatabaseAddress;
import org.equipoise.database.ReadOnlyQuery;
import org.equipoise.definition.OutcomeSource.OfArea;
import org.equipoise.definition.Study.Outcome;
import org.equipoise.pipeline.Explanation;
import org.equipoise.pipeline.Explanation.Answer;
import org.equipoise.pipeline.Explanation.Course;
import org.equipoise.pipeline.Explanation.Happening;
import org.equipoise.pipeline.Explanation.Origin;
import org.equipoise.pipeline.Explanation.Part;
import org.equipoise.pipeline.Explanation.Score;
import org.equipoise.pipeline.Explanation.Use;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/** {@code equipoise explain ID}. */
@Command(
        name = "explain",
        description = "Goes back from a result to its values, and from a value to the cells that the site sent.",
        mixinStandardHelpOptions = true)
final class ExplainCommand extends HomeCommand {
    private static final Pattern RESULT = Pattern.compile("([\\w.-]+)/([\\w.-]+)(?:/([\\w.-]+))?");
    private static final Pattern PARTICIPANT =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    @Parameters(
            paramLabel = "ID",
            description = "OUTCOME/INTERVAL or OUTCOME/INTERVAL/SITE for a result and the values it rests on"
                    + " (BPD_SEV_ZAN/m18); the number of an assessment for the cells it was read from; and"
                    + " OUTCOME/PERIOD/PARTICIPANT, with a participant's key, for the events, spells and observed time that"
                    + " a value rests on, with file, line and cells.")
    private String id = "";

    @Override
    public Integer call() {
        if (id.chars().allMatch(Character::isDigit) && !id.isEmpty() && id.length() <= 18) {
            try (Session session = Session.open(options())) {
                tell(session.get(Explanation.class)
                        .ofAssessment(Long.parseLong(id))
                        .orElseThrow(() -> new CommandFailed("No assessment that analysts see now has the number " + id
                                + ". Column assessment_id of warehouse.outcome_value holds these numbers.")));
            }
            return ExitCode.OK;
        }
        Matcher result = RESULT.matcher(id);
        if (!result.matches()) {
            throw new CommandFailed(id + " names neither a result nor an assessment. Write OUTCOME/INTERVAL, such as"
                    + " BPD_SEV_ZAN/m18, or the number of an assessment.");
        }
        if (result.group(3) != null && PARTICIPANT.matcher(result.group(3)).matches()) {
            try (Session session = Session.open(options())) {
                tell(
                        result.group(1),
                        result.group(3),
                        session.get(Explanation.class)
                                .ofPeriod(result.group(1), result.group(2), UUID.fromString(result.group(3)))
                                .orElseThrow(() -> new CommandFailed("The study has no value " + id
                                        + ". Name an outcome, a period it is asked over, and a participant as equipoise explain "
                                        + result.group(1) + "/" + result.group(2) + " lists them.")));
            }
            return ExitCode.OK;
        }
        return SqlCommand.withDatabase(
                options(), lease -> tell(lease.reader(), result.group(1), result.group(2), result.group(3)));
    }

    private void tell(DatabaseAddress reader, String outcome, String time, @Nullable String site) {
        String study =
                GlobalOptions.bundle(options().definitions()).study().code().value();
        String which = " where study_code = '" + study + "' and outcome_code = '" + outcome + "' and '" + time
                + "' in (interval_code, period_code)";
        String values = """
                select arm_code as arm, v.site_code as site, participant_key as participant, value, event,
                       exposure_days as exposure, day, reason, crosswalk, v.assessment_id as assessment, file_name as file, line
                from warehouse.outcome_value v
                left join (select assessment_id, submission_id, line from warehouse.assessment) a using (assessment_id)
                left join (select submission_id, file_name from submission.submission) s using (submission_id)
                """ + which + (site == null ? "" : " and site_code = '" + site + "'")
                + " order by arm, v.site_code, participant_key";
        if (new ReadOnlyQuery(reader).answer(values + " limit 1").rows().isEmpty()) {
            throw new CommandFailed("Study " + study + " has no " + id
                    + ". The outcomes and their intervals and periods: equipoise sql \"select distinct outcome_code,"
                    + " interval_code, period_code from warehouse.outcome_value order by 1, 2, 3\"");
        }
        String estimates = """
                select arm_code as arm, method, variant, quantity, estimate, ci_low, ci_high, p_value as p,
                       n_treatment as treatment, n_control as control, reason
                from comparison.current_estimate
                """ + which + " and site_code = '" + Objects.requireNonNullElse(site, "ALL")
                + "' and at_value is null order by method, variant, quantity, arm";
        String origin = """
                select s.snapshot_id as snapshot, s.run_id as run, s.published_at as published, s.content_hash as content,
                       s.definition_hash as definitions, s.program_version as program
                from warehouse.current_snapshot c join warehouse.snapshot s using (snapshot_id)
                where c.study_code =""" + " '" + study + "'";
        heading("From");
        SqlCommand.print(reader, origin, options(), out());
        heading("Results");
        SqlCommand.print(reader, estimates, options(), out());
        heading("Values");
        SqlCommand.print(reader, values, options(), out());
        if (options().format() == GlobalOptions.Format.text && isOverPeriods(outcome)) {
            out().println("\nWhat one of them rests on, with file, line and cells: "
                    + options().asTyped() + " explain " + outcome + "/" + time + "/<participant>");
        }
    }

    private boolean isOverPeriods(String outcome) {
        return GlobalOptions.bundle(options().definitions()).study().outcomes().stream()
                .anyMatch(asked -> asked.code().value().equals(outcome) && asked.isOverPeriods());
    }

    /** What the person's area lies under, as a question to the warehouse. */
    private Optional<String> findValuesBelow(String outcome, String participant) {
        return GlobalOptions.bundle(options().definitions()).study().outcomes().stream()
                .filter(asked -> asked.code().value().equals(outcome))
                .map(Outcome::source)
                .filter(OfArea.class::isInstance)
                .map(source -> ((OfArea) source).outcome())
                .map(below -> "It is the area under " + below + ", whose values are listed by\n  "
                        + options().asTyped() + " sql \"select interval_code, day, value, reason, assessment_id from"
                        + " warehouse.outcome_value where outcome_code = '" + below + "' and participant_key = '"
                        + participant + "' order by day\"")
                .findFirst();
    }

    private void tell(String outcome, String participant, Course course) {
        PrintWriter out = out();
        if (options().format() == GlobalOptions.Format.json) {
            out.println(JsonMapper.shared().writeValueAsString(course));
            return;
        }
        out.println("Value:   " + (course.value() == null ? "none, " + course.reason() : or(course.value(), ""))
                + (course.exposureDays() == null ? "" : ", " + or(course.exposureDays(), "") + " days at risk"));
        out.println("Period:  " + course.from() + " to " + course.to() + ", site " + course.site());
        for (Happening happening : course.happenings()) {
            out.println("\n" + happening.what() + ": " + happening.kind()
                    + (happening.detail() == null ? "" : " (" + happening.detail() + ")") + ", " + happening.from()
                    + (happening.from().equals(happening.to()) ? "" : " to " + or(happening.to(), "now"))
                    + (happening.amount() == null ? "" : ", " + happening.amount())
                    + (happening.placement() == null ? "" : ", " + happening.placement())
                    + (happening.stale() ? "; stale: a newer version of it was refused" : ""));
            out.println("  " + happening.file().name() + " line " + happening.line() + " (submission "
                    + happening.file().submission() + ", taken "
                    + happening.file().asOf() + ")");
            happening.cells().forEach((column, cell) -> out.printf(Locale.ROOT, "    %-28s “%s”%n", column, cell));
        }
        if (course.happenings().isEmpty()) {
            String nothing = "The site tells of nothing in this period that it rests on, nor that it was looked for.";
            out.println("\n" + findValuesBelow(outcome, participant).orElse(nothing));
        }
        out.flush();
    }

    private void heading(String text) {
        if (options().format() == GlobalOptions.Format.text) {
            out().println("\n" + text);
        }
    }

    private void tell(Origin origin) {
        if (options().format() == GlobalOptions.Format.json) {
            out().println(JsonMapper.shared().writeValueAsString(origin));
            return;
        }
        PrintWriter out = out();
        out.printf(
                Locale.ROOT,
                "Assessment %d: %s (%s), site %s, participant %s%n",
                origin.assessment(),
                origin.instrument(),
                origin.version(),
                origin.site(),
                origin.participant());
        out.println("Filled in:   " + or(origin.assessedOn(), "no date") + ", day " + or(origin.day(), "unknown")
                + " from time zero, interval " + or(origin.interval(), "none")
                + (origin.stale() ? "; stale: a newer version of it was refused" : ""));
        out.println("Snapshot:    " + origin.snapshot());
        out.println("\nScores");
        for (Score score : origin.scores()) {
            out.println("  " + score.scale()
                    + (score.value() == null ? ": none, " + score.reason() : " = " + or(score.value(), ""))
                    + " (from " + score.source() + ")");
        }
        out.println("\nUsed as");
        for (Use use : origin.uses()) {
            out.println("  " + use.outcome() + " at " + use.interval() + " = " + or(use.value(), "no value")
                    + (use.crosswalk() == null ? "" : ", by " + use.crosswalk()));
        }
        if (origin.uses().isEmpty()) {
            out.println("  nothing: no outcome takes this form at this time, or another of the interval is nearer");
        }
        if (origin.parts().isEmpty()) {
            out.println("\nThe rows it was read from have been replaced by a later export of the site.");
        }
        origin.parts().forEach(part -> tell(part, out));
        out.flush();
    }

    private static void tell(Part part, PrintWriter out) {
        Explanation.File file = part.file();
        out.println("\nRead from " + file.name() + " (submission " + file.submission() + ", taken " + file.asOf()
                + ", received " + file.receivedAt() + ")");
        out.println("  SHA-256 " + file.sha256() + ", export " + file.export() + ", mapping version "
                + or(file.mappingVersion(), "unknown") + ", form " + part.form()
                + (part.event() == null ? "" : ", visit “" + part.event() + "”"));
        // a site that sends totals alone has no columns for the items
        List<Answer> answers = part.answers().stream()
                .filter(answer -> !answer.column().isEmpty())
                .toList();
        out.printf(
                Locale.ROOT, "  %-16s %8s %-14s %6s  %-24s %s%n", "", "value", "missing", "line", "column", "as sent");
        for (Answer answer : answers) {
            out.printf(
                    Locale.ROOT,
                    "  %-16s %8s %-14s %6s  %-24s %s%n",
                    answer.what(),
                    or(answer.value(), ""),
                    or(answer.reason(), ""),
                    answer.line() == 0 ? "" : String.valueOf(answer.line()),
                    answer.column(),
                    answer.sent() == null ? "" : "“" + answer.sent() + "”");
        }
    }

    /** Whole numbers without a decimal point. */
    private static String or(@Nullable Object value, @Nullable Object otherwise) {
        String text = String.valueOf(value == null ? otherwise : value);
        return value instanceof Double && text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }
}
