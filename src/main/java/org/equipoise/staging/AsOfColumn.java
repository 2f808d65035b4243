package org.equipoise.staging;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.equipoise.definition.MomentFormat;
import org.equipoise.definition.SiteMapping.AsOf;
import org.equipoise.definition.SiteMapping.AsOfSource;
import org.jspecify.annotations.Nullable;

/** Finds the latest moment in the column that tells when an export was taken. For one thread. */
public final class AsOfColumn {
    private final int position;
    private final MomentFormat format;
    private final ZoneId zone;
    private String lastText = "";
    private @Nullable LocalDateTime latest;

    private AsOfColumn(int position, MomentFormat format, ZoneId zone) {
        this.position = position;
        this.format = format;
        this.zone = zone;
    }

    /**
     * The column of an export, if it is told there.
     *
     * @param header of the file; it has been verified
     * @param zone where the site's clocks are
     */
    public static Optional<AsOfColumn> of(AsOf asOf, List<String> header, ZoneId zone) {
        if (asOf.source() != AsOfSource.COLUMN) {
            return Optional.empty();
        }
        String column = asOf.column().orElseThrow();
        MomentFormat format = new MomentFormat(asOf.format().orElseThrow());
        for (int i = 0; i < header.size(); i++) {
            if (header.get(i).equalsIgnoreCase(column)) {
                return Optional.of(new AsOfColumn(i, format, zone));
            }
        }
        return Optional.empty();
    }

    /** Looks through some rows. What is no moment is passed over. */
    public void read(RowBlock rows) {
        for (RowBlock.Row row : rows.rows()) {
            if (row.cells().length > position && !row.cells()[position].equals(lastText)) {
                lastText = row.cells()[position];
                format.read(lastText.strip())
                        .filter(moment -> latest == null || moment.isAfter(latest))
                        .ifPresent(moment -> latest = moment);
            }
        }
    }

    /** The latest moment of all rows read so far. */
    public Optional<Instant> latest() {
        return Optional.ofNullable(latest).map(moment -> moment.atZone(zone).toInstant());
    }
}
