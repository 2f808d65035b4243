package org.equipoise.warehouse.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.equipoise.vocabulary.ParticipantKey;
import org.equipoise.warehouse.PublishedParticipants;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The current snapshot, while no other is being built. */
@Repository
class JdbcPublishedParticipants implements PublishedParticipants {
    private final JdbcClient jdbc;

    JdbcPublishedParticipants(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Map<ParticipantKey, Published> find(List<ParticipantKey> participants) {
        UUID[] keys = participants.stream().map(ParticipantKey::value).toArray(UUID[]::new);
        Map<ParticipantKey, Published> published = new HashMap<>();
        jdbc.sql("""
                        select participant_key, site_code, content_hash from warehouse.participant_history
                        where participant_key = any(:keys) and snapshot_to is null
                        """)
                .param("keys", keys)
                .query((row, number) ->
                        published.put(key(row), new Published(row.getString(2), row.getBytes(3), new HashMap<>())))
                .list();
        jdbc.sql("""
                        select participant_key, outcome_code, coalesce(interval_code, period_code), value
                        from warehouse.outcome_value
                        where participant_key = any(:keys) and value is not null
                        """)
                .param("keys", keys)
                .query((row, number) -> Objects.requireNonNull(published.get(key(row)))
                        .values()
                        .put(new Place(row.getString(2), row.getString(3)), row.getDouble(4)))
                .list();
        return published;
    }

    private static ParticipantKey key(ResultSet row) throws SQLException {
        return new ParticipantKey(row.getObject(1, UUID.class));
    }
}
