import Postgres

/// SQL over the dossiers that the events of some requests are about: what is kept of them, and what is so now.
enum DossierSums {
    /// Common table expressions about the events above `$1` and at most `$2`: `touched`, the dossiers; `before`, as they are kept; `present`,
    /// as their requests are now.
    static let touched = """
        touched as (
            select distinct r.agency_code, r.procedure_code, r.dossier_code
            from payment_request_event e join payment_request r on r.id = e.payment_request_id
            where e.id > $1::bigint and e.id <= $2::bigint),
        before as (
            select d.* from touched t join dossier d using (dossier_code, agency_code, procedure_code)),
        present as (
            select t.agency_code, t.procedure_code, t.dossier_code, r.started_on, r.online_on
            from touched t cross join lateral (
                select min((r.created_at at time zone 'Asia/Ho_Chi_Minh')::date) as started_on,
                    min((r.created_at at time zone 'Asia/Ho_Chi_Minh')::date)
                        filter (where r.channel = 'online' and r.status in ('paid', 'partially_refunded')) as online_on
                from payment_request r
                where r.dossier_code = t.dossier_code and r.agency_code = t.agency_code
                    and r.procedure_code = t.procedure_code and r.amount_due > 0) r
            where r.started_on is not null)
        """

    /// What changes in the counts of days: the rows of `touched` as they are now, less as they were.
    static let changes = """
        select started_on, agency_code, procedure_code, coalesce(online_on, 'infinity') as online_on, sum(n)::bigint as dossiers
        from (
            select *, 1 as n from present
            union all
            select agency_code, procedure_code, dossier_code, started_on, online_on, -1 from before) d
        group by 1, 2, 3, 4
        """

    /// Brings the dossiers and the counts of their days up to the events of a range.
    static func add(after: Int64, through: Int64) -> Query {
        Query(
            trustedSQL: """
                with \(touched),
                gone as (
                    delete from dossier d using before b
                    where d.dossier_code = b.dossier_code and d.agency_code = b.agency_code
                        and d.procedure_code = b.procedure_code and not exists (
                            select 1 from present c where c.dossier_code = b.dossier_code
                                and c.agency_code = b.agency_code and c.procedure_code = b.procedure_code)),
                kept as (
                    insert into dossier as d (agency_code, procedure_code, dossier_code, started_on, online_on)
                    select agency_code, procedure_code, dossier_code, started_on, online_on from present
                    on conflict (dossier_code, agency_code, procedure_code) do update
                        set started_on = excluded.started_on, online_on = excluded.online_on
                        where (d.started_on, d.online_on) is distinct from (excluded.started_on, excluded.online_on))
                insert into dossier_day as d (started_on, agency_code, procedure_code, online_on, dossiers)
                select * from (\(changes)) c where c.dossiers <> 0
                on conflict (started_on, agency_code, procedure_code, online_on) do update
                    set dossiers = d.dossiers + excluded.dossiers
                """,
            binding: [after, through]
        )
    }
}
