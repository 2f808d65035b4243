package org.equipoise.cli;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.equipoise.pipeline.Withdrawing;
import org.equipoise.pipeline.Withdrawing.Done;
import org.equipoise.pipeline.Withdrawing.Request;
import org.equipoise.staging.Withdrawals.Kind;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code equipoise withdraw --site S --record ID --kind consent}. */
@Command(
        name = "withdraw",
        description = "Takes down that a participant withdrew; erases them everywhere if they withdrew consent.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "treatment   data go on; the day is published as the anchor left_treatment_on",
            "follow-up   what was known up to the day stays, nothing after it, whatever later files say",
            "consent     erased from every snapshot, the archive, answers and releases; later files cannot bring them back"
        })
final class WithdrawCommand extends HomeCommand {
    @Option(names = "--site", required = true, description = "The site's folder.")
    private String site = "";

    @Option(
            names = "--record",
            required = true,
            paramLabel = "ID",
            description = "The participant's record id, as the site's files have it.")
    private String record = "";

    @Option(
            names = "--kind",
            required = true,
            paramLabel = "KIND",
            description = "What they withdrew: treatment, follow-up or consent.")
    private String kind = "";

    @Option(
            names = "--date",
            paramLabel = "yyyy-MM-dd",
            description = "The day; of a withdrawal from follow-up the last whose data are kept. Consent needs none.")
    private @Nullable String date;

    @Option(names = "--yes", description = "Erase: it cannot be undone. Without it, consent is not withdrawn.")
    private boolean yes;

    @Option(names = "--dry-run", description = "Tells what would be done, and leaves everything as it is.")
    private boolean dryRun;

    @Override
    public Integer call() {
        Request request = new Request(site, record, kind(), day(), System.getProperty("user.name", "unknown"));
        boolean asks = request.kind() == Kind.CONSENT && !yes;
        try (Session session = Session.open(options())) {
            Withdrawing withdrawing = session.get(Withdrawing.class);
            boolean only = dryRun || asks;
            Done done = only ? withdrawing.foresee(request) : withdrawing.withdraw(request);
            if (options().format() == GlobalOptions.Format.json) {
                out().println(NightJson.of(request, done, only));
            } else {
                WithdrawnText.print(request, done, only, options(), out());
            }
            if (asks && !dryRun && !done.before()) {
                err().println(
                                "Nothing was changed: a withdrawal of consent cannot be undone. Say --yes to carry it out.");
                return ExitCode.FAILED;
            }
            return ExitCode.OK;
        }
    }

    private Kind kind() {
        return Arrays.stream(Kind.values())
                .filter(known -> WithdrawnText.name(known).equals(kind))
                .findFirst()
                .orElseThrow(() -> new CommandFailed("--kind is one of "
                        + Arrays.stream(Kind.values()).map(WithdrawnText::name).collect(Collectors.joining(", "))
                        + ". Nothing was changed."));
    }

    private @Nullable LocalDate day() {
        try {
            return date == null ? null : LocalDate.parse(date);
        } catch (DateTimeParseException e) {
            throw new CommandFailed("--date is a day written yyyy-MM-dd, as 2026-03-31. Nothing was changed.");
        }
    }
}
