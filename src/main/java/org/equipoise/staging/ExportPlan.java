package org.equipoise.staging;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.equipoise.definition.Instrument;
import org.equipoise.definition.SiteMapping.Export;
import org.equipoise.definition.Study;
import org.equipoise.staging.internal.RowCheckers;
import org.equipoise.vocabulary.InstrumentCode;
import org.jspecify.annotations.Nullable;

/**
 * An export's mapping laid over the header of one file.
 *
 * @param latest no date in the file can be after this; null when that is not known
 * @param withdrawn of whom nothing may be read
 */
public record ExportPlan(
        String file,
        Study study,
        Export export,
        Map<InstrumentCode, Instrument> instruments,
        int headerLine,
        List<String> header,
        @Nullable LocalDate latest,
        ParticipantKeys keys,
        Withdrawn withdrawn) {

    /**
     * Finds every column that the mapping needs.
     *
     * @return findings that do not keep the file from being read, such as columns nobody uses
     * @throws FileRefused with all that is wrong with the header at once
     */
    public List<Finding> verifyHeader() throws FileRefused {
        return RowCheckers.verifyHeader(this);
    }

    /** A checker of the file's rows. The header must have been verified. */
    public BlockChecker newChecker() {
        return RowCheckers.newChecker(this);
    }
}
