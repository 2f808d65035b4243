package org.equipoise.pipeline.internal;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.equipoise.comparison.ScaleLink;
import org.equipoise.comparison.ScaleLink.NotLinked;
import org.equipoise.definition.EstimatedCrosswalk;
import org.equipoise.definition.Instrument;
import org.equipoise.definition.Instrument.Scale;
import org.equipoise.definition.OutcomeSource.OfScale;
import org.equipoise.pipeline.Installation;
import org.equipoise.pipeline.Linking;
import org.equipoise.pipeline.RunRefused;
import org.equipoise.vocabulary.StudyCode;
import org.equipoise.warehouse.PairedScores;
import org.equipoise.warehouse.PairedScores.Pair;
import org.equipoise.warehouse.WarehouseStore;
import org.equipoise.warehouse.WarehouseStore.Snapshot;
import org.springframework.stereotype.Component;

/** Takes the pairs out of the warehouse. */
@Component
class WarehouseLinking implements Linking {
    private final Installation installation;
    private final WarehouseStore warehouse;
    private final PairedScores scores;
    private final Clock clock;

    WarehouseLinking(Installation installation, WarehouseStore warehouse, PairedScores scores, Clock clock) {
        this.installation = installation;
        this.warehouse = warehouse;
        this.scores = scores;
        this.clock = clock;
    }

    private record Named(OfScale source, Scale scale) {
        PairedScores.Side side() {
            return new PairedScores.Side(source, scale.items().size());
        }
    }

    @Override
    public EstimatedCrosswalk link(String from, String to, ScaleLink.Options options) {
        Named source = scale(from);
        Named target = scale(to);
        if (source.source().equals(target.source())) {
            throw refused("A scale is not linked to itself. Name two.");
        }
        StudyCode study = installation.bundle().study().code();
        Snapshot snapshot = warehouse
                .findCurrent(study)
                .orElseThrow(() -> refused("Nothing is published of study " + study + " yet. Run nightly first."));
        ScaleLink link = new ScaleLink(whole(source, from), whole(target, to), options);
        List<Pair> pairs = scores.find(snapshot, source.side(), target.side());
        try {
            return link.link(pairs, provenance(snapshot));
        } catch (NotLinked e) {
            throw refused(String.valueOf(e.getMessage()));
        }
    }

    private static RunRefused refused(String why) {
        return new RunRefused(1, why);
    }

    private static ScaleLink.Side whole(Named named, String name) {
        return ScaleLink.Side.of(named.source(), named.scale())
                .orElseThrow(
                        () -> refused(
                                "The scores of " + name
                                        + " are not whole numbers, and only whole ones can be linked. Link the sum in place of the mean."));
    }

    private Named scale(String name) {
        return installation.bundle().instruments().values().stream()
                .flatMap(instrument -> instrument.scales().stream()
                        .filter(scale -> name.equals(instrument.code() + "/" + scale.code()))
                        .map(scale -> new Named(new OfScale(instrument.code(), scale.code()), scale)))
                .findFirst()
                .orElseThrow(() -> refused("There is no scale " + name + ". " + others(name)));
    }

    private String others(String name) {
        Optional<Instrument> instrument = installation.bundle().instruments().values().stream()
                .filter(candidate -> name.startsWith(candidate.code() + "/"))
                .findFirst();
        return instrument
                .map(known -> "The scales of " + known.code() + " are "
                        + known.scales().stream()
                                .map(scale -> scale.code().value())
                                .collect(Collectors.joining(", "))
                        + ".")
                .orElseGet(() -> "Write instrument/scale; the study's instruments are "
                        + installation.bundle().instruments().keySet().stream()
                                .map(code -> code.value())
                                .sorted()
                                .collect(Collectors.joining(", "))
                        + ".");
    }

    private String provenance(Snapshot snapshot) {
        return "Snapshot " + snapshot.id() + " of study " + snapshot.study() + ", content " + snapshot.contentHash()
                + ", definitions " + snapshot.definitionHash() + "; estimated on "
                + LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC) + " by version " + installation.programVersion();
    }
}
