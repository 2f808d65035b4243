package org.equipoise.warehouse.internal;

import java.util.List;
import java.util.Objects;
import org.equipoise.warehouse.PairedScores;
import org.equipoise.warehouse.WarehouseStore.Snapshot;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Reads pairs of scores out of the views, as of one snapshot. */
@Repository
class JdbcPairedScores implements PairedScores {
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    JdbcPairedScores(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        transaction = new TransactionTemplate(transactions);
        transaction.setReadOnly(true);
    }

    @Override
    public List<Pair> find(Snapshot snapshot, Side from, Side to) {
        return Objects.requireNonNull(transaction.execute(reading -> {
            jdbc.sql("select set_config('equipoise.snapshot', :snapshot, true)")
                    .param("snapshot", String.valueOf(snapshot.id()))
                    .query(String.class)
                    .single();
            return pairs(snapshot, from, to);
        }));
    }

    private List<Pair> pairs(Snapshot snapshot, Side from, Side to) {
        return jdbc.sql("""
                        with scored as (
                            select s.participant_key, s.instrument_code, s.scale_code, s.value, s.day, a.assessed_on,
                                   coalesce(a.nominal_code, a.interval_code) as visit, s.answered, s.source
                            from warehouse.score s
                            join warehouse.assessment a using (assessment_id)
                            where s.study_code = :study and a.study_code = :study and s.value is not null
                        ),
                        from_scale as (
                            select * from scored where instrument_code = :fromInstrument and scale_code = :fromScale
                              and (answered = :fromItems or source = 'site')
                        ),
                        to_scale as (
                            select * from scored where instrument_code = :toInstrument and scale_code = :toScale
                              and (answered = :toItems or source = 'site')
                        ),
                        pair as (
                            select f.participant_key, f.value as from_value, t.value as to_value,
                                   row_number() over (partition by f.participant_key
                                       order by f.day, t.day, f.visit, t.visit, f.value, t.value) as occasion
                            from from_scale f
                            join to_scale t on t.participant_key = f.participant_key
                              and (t.assessed_on = f.assessed_on
                                   or ((t.assessed_on is null or f.assessed_on is null) and t.visit = f.visit))
                        )
                        select h.site_code, p.from_value, p.to_value
                        from pair p
                        join warehouse.participant_history h on h.participant_key = p.participant_key
                          and h.snapshot_from <= :snapshot and (h.snapshot_to is null or h.snapshot_to > :snapshot)
                        where p.occasion = 1
                        order by h.content_hash
                        """)
                .param("study", snapshot.study().value())
                .param("snapshot", snapshot.id())
                .param("fromInstrument", from.scale().instrument().value())
                .param("fromScale", from.scale().scale().value())
                .param("fromItems", from.items())
                .param("toInstrument", to.scale().instrument().value())
                .param("toScale", to.scale().scale().value())
                .param("toItems", to.items())
                .query((row, number) -> new Pair(row.getString(1), row.getDouble(2), row.getDouble(3)))
                .list();
    }
}
